import { describe, expect, test } from "vitest";
import type { Rule } from "../../../server/language/tree.ts";
import { READ } from "../../../server/portable/formats.ts";
import { readRule } from "../../../server/portable/read.ts";
import { writeRule } from "../../../server/portable/write.ts";
import { parsed, reading, writing } from "./around.ts";

const formats = READ.filter((format) => format !== "sql");

/** What each format makes a group of. */
const nest: Record<(typeof formats)[number], (inner: string) => string> = {
  tree: (inner) => `{"combinator":"and","rules":[${inner}]}`,
  jsonlogic: (inner) => `{"and":[${inner}]}`,
  klaviyo: (inner) => `{"condition_groups":[${inner}]}`,
  hubspot: (inner) => `{"filterBranchType":"AND","filterBranches":[${inner}],"filters":[]}`,
  posthog: (inner) => `{"type":"AND","values":[${inner}]}`,
};

describe.each(formats)("A hostile %s", (format) => {
  const refused = (text: string) => {
    const { rule, remarks } = readRule(format, text, reading);
    expect(rule).toBeNull();
    expect(remarks.length).toBeGreaterThan(0);
    for (const { at, message, hint } of remarks) expect(at.length * message.length * hint.length).toBeGreaterThan(0);
    return remarks;
  };

  test("that nests groups 10,000 deep is refused", () => {
    const depth = 10_000;
    const [open = "", close = ""] = nest[format]("|").split("|");
    const remarks = refused(`${open.repeat(depth)}1${close.repeat(depth)}`);
    if (format !== "klaviyo") expect(remarks.map(({ code }) => code)).toContain("too-deep");
  });

  test("with a huge list is refused, or read in full", () => {
    const many = Array.from({ length: 60_000 }, () => "1").join(",");
    refused(nest[format](many).replace('"rules":[', '"rules":['));
  });

  test("that is no JSON, NaN, empty, or of another kind is refused with a place", () => {
    for (const text of ["", "NaN", "[1,", "null", "0", '"x"', "[]", "{}", "\u0000", '{"a":1}\u0007', "{'a': 1}"])
      refused(text);
    expect(refused('{\n  "a": NaN\n}')[0]?.at).toMatch(/^line 2, column \d+$|^\$$/);
  });

  test("that names what every object answers to is told, not obeyed", () => {
    for (const name of ["__proto__", "constructor", "toString", "hasOwnProperty"]) {
      refused(`{"${name}":{"polluted":true}}`);
      refused(
        nest[format](
          `{"type":"${name}","field":"${name}","operator":"${name}","value":1,"filterType":"${name}","filterBranchType":"${name}"}`,
        ),
      );
    }
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});

describe("Numbers and texts at the borders", () => {
  const read = (value: string, field = "total_spend") =>
    readRule("tree", `{"combinator":"and","rules":[{"field":"${field}","operator":">","value":${value}}]}`, reading);

  test("a number that JSON does not hold exactly is refused", () => {
    expect(read("1e400").remarks[0]?.code).toBe("number-not-exact");
    expect(read("12345678901234567890").remarks[0]?.code).toBe("number-not-exact");
    expect(read('"12345678901234567890.5"').text).toBe("total_spend > 12345678901234567890.5");
    expect(read("1e-7").text).toBe("total_spend > 0.0000001");
    expect(read('"1e5"').rule).toBeNull();
  });

  test("control characters and quotes in texts survive", () => {
    const rule = parsed("country = 'x'") as Rule & { kind: "compare" };
    for (const value of ["\u0000", "\u0007\u001b[31m", "it's", "a\nb", "\u202e", "'; DROP"]) {
      const held: Rule = { ...rule, value: { kind: "text", value, from: 0, to: 0 } };
      const again = readRule("tree", writeRule("tree", held, writing).text ?? "", reading);
      expect(again.rule).toMatchObject({ value: { value } });
    }
  });

  test("a column called __proto__ is a name like any other", () => {
    expect(read("1", "__proto__").unknown).toMatchObject([{ theirs: "__proto__" }]);
  });
});

describe("Normal forms are capped", () => {
  const both = (n: number, inner: string, outer: string) =>
    Array.from({ length: n }, (_, i) => `(visits = ${i} ${inner} score = ${i})`).join(` ${outer} `);

  test("at 100 groups, with the number that it would take", () => {
    expect(writeRule("hubspot", parsed(both(6, "OR", "AND")), writing).text).not.toBeNull();
    const [remark] = writeRule("hubspot", parsed(both(20, "OR", "AND")), writing).remarks;
    expect(remark?.message).toContain(
      "1,048,576 branches with 20,971,520 conditions; at most 100 with 1,000 are written",
    );
    expect(writeRule("klaviyo", parsed(both(20, "OR", "AND")), writing).text).not.toBeNull();
    const [other] = writeRule("klaviyo", parsed(both(20, "AND", "OR")), writing).remarks;
    expect(other?.message).toContain("1,048,576 groups");
  });

  test("also where nobody could count them", () => {
    const started = parsed(both(2_000, "OR", "AND"));
    expect(writeRule("hubspot", started, writing).text).toBeNull();
  });
});

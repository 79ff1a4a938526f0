import fc from "fast-check";
import { expect, test } from "vitest";
import { removeScalar } from "../../../../server/notebook/edit/remove-scalar.ts";
import { withReplacements } from "../../../../server/notebook/edit/replacements.ts";
import { setKind } from "../../../../server/notebook/edit/set-kind.ts";
import { setScalar } from "../../../../server/notebook/edit/set-scalar.ts";
import { parseNotebook } from "../../../../server/notebook/parse.ts";
import { placedScalars } from "../../../../server/notebook/yaml/scalars.ts";

const HEAD = "---\nsegbook: 1\n---\n\n";
const BODY = `# what it reads
of: behaviour # one row each
segments:
  Recent: |-
    placed order
    in last 30 days
  Rich: {a: 1}
extra: {one: 1, two: 2, three: 3}
otherwise: Everyone else
`;
const TEXT = `${HEAD}~~~~segments   audiences\n${BODY}~~~~\n`;

const bodyOf = (text: unknown) => parseNotebook(String(text)).cells[0]?.body;

test("another kind changes one word of the fence", () => {
  expect(setKind(TEXT, "audiences", "score")).toBe(TEXT.replace("~~~~segments ", "~~~~score "));
  const same = `${HEAD}\`\`\`sql sql\nSELECT 1\n\`\`\`\n`;
  expect(setKind(same, "sql", "source")).toBe(same.replace("sql sql", "source sql"));
  expect(setKind(TEXT, "audiences", "scores")).toMatchObject({ code: "unknown-kind", hint: "Did you mean `score`?" });
  expect(setKind(TEXT, "nobody", "score")).toMatchObject({ code: "unknown-cell" });
});

test("a key goes with its own lines, and its neighbours keep theirs", () => {
  expect(bodyOf(removeScalar(TEXT, "audiences", ["segments", "Recent"]))).toBe(
    BODY.replace("  Recent: |-\n    placed order\n    in last 30 days\n", ""),
  );
  expect(bodyOf(removeScalar(TEXT, "audiences", ["otherwise"]))).toBe(BODY.replace("otherwise: Everyone else\n", ""));
  expect(bodyOf(removeScalar(TEXT, "audiences", ["of"]))).toBe(BODY.replace("of: behaviour # one row each\n", ""));
  expect(bodyOf(removeScalar(TEXT, "audiences", ["extra", "two"]))).toBe(BODY.replace("two: 2, ", ""));
  expect(bodyOf(removeScalar(TEXT, "audiences", ["extra", "three"]))).toBe(BODY.replace(", three: 3", ""));
  expect(removeScalar(TEXT, "audiences", ["none"])).toBe(TEXT);
});

test("a map's only key stays, for without it the map would be something else", () => {
  expect(removeScalar(TEXT, "audiences", ["segments", "Rich", "a"])).toMatchObject({ code: "cannot-remove" });
});

test("a key that was added and taken out again leaves the file as it was", () => {
  fc.assert(
    fc.property(fc.constantFrom("\n", "\r\n"), fc.stringMatching(/^[a-z]{1,8}$/), fc.string(), (end, key, value) => {
      const text = TEXT.replaceAll("\n", end);
      fc.pre(!["of", "segments", "extra", "otherwise"].includes(key));
      const added = setScalar(text, "audiences", [key], value);
      fc.pre(typeof added === "string");
      expect(removeScalar(String(added), "audiences", [key])).toBe(text);
    }),
  );
});

test("every character of a value is found in the YAML, whatever its style", () => {
  const yaml = `plain: a b
folded: one
  two
single: 'it''s one'
double: "tab\\tand \\"quote\\" é"
literal: |-
    indented
      more
    end
folding: >-
  some words
  go on
list: [x, 'y z']
`;
  const scalars = placedScalars(yaml) ?? [];
  expect(scalars.map(({ path }) => path.join("."))).toEqual([
    "plain",
    "folded",
    "single",
    "double",
    "literal",
    "folding",
    "list.0",
    "list.1",
  ]);
  for (const { text, at } of scalars) {
    for (const [offset, unit] of [...text].entries()) {
      if (/[\s'"]/.test(unit)) continue;
      expect(yaml[at(offset) ?? -1]).toBe(unit);
    }
  }
});

test("replacements change their own stretches alone", () => {
  expect(
    withReplacements("one two three", [
      { from: 8, to: 13, text: "3" },
      { from: 0, to: 3, text: "1" },
    ]),
  ).toBe("1 two 3");
});

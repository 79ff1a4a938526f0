import { describe, expect, it } from "vitest";
import { z } from "zod";
import { readYaml } from "../../../server/cells/body.ts";
import type { InputValue } from "../../../server/language/vocabulary.ts";
import { parseNotebook } from "../../../server/notebook/parse.ts";
import { cell, ORDERS, openRuns, orders } from "../run/notebook-runs.ts";

const schema = z.strictObject({
  of: z.string(),
  size: z.number().min(1, "expected at least 1").default(5),
  names: z.record(z.string(), z.string()).default({}),
  points: z.array(z.strictObject({ when: z.string(), add: z.number() })).default([]),
  kind: z.enum(["round", "square"]).default("round"),
  shape: z.union([z.string(), z.strictObject({ wide: z.number() })]).default("round"),
});

function read(body: string, inputs: InputValue[] = []) {
  const [first] = parseNotebook(`---\nsegbook: 1\n---\n\n\`\`\`chart c\n${body}\n\`\`\`\n`).cells;
  if (first === undefined) throw new Error("no cell");
  return readYaml(first, schema, { inputs, rules: (path) => path[0] === "points" && path[2] === "when" });
}

function faults(body: string, inputs?: InputValue[]) {
  const reading = read(body, inputs);
  return reading.ok
    ? []
    : reading.problems.map(({ code, line, column, message, hint }) => ({ code, line, column, message, hint }));
}

describe("a body in YAML", () => {
  it("has every default filled in, and equal bodies have equal canonical texts", () => {
    const reading = read("of: a");
    expect(reading.ok && reading.value.body).toEqual({
      of: "a",
      size: 5,
      names: {},
      points: [],
      kind: "round",
      shape: "round",
    });
    const other = read("size: 5 # as ever\nof: 'a'");
    expect(reading.ok && other.ok && reading.value.canonical === other.value.canonical).toBe(true);
  });

  it("keeps and ignores keys that begin with x_, wherever they are", () => {
    const reading = read("of: a\nx_note: mine\npoints:\n  - {when: b > 1, add: 1, x_why: because}");
    expect(reading.ok && reading.value.body.points).toEqual([{ when: "b > 1", add: 1 }]);
  });

  it("names an unknown key at its place, with the nearest", () => {
    expect(faults("of: a\nsiz: 3")).toEqual([
      {
        code: "unknown-key",
        line: 7,
        column: 1,
        message: "`siz` is not a key of the chart cell `c`.",
        hint: "Did you mean `size`?",
      },
    ]);
    expect(faults("of: a\npoints:\n  - when: b > 1\n    ad: 1")).toMatchObject([
      { code: "missing-key" },
      { code: "unknown-key", line: 9, column: 5, hint: "Did you mean `add`?" },
    ]);
  });

  it("names a value that does not fit with what was found, and a key that is missing", () => {
    expect(faults("of: a\nsize: many")).toMatchObject([
      { code: "bad-value", line: 7, column: 7, message: expect.stringContaining('found "many"') },
    ]);
    expect(faults("of: a\nsize: 0")).toMatchObject([{ message: "`size`: expected at least 1, found 0." }]);
    expect(faults("size: 3")).toMatchObject([
      { code: "missing-key", line: 6, message: expect.stringContaining("`of`") },
    ]);
    expect(faults("of: a\nshape: {wide: x}")).toMatchObject([{ code: "bad-value", line: 7, column: 15 }]);
  });

  it("names the nearest of the values that are allowed", () => {
    expect(faults("of: a\nkind: roud")).toMatchObject([
      {
        code: "bad-value",
        message: '`kind`: expected one of `round`, `square`, found "roud".',
        hint: "Did you mean `round`?",
      },
    ]);
    expect(faults("of: a\nsize: many")).toMatchObject([{ message: '`size`: expected number, found "many".' }]);
  });

  it("gives the place inside a rule on one line, in quotes and in a block", () => {
    const within = (body: string, offset: number) => {
      const reading = read(body);
      return reading.ok ? reading.value.within(["points", 0, "when"], offset) : null;
    };
    expect(within("of: a\npoints:\n  - when: b > 1\n    add: 1", 4)).toEqual({ line: 8, column: 15 });
    expect(within("of: a\npoints:\n  - when: 'b > 1'\n    add: 1", 4)).toEqual({ line: 8, column: 16 });
    expect(within("of: a\npoints:\n  - when: |-\n      b > 1\n      AND c\n    add: 1", 6)).toEqual({
      line: 10,
      column: 7,
    });
    expect(within("of: a\npoints:\n  - when: |-\n      b > 1\n      AND c\n    add: 1", 10)).toEqual({
      line: 10,
      column: 11,
    });
  });
});

describe("`$name` in a body", () => {
  const least: InputValue = { name: "least", type: "number", value: 7 };

  it("is the input's value where it is a whole scalar, and nothing elsewhere", () => {
    const reading = read(
      "of: a\nsize: $least\nnames: {1: $least}\npoints: [{when: b > $least, add: 1}, {when: $least, add: $least}]",
      [least],
    );
    expect(reading.ok && reading.value.body).toEqual({
      of: "a",
      size: 7,
      names: { 1: "$least" },
      points: [
        { when: "b > $least", add: 1 },
        { when: "$least", add: 7 },
      ],
      kind: "round",
      shape: "round",
    });
    expect(reading.ok && reading.value.inputs).toEqual(["least"]);
  });

  it("is an error where it is no input, or of a type that does not fit", () => {
    expect(faults("of: a\nsize: $last", [least])).toMatchObject([
      { code: "unknown-input", line: 7, column: 7, hint: "Known inputs: `$least`." },
    ]);
    expect(faults("of: a\nsize: $w", [{ name: "w", type: "text", value: "wide" }])).toMatchObject([
      { code: "bad-value", message: expect.stringContaining('found "wide"') },
    ]);
  });

  it("counts among what the cell reads and moves its key alone", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    const notebook =
      cell("input", "border", "type: number\ndefault: 10") +
      orders() +
      cell("sql", "people", "SELECT customer_id, sum(amount) AS spend FROM orders GROUP BY ALL ORDER BY ALL") +
      cell("score", "s", "of: people\npoints:\n  - {when: spend > 8, add: $border}");
    const ran = await runs.run(notebook);
    expect(ran.result.state).toBe("done");
    expect(ran.cell("s").reads).toEqual(["border", "people"]);
    const planned = await runs.plan(notebook, { set: { border: 3 } });
    expect(planned.states).toMatchObject({ people: "fresh", s: "stale: input `border` was 10." });
    expect((await runs.run(notebook, { set: { border: 3 } })).cell("s").state).toBe("fresh");
    expect(await runs.rows(notebook, "s", { set: { border: 3 } })).toEqual([
      [1, 3, null, 3],
      [2, 3, null, 3],
      [3, 0, null, 0],
    ]);
  });

  it("of an input at fault blocks the cell and is no fault of it", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    const notebook =
      cell("input", "few", "type: number\ndefault: 5\nmax: 3") +
      orders() +
      cell("score", "s", "of: orders\npoints:\n  - {when: amount > 8, add: $few}");
    const ran = await runs.run(notebook);
    expect(ran.story).toEqual(["few failed", "orders computed", "s blocked"]);
    expect(ran.cell("s")).toMatchObject({ reason: "`few` is at fault.", problems: [], reads: ["few"] });
  });
});

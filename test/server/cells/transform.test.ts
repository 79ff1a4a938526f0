import { table } from "arquero";
import { describe, expect, it } from "vitest";
import { applyVerb } from "../../../server/cells/transform/verbs.ts";
import { transform } from "../../../server/cells/transform.ts";
import { openBench, studyAndRun } from "./harness.ts";

/** Runs verbs, written as YAML, over a relation. */
async function transformed(verbs: string, relations: Record<string, string>) {
  const bench = await openBench();
  try {
    const notebook = `\`\`\`transform t\nof: ${Object.keys(relations)[0]}\nverbs:\n${verbs}\n\`\`\`\n`;
    const ran = await studyAndRun(bench, transform, { notebook, relations });
    if (ran.problems.length > 0) return { problems: ran.problems, rows: [], types: {} };
    const types = Object.fromEntries((await ran.columns()).map(({ name, type }) => [name, type]));
    return { problems: [], rows: await ran.rows(), types };
  } finally {
    await bench.close();
  }
}

const PEOPLE =
  "SELECT * FROM (VALUES (1, 'a', 10.5), (2, 'b', 20.0), (3, 'a', NULL)) AS t(id, team, spend) ORDER BY id";

describe("a transform", () => {
  it("applies its verbs one after another", async () => {
    const { rows } = await transformed(
      '  - filter: "d => d.spend != null"\n  - groupby: [team]\n  - rollup: {n: "d => op.count()", sum: "op.sum(d.spend)"}\n  - orderby: [-sum]',
      { people: PEOPLE },
    );
    expect(rows).toEqual([
      { team: "b", n: 1, sum: 20 },
      { team: "a", n: 1, sum: 10.5 },
    ]);
  });

  it("joins another relation by columns of both", async () => {
    const { rows } = await transformed(
      "  - join_left: [teams, [team]]\n  - select: [id, boss]\n  - orderby: [id]\n  - slice: [0, 2]",
      {
        people: PEOPLE,
        teams: "SELECT 'a' AS team, 'Ann' AS boss",
      },
    );
    expect(rows).toEqual([
      { id: 1, boss: "Ann" },
      { id: 2, boss: null },
    ]);
  });

  it("keeps the types and every digit of columns that pass through", async () => {
    const { rows, types } = await transformed('  - derive: {twice: "d => d.money * 2"}', {
      given: `SELECT 9007199254740993::BIGINT AS large, 1.10::DECIMAL(10,2) AS money, DATE '2026-10-31' AS day,
        TIMESTAMP '2026-10-31 09:30:00' AS moment, TIMESTAMPTZ '2026-10-31 09:30:00+02:00' AS instant, true AS flag,
        NULL::DOUBLE AS nothing`,
    });
    expect(types).toEqual({
      ...{ large: "BIGINT", money: "DECIMAL(10,2)", day: "DATE", moment: "TIMESTAMP" },
      ...{ instant: "TIMESTAMP WITH TIME ZONE", flag: "BOOLEAN", nothing: "DOUBLE", twice: "DOUBLE" },
    });
    expect(rows).toEqual([
      {
        ...{ large: "9007199254740993", money: 1.1, day: "2026-10-31", moment: "2026-10-31T09:30:00" },
        ...{ instant: "2026-10-31T07:30:00Z", flag: true, nothing: null, twice: 2.2 },
      },
    ]);
  });

  it("refuses a column whose values it would lose, wherever the name comes from", async () => {
    const given = { people: 'SELECT 1 AS id, 2 AS "__proto__"' };
    for (const [verbs, relations] of [
      ["  - select: [id]", given],
      ["  - join: [people, [id]]", { other: "SELECT 1 AS id", ...given }],
      ["  - rename: {id: __proto__}", { people: PEOPLE }],
      ["  - pivot: {keys: team, values: id}", { people: "SELECT 1 AS id, '__proto__' AS team" }],
    ] as const) {
      const { problems } = await transformed(verbs, relations);
      expect(problems.map(({ message }) => message)).toEqual([
        expect.stringMatching(/can't hold a column called `__proto__`/),
      ]);
    }
  });

  it("names a verb that is not known, and a column that is not there, at the verb's place", async () => {
    const unknown = await transformed("  - fliter: x", { people: PEOPLE });
    expect(unknown.problems).toMatchObject([
      { code: "unknown-verb", line: 7, hint: expect.stringContaining("filter") },
    ]);
    const column = await transformed('  - select: [id]\n  - filter: "d => d.spnd > 3"', { people: PEOPLE });
    expect(column.problems).toMatchObject([
      { code: "transform-verb", line: 8, message: expect.stringContaining("d.spnd") },
    ]);
  });
});

describe("an expression of a transform", () => {
  const attack = "a.at(0),globalThis.reached=1,data.a";
  const rows = table({ a: [1, 2], s: ["x", "y"], [attack]: [1, 2] });
  const derived = (text: string) => applyVerb(rows, { name: "derive", argument: { x: text }, other: null }).array("x");

  it.each([
    ["d => d.a + 1", [2, 3]],
    ["d.a * 2", [2, 4]],
    ["({ s, a }) => s + a", ["x1", "y2"]],
    ["({ s: t }, $) => t", ["x", "y"]],
    ["function(d) { const x = d['a']; return x }", [1, 2]],
    ["d => op.split(d.s, ',')[0] + d.s.length", ["x1", "y1"]],
    ["d => op.mean(d.a)", [1.5, 1.5]],
    ["d => ({ k: d.s }).k", ["x", "y"]],
  ])("may be %s", (text, values) => {
    expect(Array.from(derived(text) as ArrayLike<unknown>)).toEqual(values);
  });

  it.each([
    "d => process.pid",
    "d => globalThis",
    "d => this",
    "d => d.constructor",
    "d => d.s.constructor",
    "d => d.s['constructor']",
    "d => d.s['con' + 'structor']",
    "d => d.s[d.s]",
    "d => d.s.constr\\u0075ctor",
    "d => [].constructor",
    "d => op.row_object().constructor",
    "d => op.constructor('return process')()",
    "d => d.s.constructor.constructor('return process')",
    "d => d.s.constructor`x`",
    "d => { const { constructor: c } = d.s; return c }",
    "d => { const { ['con' + 'structor']: c } = d.s; return c }",
    "d => ({ __proto__: d.s })",
    "() => import('fs')",
    "d => new Function('return 1')()",
    "d => eval('1')",
    "d => require('fs')",
    "(d, $) => $.constructor",
    "d => { while (true) {} return 1 }",
    "d => (() => 1)()",
    `({ '${attack}': x }) => x`,
    `/**/ ({ '${attack}': x }) => x`,
    `(({ '${attack}': x }) => x)`,
    `d => 1, ({ '${attack}': x }) => x`,
    `({ s }, { '${attack}': x }) => x`,
    "(d = process) => d",
    "async d => d.a",
    "d => d.a; process.exit()",
    "1); process.exit(); (1",
    "d => op.pluck([d.s], 'constructor')",
    "d => op.pluck(op.pluck([d.s], 'constructor'), 'constructor')",
    "d => op.pluck([d.s], d.s)",
    "d => d.s.at",
    "d => [d.s.replace]",
    "d => ({ toJSON: d.s.at })",
  ])("is refused where it reaches beyond its row: %s", (text) => {
    expect(() => derived(text)).toThrow();
    expect(globalThis).not.toHaveProperty("reached");
  });

  it.each(["d => op.random()", "d => Math.random()", "d => op.now()", "d => Date.now()", "d => op.datetime()"])(
    "is refused where it gives another value with each run: %s",
    (text) => {
      expect(() => derived(text)).toThrow("with each run");
    },
  );

  it("is guarded in every verb that takes one", () => {
    for (const [name, argument] of [
      ["filter", "d => d.s.constructor"],
      ["rollup", { x: "d => d.s.constructor" }],
      ["impute", { a: "() => [].constructor" }],
    ] as const) {
      expect(() => applyVerb(rows, { name, argument, other: null })).toThrow("`constructor`");
    }
  });
});

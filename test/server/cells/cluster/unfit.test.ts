import { describe, expect, test } from "vitest";
import { cell, openRuns } from "../../run/notebook-runs.ts";

const HEAD = "---\nsegbook: 1\nentity: id\n---\n\n";

/** What is wrong with one cluster cell over columns a, b and c, where `b` is this SQL over i from 0 to 99. */
async function faultOf(b: string, rest = "k: 3") {
  const runs = await openRuns();
  const people = cell("sql", "people", `SELECT i AS id, i % 17 AS a, ${b} AS b, i % 13 AS c\nFROM range(100) AS t(i)`);
  const text = `${HEAD}${people}${cell("cluster", "kinds", `of: people\ncolumns: [a, b, c]\n${rest}`)}`;
  const ran = (await runs.run(text)).cell("kinds");
  const line = text.split("\n").indexOf("columns: [a, b, c]") + 1;
  return { problems: ran.problems, at: { line, column: 14 }, state: ran.state };
}

describe("a column that no distance can be made of is told where it is listed", () => {
  test.each([
    ["'x' || i", "`b` is VARCHAR; clustering needs numbers."],
    ["DATE '2020-01-01' + i::INTEGER", "`b` is DATE; clustering needs numbers."],
    ["[i]", "`b` is BIGINT[]; clustering needs numbers."],
  ])("%s, though its type is known only once the relation is computed", async (b, message) => {
    const { problems, at } = await faultOf(b);
    expect(problems).toMatchObject([{ code: "column-not-numeric", severity: "error", message, ...at }]);
  });

  test.each([
    ["'inf'::DOUBLE", "infinite-value", "`b` is infinite for id `0` and 99 more."],
    ["CASE WHEN i = 41 THEN '-inf'::DOUBLE ELSE i END", "infinite-value", "`b` is infinite for id `41`."],
    ["CASE WHEN i = 7 THEN 1e300 ELSE i END", "value-too-large", "`b` is 1e+300 for id `7`, too large to be squared."],
    ["(i - 50) * 1e300", "value-too-large", "`b` is -5e+301 for id `0` and 98 more, too large to be squared."],
  ])("%s is %s, with whose it is", async (b, code, message) => {
    for (const scale of ["robust", "minmax"]) {
      const { problems, at } = await faultOf(b, `scale: ${scale}\nk: 3`);
      expect([scale, problems]).toMatchObject([scale, [{ code, severity: "error", message, ...at }]]);
    }
  });

  test("a number far beyond the others' spread", async () => {
    const { problems, at } = await faultOf(
      "CASE WHEN i = 7 THEN 1e100 ELSE i * 1e-100 END",
      "transform: {b: none}\nk: 3",
    );
    const message = "b is 1e+100 in row 8, too far from the others to be compared with a spread of 4.95e-99.";
    expect(problems).toMatchObject([{ code: "value-too-large", message, ...at }]);
  });
});

test("numbers whose differences are too small to be squared tell nobody apart, and that is said", async () => {
  const { problems, state, at } = await faultOf("(i % 7) * 1e-200", "scale: zscore\nk: 3");
  expect(state).toBe("fresh");
  const message = "b lies between 0 and 6e-200, too near each other to be told apart.";
  expect(problems).toContainEqual(expect.objectContaining({ code: "constant-column", message, ...at }));
});

test("what is no number is missing, on the map too, and a measure that is a ratio to nothing is missing", async () => {
  const runs = await openRuns();
  const people = cell(
    "sql",
    "people",
    "SELECT i AS id, CASE WHEN i = 3 THEN 'NaN'::DOUBLE ELSE i % 2 END AS a FROM range(100) AS t(i)",
  );
  const kinds = cell("cluster", "kinds", "of: people\ncolumns: [a]\nmissing: median\nscale: none\nk: {auto: [2, 2]}");
  const text = HEAD + people + kinds;
  await runs.run(text, { cells: ["kinds", "kinds_map", "kinds_validity"] });
  const map = [...(await runs.rows(text, "kinds_map"))];
  expect([map.length, map.flatMap((row) => (Number(row[0]) === 3 ? [row.at(-1)] : []))]).toEqual([100, [null]]);
  expect(await runs.rows(text, "kinds_validity")).toMatchObject([[2, 1, null, 0, 1]]);
});

import { describe, expect, it } from "vitest";
import { cell, openRuns } from "../run/notebook-runs.ts";

const SALES = cell("sql", "sales", "SELECT 'UK' AS country, 10 AS amount");

async function problemsOf(body: string) {
  const runs = await openRuns();
  const { view } = await runs.plan(SALES + cell("chart", "c", `of: sales\n${body}`));
  const chart = view.cells.find(({ id }) => id === "c");
  return chart?.problems.map(({ code, line, column, hint }) => ({ code, line, column, hint }));
}

describe("a chart", () => {
  it.each([
    "mark: bar\nx: country\ny: sum(amount)",
    "mark: bar\nx: country\ny: count()",
    "mark: {type: bar}\nx: {field: country, type: nominal}\ncolor: country",
    "spec: {mark: bar, encoding: {x: {field: country}, y: {aggregate: count}}}",
    "spec: {transform: [{calculate: 'datum.amount * 2', as: twice}], mark: bar, encoding: {x: {field: twice}}}",
    "spec: {layer: [{mark: bar, encoding: {x: {field: country}}}, {data: {values: [{at: 1}]}, mark: rule, encoding: {x: {field: at}}}]}",
  ])("of columns that are there is well: %s", async (body) => {
    expect(await problemsOf(body)).toEqual([]);
  });

  it.each([
    ["mark: bar\nx: contry\ny: count()", 13, 4],
    ["mark: bar\nx: country\ny: mean(amout)", 14, 4],
    ["mark: bar\nx: {field: contry}", 13, 12],
    ["spec:\n  mark: bar\n  encoding:\n    x: {field: contry}", 15, 16],
    ["spec:\n  layer:\n    - mark: bar\n      encoding: {y: {field: amount}, x: {field: contry}}", 15, 49],
  ])("names a column that is not there at its place, with the nearest: %s", async (body, line, column) => {
    expect(await problemsOf(body)).toMatchObject([
      { code: "unknown-column", line, column, hint: expect.stringMatching(/country|amount/) },
    ]);
  });

  it.each(["mark: bar\nspec: {mark: bar}", "x: country", "spec: {data: {url: 'http://a.b'}, mark: bar}"])(
    "refuses what is neither one form nor the other, or brings its own data: %s",
    async (body) => {
      expect(await problemsOf(body)).toMatchObject([{ code: "bad-value" }]);
    },
  );
});

import { expect, test } from "vitest";
import { chartSpec } from "../../../server/figures/chart-spec.ts";

const columns = [
  { name: "segment", type: "VARCHAR" },
  { name: "spend", type: "DECIMAL(18,2)" },
  { name: "day", type: "DATE" },
  { name: "a.b", type: "BIGINT" },
];

test("the short form names columns and aggregates, typed by the relation", () => {
  const spec = chartSpec(
    { mark: "bar", x: "segment", y: "mean(spend)", color: null, facet: null, spec: null },
    columns,
  );
  expect(spec).toMatchObject({
    mark: "bar",
    encoding: {
      x: { field: "segment", type: "nominal" },
      y: { aggregate: "mean", field: "spend", type: "quantitative" },
    },
  });
});

test("count() needs no column, days are times, and a dot in a name is no path", () => {
  const spec = chartSpec({ mark: "line", x: "day", y: "count()", color: "a.b", facet: null, spec: null }, columns);
  expect(spec).toMatchObject({
    encoding: {
      x: { type: "temporal" },
      y: { aggregate: "count", type: "quantitative" },
      color: { field: "a\\.b", type: "quantitative" },
    },
  });
});

test("a whole specification is taken as it is, and a body without either gives none", () => {
  const spec = { mark: "point", encoding: {} };
  expect(chartSpec({ spec, mark: null }, columns)).toBe(spec);
  expect(chartSpec(null, columns)).toBeNull();
});

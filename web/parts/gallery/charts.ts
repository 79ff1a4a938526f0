import type { ChartData, Spec } from "../chart.ts";

/** Revenue by month and country, and specifications over it: good ones, a wrong one, and one that wants too much. */
export const revenue: ChartData = {
  columns: [
    { name: "month", type: "DATE" },
    { name: "country", type: "VARCHAR" },
    { name: "revenue", type: "DECIMAL(18,2)" },
  ],
  rows: ["UK", "Germany", "France", "Ireland"].flatMap((country, place) =>
    Array.from({ length: 13 }, (_, month) => {
      const day = new Date(Date.UTC(2025, 9 + month, 1)).toISOString().slice(0, 10);
      const season = 1 + 0.35 * Math.sin(((month + 2) / 12) * 2 * Math.PI) + (month % 3) * 0.04;
      return [day, country, ((41_000 * season) / (1 + place * 0.8)).toFixed(2)];
    }),
  ),
};

export const lines: Spec = {
  $schema: "https://vega.github.io/schema/vega-lite/v6.json",
  mark: { type: "line", point: true, tooltip: true },
  encoding: {
    x: { field: "month", type: "temporal", title: null },
    y: { field: "revenue", type: "quantitative", title: "revenue, GBP" },
    color: { field: "country", type: "nominal" },
  },
};

export const columns: Spec = {
  mark: { type: "bar", tooltip: true },
  encoding: {
    y: { field: "country", type: "nominal", sort: "-x", title: null },
    x: { aggregate: "sum", field: "revenue", type: "quantitative", title: "revenue, GBP" },
  },
};

export const wrong: Spec = { mark: "line", encoding: { x: { field: "moth", type: "temporal" } } };

export const greedy: Spec = {
  usermeta: { embedOptions: { ast: false, actions: true } },
  data: { url: "https://example.org/people.csv" },
  mark: "point",
  encoding: { href: { value: "javascript:alert(1)" } },
};

import { afterEach, beforeEach, expect, test } from "vitest";
import { prepareSpec, refusals, temporalFields, unknownFields } from "../../../server/figures/chart-guard.ts";
import { chartRows } from "../../../server/figures/chart-rows.ts";

const encoding = { x: { field: "day", type: "temporal" }, y: { field: "n", type: "quantitative" } };

test("nothing is refused in an honest chart", () => {
  expect(refusals({ mark: "line", encoding })).toEqual([]);
  const axis = { tickCount: { interval: "month", step: 3 } };
  const x = { field: "day", type: "temporal", axis, bin: { step: 0.01 }, title: "Day \\u002b 1" };
  expect(refusals({ mark: "line", width: { step: 20 }, encoding: { ...encoding, x } })).toEqual([]);
});

test("what would load, reach out or make rows without end is refused with its place, however deep", () => {
  const bad = [
    { data: { url: "https://example.org/x.csv" } },
    { layer: [{ mark: "line" }, { data: { url: "/etc/passwd" } }] },
    { data: { sequence: { start: 0, stop: 1e9 } } },
    { transform: [{ lookup: "a", from: { data: { url: "x.json" }, key: "a" } }] },
    { transform: [{ calculate: "sequence(1e9)", as: "many" }] },
    { transform: [{ calculate: "s\\u0065quence(1e9)", as: "many" }] },
    { transform: [{ calculate: "\\u{73}equence(1e9)", as: "many" }] },
    { transform: [{ density: "n", steps: 1e9 }] },
    { transform: [{ density: "n", steps: "1e9" }] },
    { transform: [{ density: "n", steps: { signal: "1e9" } }] },
    { transform: [{ density: "n", maxsteps: 1e9 }] },
    { transform: [{ quantile: "n", step: 1e-9 }] },
    { encoding: { x: { bin: { step: 1e-9 }, field: "n" } } },
    { encoding: { x: { bin: { step: { expr: "1e-9" } }, field: "n" } } },
    { encoding: { x: { axis: { tickCount: { expr: "1e9" } }, field: "n" } } },
    { transform: [{ impute: "n", key: "a", keyvals: { start: 0, stop: 1e9 } }] },
    { encoding: { x: { bin: { maxbins: 1e9 }, field: "n" } } },
    { params: [{ name: "a", bind: { input: "range", element: "body" } }] },
  ];
  for (const spec of bad) expect(refusals(spec), JSON.stringify(spec)).toHaveLength(1);
  expect(refusals(bad[1] ?? {})[0]?.path).toBe("layer.1.data");
});

test("what would change how a chart is drawn is taken out, and it gets a name and its place's width", () => {
  const prepared = prepareSpec(
    { $schema: "https://example.org/v1", usermeta: { embedOptions: { ast: false } }, mark: "bar" },
    "Sizes",
  );
  expect(prepared).toEqual({
    mark: "bar",
    description: "Sizes",
    width: "container",
    autosize: { type: "fit-x", contains: "padding", resize: true },
  });
  expect(prepareSpec({ mark: "bar", width: 300 }, "Sizes").width).toBe(300);
  expect(prepareSpec({ mark: "bar", encoding: { row: { field: "a" } } }, "Sizes").width).toBeUndefined();
});

test("fields that the relation lacks are named, unless a transform may make them", () => {
  expect(unknownFields({ mark: "line", encoding }, ["day"])).toEqual(["n"]);
  expect(unknownFields({ mark: "line", encoding, transform: [{ calculate: "1", as: "n" }] }, ["day"])).toEqual([]);
});

let zone: string | undefined;
beforeEach(() => {
  zone = process.env.TZ;
});
afterEach(() => {
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
});

test("a day that is drawn as a time is that day in the reader's zone, east and west", () => {
  const data = { columns: [{ name: "day", type: "DATE" }], rows: [["2026-08-22"]] };
  for (const place of ["America/Los_Angeles", "UTC", "Pacific/Auckland"]) {
    process.env.TZ = place;
    const time = chartRows(data, temporalFields({ mark: "line", encoding }))[0]?.day;
    expect(new Date(Number(time)).getDate(), place).toBe(22);
    expect(new Date(Number(time)).getHours(), place).toBe(0);
  }
  expect(chartRows(data, new Set())[0]?.day).toBe("2026-08-22");
});

test("decimals that travel as text are drawn as numbers, and no column name reaches a prototype", () => {
  const data = { columns: [{ name: "__proto__", type: "DECIMAL(30,2)" }], rows: [["41.20"], [null]] };
  const rows = chartRows(data, new Set());
  expect(Object.entries(rows[0] ?? {})).toEqual([["__proto__", 41.2]]);
  expect(Object.values(rows[1] ?? {})).toEqual([null]);
});

import type { DuckDBConnection } from "@duckdb/node-api";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { unitsBefore } from "../../../server/language/clock.ts";
import { stretchOf } from "../../../server/language/moment.ts";
import { openEngine, rowsOf } from "./duckdb.ts";

let engine: DuckDBConnection;
beforeAll(async () => {
  engine = await openEngine();
});

const ZONES = [
  "UTC",
  "Europe/London",
  "America/New_York",
  "America/St_Johns",
  "Asia/Kathmandu",
  "Australia/Lord_Howe",
  "Pacific/Auckland",
  "Pacific/Apia",
] as const;

/** Times on the quarter of an hour between 2009 and 2030: leap days, ends of months and both changes of the clock among them. */
const instants = fc
  .integer({ min: Date.UTC(2009, 0) / 900_000, max: Date.UTC(2030, 0) / 900_000 })
  .map((n) => n * 900_000);
const zones = fc.constantFrom(...ZONES);
const units = fc.constantFrom("minute", "hour", "day", "week", "month", "quarter", "year") as fc.Arbitrary<"day">;

test("units before a moment are what the engine's own calendar (ICU) gives", async () => {
  const cases = fc.sample(fc.record({ asOf: instants, zone: zones, unit: units, n: fc.integer({ min: 1, max: 40 }) }), {
    numRuns: 1500,
    seed: 5,
  });
  for (const zone of ZONES) {
    const own = cases.filter((each) => each.zone === zone);
    const asked = own.map(({ asOf, unit, n }) => {
      const months = { month: 1, quarter: 3, year: 12 }[unit as "month"];
      const minutes = { minute: 1, hour: 60, day: 1440, week: 10_080 }[unit as "day"];
      const back = months === undefined ? `INTERVAL ${minutes * n} MINUTE` : `INTERVAL ${months * n} MONTH`;
      return `(make_timestamptz(${asOf * 1000}) - ${back})`;
    });
    await engine.run(`SET TimeZone = '${zone}'`);
    const [row] = await rowsOf(engine, `SELECT [${asked.map((sql) => `epoch_ms${sql}`).join(", ")}] AS found`);
    const found = numbersOf(row);
    const ours = own.map(
      ({ asOf, unit, n }) => unitsBefore({ asOf, zone, weekStarts: "monday" }, n, unit)?.epochMilliseconds,
    );
    expect(ours, zone).toEqual(found);
  }
});

test("a date covers the day that the engine's own calendar gives it", async () => {
  const days = fc.sample(fc.record({ at: instants, zone: zones }), { numRuns: 600, seed: 6 });
  for (const zone of ZONES) {
    const dates = days.filter((each) => each.zone === zone).map(({ at }) => new Date(at).toISOString().slice(0, 10));
    await engine.run(`SET TimeZone = '${zone}'`);
    const asked = dates.flatMap((date) => [`'${date}'::DATE`, `('${date}'::DATE + 1)`]);
    const [row] = await rowsOf(
      engine,
      `SELECT [${asked.map((day) => `epoch_ms(${day}::TIMESTAMPTZ)`).join(", ")}] AS found`,
    );
    const ours = dates.flatMap((date) => {
      const stretch = stretchOf(date, zone);
      return [stretch?.start.epochMilliseconds, stretch?.end?.epochMilliseconds];
    });
    expect(ours, zone).toEqual(numbersOf(row));
  }
});

function numbersOf(row: Record<string, unknown> | undefined): number[] {
  return (row?.found as unknown[] | undefined)?.map(Number) ?? [];
}

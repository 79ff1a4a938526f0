import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { adjustedRandIndex } from "../../server/cluster/rand-index.ts";
import { decompose } from "../../server/monitor/explain/decompose.ts";
import { call } from "../workspace.ts";
import { openPlanted, type Planted } from "./planted.ts";

const root = inject("demoWorkspace");

const NOTEBOOK = "notebooks/first-segments.md";

async function show(relation: string): Promise<Record<string, unknown>[]> {
  const said = await call(["show", NOTEBOOK, relation, "--format", "json", "--workspace", root], root);
  if (said.code !== 0) throw new Error(said.stderr);
  return JSON.parse(said.stdout) as Record<string, unknown>[];
}

describe("the demo notebook, on the demo's data", () => {
  let planted: Planted;
  let alerts: Record<string, unknown>[];

  beforeAll(async () => {
    const said = await call(["run", NOTEBOOK, "--json", "--workspace", root], root);
    expect(said.stderr).not.toMatch(/ error /);
    expect(said.code).toBe(0);
    const file = join(root, "personas.parquet");
    await call(["show", NOTEBOOK, "personas", "--format", "parquet", "--out", file, "--workspace", root], root);
    planted = await openPlanted(root, file);
    alerts = await show("watch");
  }, 240_000);
  afterAll(() => planted.close());

  it("clusters people much as they were planted", () => {
    const { people } = planted;
    expect(people.length).toBeGreaterThan(19_000);
    const [archetypes, segments] = [0, 1].map((side) => numbered(people.map((one) => one[side])));
    const index = adjustedRandIndex(segments ?? [], archetypes ?? []);
    console.info(`adjusted Rand index of personas against the planted archetypes: ${index.toFixed(3)}`);
    expect(index).toBeGreaterThanOrEqual(0.6);
  });

  it("flags the planted fall of the click rate, in its segment, to within a week, and no other click rate", async () => {
    const { fall } = planted.truth;
    const segment = planted.segmentOf(fall.archetype);
    const found = alerts.filter((row) => row.metric === "click_rate" && row.tier !== "watch");
    expect(found.map((row) => [row.segment, row.direction])).toEqual([[segment, "down"]]);
    expect(daysApart(found[0]?.change_at, fall.firstDay)).toBeLessThanOrEqual(7);
    expect(Number(found[0]?.relative_change)).toBeLessThan(-0.15);
    expect(found[0]).toMatchObject({ tier: "confirmed", verdict: "rate" });
    for (const by of ["kind", "mail_domain"]) {
      const parts = await planted.partsOf(segment, "clicked_at", by, String(found[0]?.change_at));
      expect(decompose(parts)?.verdict).toBe("rate");
    }
  });

  it("flags the open rate of whom was sent another mix, to within a week, and no other; by kind of mail, it is the mix", async () => {
    const { mixShift } = planted.truth;
    const segment = planted.segmentOf(mixShift.archetype);
    const found = alerts.filter((row) => row.metric === "open_rate" && row.tier !== "watch");
    expect(found.map((row) => [row.segment, row.direction, row.tier])).toEqual([[segment, "down", "confirmed"]]);
    expect(daysApart(found[0]?.change_at, mixShift.firstDay)).toBeLessThanOrEqual(7);
    expect(found[0]).toMatchObject({ verdict: "mix" });
    expect(found[0]?.explanation).toContain(`a change of mix by ${mixShift.column}: ${mixShift.part} went from`);
    const parts = await planted.partsOf(segment, "opened_at", mixShift.column, String(found[0]?.change_at));
    const told = decompose(parts);
    expect(told?.verdict).toBe("mix");
    expect(told?.mix).toBeLessThan(-0.06);
    expect(Math.abs(told?.rate ?? 1)).toBeLessThan(0.02);
  });

  it("names the opens that a mail provider makes, from the day on, as measurement in every segment that was there", async () => {
    const { machineOpens } = planted.truth;
    const found = alerts.filter((row) => row.metric === "machine_open_rate");
    expect(found.map((row) => [row.segment, row.direction]).sort()).toEqual(
      ["Bargain Hunters", "Browsers", "Lapsed", "Weekly Buyers"].map((segment) => [segment, "up"]),
    );
    for (const row of found) {
      expect(daysApart(row.change_at, machineOpens.firstDay)).toBeLessThanOrEqual(3);
      expect(row.explanation).toMatch(/: measurement, not behaviour: /);
      expect(row.explanation).toContain(`mostly ${machineOpens.mailDomain}`);
    }
    const incidents = await show("watch_incidents");
    expect(incidents.map((row) => [row.metric, row.direction])).toEqual([["machine_open_rate", "up"]]);
    expect(incidents[0]?.explanation).toMatch(/measurement, not behaviour/);
  });

  it("confirms nothing else", () => {
    const { fall, mixShift } = planted.truth;
    const known = [
      `${planted.segmentOf(fall.archetype)} click_rate`,
      `${planted.segmentOf(mixShift.archetype)} open_rate`,
    ];
    const confirmed = alerts.filter((row) => row.tier === "confirmed" && row.metric !== "machine_open_rate");
    expect(confirmed.map((row) => `${row.segment} ${row.metric}`).sort()).toEqual(known.sort());
  });

  it("runs as of an earlier day too, with the customers of then", async () => {
    const said = await call(
      ["run", NOTEBOOK, "--as-of", "2026-10-03", "--only", "personas", "--json", "--workspace", root],
      root,
    );
    expect(said.code).toBe(0);
    const lines = said.stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { cell: string; state: string; rows: number });
    const rows = (id: string) => lines.find(({ cell }) => cell === id)?.rows ?? 0;
    expect(rows("customers_then")).toBeLessThan(rows("customers"));
    expect(rows("personas")).toBe(rows("customers_then"));
  });

  it("finds everything again the second time", async () => {
    const said = await call(["run", NOTEBOOK, "--json", "--workspace", root], root);
    const states = said.stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { cell: string; kind: string; state: string });
    expect(states.filter((line) => line.state !== "cached")).toEqual([]);
  });
});

function daysApart(a: unknown, b: string): number {
  return Math.abs(Date.parse(String(a)) - Date.parse(b)) / 86_400_000;
}

function numbered(names: readonly unknown[]): number[] {
  const known = [...new Set(names)];
  return names.map((name) => known.indexOf(name));
}

import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, inject, it } from "vitest";
import { openDuckDb } from "../../server/engine/duckdb.ts";
import { call } from "../workspace.ts";

const root = inject("demoWorkspace");

const NOTEBOOK = "notebooks/first-segments.md";

async function show(relation: string): Promise<Record<string, unknown>[]> {
  const said = await call(["show", NOTEBOOK, relation, "--format", "json", "--workspace", root], root);
  if (said.code !== 0) throw new Error(said.stderr);
  return JSON.parse(said.stdout) as Record<string, unknown>[];
}

/** Hubert and Arabie (1985): agreement of two partitions beyond chance, from their table of counts. */
function adjustedRandIndex(pairs: readonly (readonly [unknown, unknown])[]): number {
  const twos = (n: number) => (n * (n - 1)) / 2;
  const count = (keys: readonly string[]) => {
    const counts = new Map<string, number>();
    for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
    return [...counts.values()].reduce((sum, n) => sum + twos(n), 0);
  };
  const both = count(pairs.map(([a, b]) => `${a}\n${b}`));
  const left = count(pairs.map(([a]) => String(a)));
  const right = count(pairs.map(([, b]) => String(b)));
  const expected = (left * right) / twos(pairs.length);
  return (both - expected) / ((left + right) / 2 - expected);
}

describe("the demo notebook, on the demo's data", () => {
  let archetypes: Map<unknown, unknown>;
  let truth: { fall: { archetype: string; firstDay: string; factor: number } };

  beforeAll(async () => {
    const said = await call(["run", NOTEBOOK, "--json", "--workspace", root], root);
    expect(said.stderr).not.toMatch(/ error /);
    expect(said.code).toBe(0);
    truth = JSON.parse(readFileSync(`${root}/.segbook/demo-truth/truth.json`, "utf8")) as typeof truth;
    const engine = await openDuckDb(null);
    const { rows } = await engine.table({
      sql: `SELECT customer_id, archetype FROM read_parquet('${root}/.segbook/demo-truth/archetypes.parquet')`,
    });
    archetypes = new Map(rows.map(([id, archetype]) => [id, archetype]));
    await engine.close();
  }, 240_000);

  it("clusters people much as they were planted", async () => {
    const people = await show("personas");
    expect(people.length).toBeGreaterThan(19_000);
    const index = adjustedRandIndex(people.map((row) => [row.cluster, archetypes.get(row.customer_id)] as const));
    console.info(`adjusted Rand index of personas against the planted archetypes: ${index.toFixed(3)}`);
    expect(index).toBeGreaterThanOrEqual(0.6);
  });

  it("flags the planted fall of the click rate, in its segment, to within a week, and no other click rate", async () => {
    const people = await show("personas");
    const planted = people.filter((row) => archetypes.get(row.customer_id) === truth.fall.archetype);
    const counts = new Map<unknown, number>();
    for (const row of planted) counts.set(row.segment, (counts.get(row.segment) ?? 0) + 1);
    const [segment] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [];
    const alerts = (await show("watch")).filter((row) => row.metric === "click_rate" && row.tier !== "watch");
    expect(alerts.map((row) => [row.segment, row.direction])).toEqual([[segment, "down"]]);
    const days = (Date.parse(String(alerts[0]?.change_at)) - Date.parse(truth.fall.firstDay)) / 86_400_000;
    expect(Math.abs(days)).toBeLessThanOrEqual(7);
    expect(Number(alerts[0]?.relative_change)).toBeLessThan(-0.15);
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

import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { openDuckDb } from "../../../server/engine/duckdb.ts";
import type { SummaryView } from "../../../server/run/view.ts";
import { line, median } from "./report.ts";
import { BenchServer } from "./server.ts";
import { benchWorkspace, writeNotebook } from "./workspaces.ts";

const TIMES = 7;
const DEMO = readFileSync(new URL("../../../notebooks/first-segments.md", import.meta.url), "utf8");

/** From the edit of one rule of the demo notebook to the new sizes, beside one bare query for them over the same files. */
export async function editOneRule(customers: number): Promise<void> {
  const workspace = await benchWorkspace(customers);
  const path = writeNotebook(workspace, "edited", DEMO);
  const times: { ours: number; bare: number }[] = [];
  const server = await BenchServer.start(workspace);
  try {
    await server.run({ path, cells: ["audiences"] });
    const relation = await relations(server, workspace, path);
    for (let time = 0; time < TIMES; time++) {
      const spend = 200 + Math.round(Math.random() * 1e6) / 100;
      writeNotebook(workspace, "edited", DEMO.replace("Total Spend > $200 AND", `Total Spend > $${spend} AND`));
      const ours = await timed(async () => {
        await server.run({ path, cells: ["audiences"], first: "audiences" });
        const query = `path=${encodeURIComponent(path)}&relation=audiences`;
        return sizesOf(await server.json<SummaryView>("GET", `/api/summary?${query}`));
      });
      const bare = await bareSizes(bareSql(relation, spend));
      if (ours.result !== bare.result) throw new Error(`sizes differ: ${ours.result} and ${bare.result}`);
      times.push({ ours: ours.ms, bare: bare.ms });
    }
  } finally {
    await server.close();
  }
  const ours = median(times.map((one) => one.ours));
  const bare = median(times.map((one) => one.bare));
  line(`edit of one rule, ${customers.toLocaleString("en")} customers, to the new sizes`, `${ours.toFixed(0)} ms`, "");
  line("  the sizes by one bare query", `${bare.toFixed(0)} ms`, "");
  line("  ratio", (ours / bare).toFixed(2), "≤ 1.3");
}

async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; result: T }> {
  const started = performance.now();
  const result = await work();
  return { ms: performance.now() - started, result };
}

function sizesOf(summary: SummaryView): string {
  const top = summary.columns.find(({ name }) => name === "segment")?.top ?? [];
  return JSON.stringify(Object.fromEntries(top.map(({ value, rows }) => [value, rows]).sort()));
}

/** In an engine of its own, opened and warm before the clock starts. */
async function bareSizes(sql: string): Promise<{ ms: number; result: string }> {
  const engine = await openDuckDb({
    ...{ folders: ["/tmp"], spill: "/tmp/segbook-bench/spill", zone: "Europe/London" },
    ...{ threads: availableParallelism(), memory: 8 * 1024 ** 3, temp: 1024 ** 3 },
  });
  try {
    return await timed(async () => {
      const rows = await engine.rows({ sql });
      return JSON.stringify(Object.fromEntries(rows.map(({ segment, n }) => [segment, n]).sort()));
    });
  } finally {
    await engine.close();
  }
}

/** Where the rows of a cell lie, as SQL. */
async function relations(server: BenchServer, workspace: string, path: string): Promise<(id: string) => string> {
  const { cells } = await server.plan(path);
  return (id) => {
    const folder = join(workspace, ".segbook", "cache", cells.find((cell) => cell.id === id)?.key ?? "");
    const manifest = JSON.parse(readFileSync(join(folder, "result.json"), "utf8")) as {
      relations: { suffix: string; file: string }[];
    };
    return `read_parquet('${join(folder, manifest.relations.find(({ suffix }) => suffix === "")?.file ?? "")}')`;
  };
}

/** The five audiences as an analyst would ask for them at once. */
function bareSql(relation: (id: string) => string, spend: number): string {
  const asOf = "TIMESTAMP '2026-11-01 00:00:00'";
  // Days are of 24 hours, and London's clocks went back a week before: so many days ago it was an hour later there.
  const ago = (days: number) => `${asOf} - INTERVAL ${days} DAY + INTERVAL 1 HOUR`;
  const last = (column: string, days: number) => `${column} >= ${ago(days)}`;
  return `
    WITH orders AS (
      SELECT customer_id, bool_or(${last("ordered_at", 30)}) AS in_30, bool_or(${last("ordered_at", 7)}) AS in_7,
             count(*) FILTER (${last("ordered_at", 90)}) AS n_90, sum(amount) FILTER (${last("ordered_at", 90)}) AS spent_90
      FROM ${relation("orders")} WHERE ordered_at < ${asOf} GROUP BY customer_id
    ), web AS (
      SELECT customer_id, bool_or(type = 'product' AND category = 'Kitchen') AS viewed,
             bool_or(type = 'cart' AND ${last("happened_at", 7)}) AS carted
      FROM ${relation("web")} WHERE happened_at < ${asOf} AND type IN ('product', 'cart') GROUP BY customer_id
    ), mail AS (
      SELECT DISTINCT customer_id, true AS opened
      FROM ${relation("mail")} WHERE happened_at < ${asOf} AND type = 'opened' AND ${last("happened_at", 60)}
    ), marked AS (
      SELECT total_spend > ${spend} AND last_purchase > ${ago(7)} AND last_purchase < ${asOf} AS a,
             in_30 AND viewed AS b, (n_90 >= 3 OR spent_90 > 500) AND opened AS c,
             carted AND NOT coalesce(in_7, false) AS d,
             total_spend >= 1000 AND last_purchase < ${ago(60)} AS e
      FROM ${relation("behaviour")} LEFT JOIN orders USING (customer_id) LEFT JOIN web USING (customer_id)
      LEFT JOIN mail USING (customer_id)
    ), sizes AS (
      SELECT count(*) FILTER (a) AS "Recent Big Spenders", count(*) FILTER (b) AS "Interested in the Category",
             count(*) FILTER (c) AS "Engaged Regulars", count(*) FILTER (d) AS "Left a Cart",
             count(*) FILTER (e) AS "Loyal, but Silent"
      FROM marked
    )
    UNPIVOT sizes ON COLUMNS(*) INTO NAME segment VALUE n`;
}

import { readFileSync } from "node:fs";
import { openDuckDb } from "../../../server/engine/duckdb.ts";
import { literal } from "../../../server/language/quote.ts";

/** What a process of its own tells of the bare count, as one line of JSON. */
export interface Bare {
  /** Milliseconds of the processor, and of the clock. */
  readonly cpu: number;
  readonly ms: number;
  /** The most memory that it has had, in bytes. */
  readonly peak: number;
  readonly rows: readonly Record<string, unknown>[];
}

const [sends = "", groups = "", threads = "2", memory = "0", spill = ""] = process.argv.slice(2);
const within = (column: string) => `coalesce(${column} <= delivered_at + INTERVAL 48 HOUR, false)`;
const delivered = "s.bounced_at IS NULL";
const count = (name: string, what: string) => `count(*) FILTER (WHERE ${delivered} AND ${what}) AS ${name}`;

/** Joined with who is in which segment, and grouped. */
const sql = `
  SELECT segment, s.sent_at::DATE AS period, count(*) AS sent, count(*) FILTER (WHERE s.bounced_at IS NOT NULL) AS bounced,
    ${count("delivered", "true")}, ${count("opened", within("opened_at"))}, ${count("clicked", within("clicked_at"))},
    ${count("unsubscribed", within("unsubscribed_at"))}, ${count("machine_opened", `${within("opened_at")} AND machine_open`)}
  FROM read_parquet(${literal(sends)}) AS s JOIN read_parquet(${literal(groups)}) USING (customer_id)
  GROUP BY 1, 2 ORDER BY 1, 2`;

const zone = "UTC";
const folders = ["/tmp", sends, groups].map((file) => file.replace(/\/[^/]*$/, ""));
const bounds = { folders, spill, zone, threads: Number(threads), memory: Number(memory), temp: 100 * 1024 ** 3 };
const engine = await openDuckDb(bounds);
const [before, started] = [process.cpuUsage(), performance.now()];
const rows = await engine.rows({ sql });
const { user, system } = process.cpuUsage(before);
const ms = performance.now() - started;
const peak = Number(/VmHWM:\s+(\d+)/.exec(readFileSync("/proc/self/status", "utf8"))?.[1] ?? 0) * 1024;
await engine.close();
const told: Bare = { cpu: (user + system) / 1000, ms, peak, rows };
process.stdout.write(JSON.stringify(told, (_, value) => (typeof value === "bigint" ? Number(value) : value)));

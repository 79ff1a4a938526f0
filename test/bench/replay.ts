import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { compileRules } from "../../server/language/compile-rules.ts";
import { parseRule } from "../../server/language/parse-rule.ts";
import { literal, name } from "../../server/language/quote.ts";
import { compileMasks } from "../../server/language/replay/masks.ts";
import { weeklyClocks } from "../../server/language/replay/moments.ts";
import { planReplay, type TableStep } from "../../server/language/replay/replay.ts";
import type { Vocabulary } from "../../server/language/vocabulary.ts";

/**
 * `npm run bench -- replay [CUSTOMERS] [EVENTS] [RULE]`: the 53 moments of a year's replay, against as many ordinary runs
 * in the same process over the same file; 200,000 customers and 5 million events in two years by default. The file is
 * sorted by time, so that an ordinary run of a windowed rule skips most of it: the best case of the other side.
 */
const [customers = 200_000, events = 5_000_000] = process.argv.slice(2, 4).map(Number);
const [only] = process.argv.slice(4);
const WEEKS = 52;
const TIMES = 3;
const END = Date.UTC(2026, 10, 1);
const CLOCK = { asOf: END, zone: "UTC", weekStarts: "monday" } as const;
const YEARS_SECONDS = 2 * 365 * 86_400;

const RULES: Readonly<Record<string, string>> = {
  "3 orders in 90 days": "placed order at least 3 times in last 90 days",
  "3 orders ever": "placed order at least 3 times",
  "the format page's":
    "(placed order at least 3 times in last 90 days OR sum of amount of placed order in last 90 days > 500) AND NOT (opened email never in last 60 days)",
  "spent and viewed": "sum of amount of placed order > 200 AND viewed product at least 5 times in last 30 days",
  "a sequence": "viewed product THEN placed order WITHIN 3 DAYS in last 90 days",
};

const columns = [
  { name: "customer_id", type: "BIGINT" },
  { name: "happened_at", type: "TIMESTAMP" },
  { name: "kind", type: "VARCHAR" },
  { name: "amount", type: "DECIMAL(18,2)" },
];
const words = { "placed order": "purchase", "opened email": "open", "viewed product": "view" };
const vocabulary: Vocabulary = {
  attributes: [{ name: "customer_id", type: "BIGINT" }],
  events: Object.entries(words).map(([said, value]) => ({
    ...{ words: said, relation: "events", at: "happened_at", entity: "customer_id", columns },
    where: { column: "kind", value },
  })),
  segments: [],
  inputs: [],
  provisional: false,
};

const file = join(tmpdir(), `segbook-replay-${process.pid}.parquet`);
const instance = await DuckDBInstance.create(":memory:", { threads: "2" });
const engine = await instance.connect();
await engine.run(`COPY (
  SELECT (hash(i) % ${customers})::BIGINT AS customer_id,
    TIMESTAMP '2024-11-01' + to_microseconds((i * ${Math.round((YEARS_SECONDS * 1e6) / events)})::BIGINT) AS happened_at,
    ['view', 'view', 'purchase', 'open', 'click'][1 + (hash(i * 7) % 5)::INT] AS kind,
    (hash(i * 13) % 20000 / 100)::DECIMAL(18, 2) AS amount
  FROM range(${events}) AS t(i)) TO ${literal(file)} (FORMAT parquet)`);
await engine.run(`CREATE VIEW events AS FROM read_parquet(${literal(file)})`);
await engine.run(`CREATE TABLE people AS SELECT i AS customer_id FROM range(${customers}) AS t(i)`);

line("Rule", "masks", "CPU", "replay", "CPU", "53 runs", "CPU", "ratio", "CPU");
for (const [title, text] of Object.entries(RULES)) {
  if (only !== undefined && only !== title) continue;
  const ways = [byMasks, replay, ordinarily] as const;
  const [masked, replayed, ordinary] = await ways.reduce<Promise<Timed[]>>(
    async (before, way) => [...(await before), await medianOf(() => way(engine, text))],
    Promise.resolve([]),
  );
  if (masked === undefined || replayed === undefined || ordinary === undefined) throw new Error(title);
  for (const { sizes } of [masked, replayed])
    if (sizes.join() !== ordinary.sizes.join()) throw new Error(`${title}: the sizes differ`);
  const times = [masked, replayed, ordinary].flatMap(({ ms, cpu }) => [seconds(ms), seconds(cpu)]);
  line(title, ...times, (ordinary.ms / masked.ms).toFixed(1), (ordinary.cpu / masked.cpu).toFixed(1));
}
await rm(file);

function statements(text: string) {
  const { rule } = parseRule(text, vocabulary);
  if (rule === null) throw new Error(text);
  return weeklyClocks(CLOCK, WEEKS).map((at) => {
    const around = { of: "people", entity: "customer_id", cell: "here", rules: [{ name: "in", rule }] };
    const statement = compileRules({ ...around, vocabulary, clock: at });
    if (!statement.ok) throw new Error(JSON.stringify(statement.problems));
    return { clock: at, statement };
  });
}

async function replay(connection: DuckDBConnection, text: string): Promise<number[]> {
  const all = statements(text);
  let made = 0;
  const planned = planReplay({
    moments: all.map(({ clock, statement }) => ({ clock, passes: statement.passes })),
    events: vocabulary.events,
    table: (hint) => `${hint} ${++made}`,
  });
  const tables = new Set<string>();
  const make = async ({ table, sql, drop }: TableStep) => {
    await connection.run(`CREATE TABLE ${name(table)} AS ${sql}`);
    tables.add(table);
    if (drop === null) return;
    await connection.run(`DROP TABLE ${name(drop)}`);
    tables.delete(drop);
  };
  for (const step of planned.once) await make(step);
  const sizes: number[] = [];
  for (const [index, { steps, kept }] of planned.moments.entries()) {
    for (const step of steps) await make(step);
    const statement = all[index]?.statement;
    if (statement !== undefined) sizes.push(await size(connection, statement.over(kept)));
  }
  for (const table of tables) await connection.run(`DROP TABLE ${name(table)}`);
  return sizes;
}

async function ordinarily(connection: DuckDBConnection, text: string): Promise<number[]> {
  const sizes: number[] = [];
  for (const { statement } of statements(text)) sizes.push(await size(connection, statement.sql));
  return sizes;
}

async function size(connection: DuckDBConnection, sql: string): Promise<number> {
  const found = await connection.runAndReadAll(`SELECT count(*) FROM (\n${sql}\n) WHERE "in"`);
  return Number(found.getRows()[0]?.[0]);
}

/** All moments at once: for each person a number with a bit for each. */
async function byMasks(connection: DuckDBConnection, text: string): Promise<number[]> {
  const { rule } = parseRule(text, vocabulary);
  if (rule === null) throw new Error(text);
  const moments = weeklyClocks(CLOCK, WEEKS).map((at) => ({ clock: at, vocabulary }));
  const around = { of: "people", entity: "customer_id", cell: "here", rules: [{ name: "in", rule }] };
  const planned = compileMasks({ ...around, moments, table: (hint) => hint });
  if (planned === null) throw new Error(`${text} has no mask`);
  for (const { table, sql } of planned.once) await connection.run(`CREATE TABLE ${name(table)} AS ${sql}`);
  await connection.run(`CREATE TABLE masks AS SELECT * FROM (${planned.sql}) WHERE "in" <> 0`);
  const counts = moments.map((_, index) => `count(*) FILTER (WHERE ("in" >> ${index}) & 1 = 1)`);
  const found = await connection.runAndReadAll(`SELECT ${counts.join(", ")} FROM masks`);
  for (const table of [...planned.once.map((step) => step.table), "masks"])
    await connection.run(`DROP TABLE ${name(table)}`);
  return (found.getRows()[0] ?? []).map(Number);
}

interface Timed {
  readonly sizes: number[];
  readonly ms: number;
  readonly cpu: number;
}

/** By the wall and by CPU, the median of each. */
async function medianOf(work: () => Promise<number[]>): Promise<Timed> {
  const all: Timed[] = [];
  for (let time = 0; time < TIMES; time += 1) {
    const [started, used] = [performance.now(), process.cpuUsage()];
    const sizes = await work();
    const { user, system } = process.cpuUsage(used);
    all.push({ sizes, ms: performance.now() - started, cpu: (user + system) / 1000 });
  }
  const middle = (of: (one: Timed) => number) => all.map(of).sort((a, b) => a - b)[TIMES >> 1] ?? 0;
  return { sizes: all[0]?.sizes ?? [], ms: middle(({ ms }) => ms), cpu: middle(({ cpu }) => cpu) };
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}

function line(...parts: readonly string[]): void {
  process.stdout.write(`${parts.map((part, index) => (index === 0 ? part.padEnd(28) : part.padStart(10))).join("")}\n`);
}

import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDuckDb } from "../../server/engine/duckdb.ts";
import type { Engine } from "../../server/engine/engine.ts";
import { readHistory, sha256 } from "../../server/run/membership/read.ts";
import { keepRefresh } from "../../server/run/membership/record.ts";
import { changesSql, differenceSql, explainedSql } from "../../server/segments/membership/changes.ts";
import { emptyManifest, type Manifest } from "../../server/segments/membership/model.ts";
import { membersSql } from "../../server/segments/membership/stays.ts";

/**
 * `npm run bench -- membership [MEMBERS]`: a segment of so many people (1,000,000; the goal is told for 10000000), of whom
 * 1 % go and as many come each day of a year, through the functions that record a refresh.
 */
const members = Number(process.argv[2] ?? 1_000_000);
const DAYS = 365;
const DAY = 86_400_000;
const FIRST = Date.parse("2026-01-01T00:00:00Z");
const signal = new AbortController().signal;

/** People come once in 125 days and stay for 76 to 124 of them, each time anew: on average 100 of 125 are in. */
const PEOPLE = Math.round(members * 1.25);
const person = (day: number) => `
  SELECT range * 8 + hash(range) % 8 AS entity, (${day} + hash(range) % 125) % 125 AS position,
    76 + hash(range, (${day} + hash(range) % 125) // 125) % 49 AS stay
  FROM range(${PEOPLE})`;
const isIn = "position < stay";

const folder = await mkdtemp(join(tmpdir(), "segbook-membership-"));
const spill = await mkdtemp(join(tmpdir(), "segbook-spill-"));
const threads = 2;
const engine = await openDuckDb({
  ...{ folders: [folder], spill, zone: "UTC", threads, memory: 4 * 1024 ** 3, temp: 20 * 1024 ** 3 },
});
let most = 0;
const watch = setInterval(() => {
  most = Math.max(most, process.memoryUsage.rss());
}, 200);
try {
  let manifest: Manifest = {
    ...emptyManifest("notebooks/bench.md", "customer_id", "BIGINT"),
    slots: [{ cell: "groups", segment: "VIP" }],
  };
  const days: number[] = [];
  for (let day = 0; day < DAYS; day++) {
    const started = performance.now();
    // What came and went is known without comparing; the last day goes the whole way.
    const explained = day === DAYS - 1 ? await wholeWay(engine, manifest, day) : await shortWay(engine, day);
    manifest = await keepRefresh(
      { manifest: withDay(manifest, day), text: "# bench", changes: changesSql(explained, day + 1) },
      { folder, engine, signal },
    );
    days.push(performance.now() - started);
    if (day % 50 === 49) process.stderr.write(`day ${day + 1}\n`);
  }
  const bytes = await sizeOf(folder);
  line("days, people in on average, changes a day", `${DAYS}, ${count(members)}, ${count(2 * members * 0.01)}`, "");
  line("history on the disk", `${(bytes / 1e6).toFixed(0)} MB`, "< 1,000 MB at 10,000,000");
  line("record one day, compared and written", `${seconds(days.at(-1))} s`, "");
  line("  the days on which files are put together, at most", `${seconds(Math.max(...days.slice(1, -1)))} s`, "");
  const verified = performance.now();
  const history = await readHistory(folder, signal);
  if (history === null || "code" in history) throw new Error("the history can't be read");
  line("compare every file with what was written", `${seconds(performance.now() - verified)} s`, "");
  for (const day of [0, 120, 240, 330, 360, 363]) {
    const [expected] = await engine.rows({ sql: `SELECT count(*) AS n FROM (${person(day)}) WHERE ${isIn}` });
    const asked = performance.now();
    const [found] = await engine.rows({
      sql: `SELECT count(*) AS n, sum(entity) AS s FROM (${membersSql(history, 0, day + 1)})`,
    });
    const took = performance.now() - asked;
    if (found?.n !== expected?.n) throw new Error(`day ${day}: ${String(found?.n)} in place of ${String(expected?.n)}`);
    line(`who was in on day ${day + 1} (${count(Number(found?.n))})`, `${seconds(took)} s`, "about 1 s");
  }
  line("peak memory", `${(most / 1e6).toFixed(0)} MB`, "");
} finally {
  clearInterval(watch);
  await engine.close();
  await rm(folder, { recursive: true, force: true });
  await rm(spill, { recursive: true, force: true });
}

async function shortWay(at: Engine, day: number): Promise<string> {
  const came = day === 0 ? isIn : "position = 0";
  const left = day === 0 ? "false" : "position = stay";
  await at.execute({
    sql: `CREATE OR REPLACE TABLE explained AS
      SELECT 0 AS slot, entity, ${came} AS came, 'behaviour' AS because, false AS held_out FROM (${person(day)}) WHERE ${came} OR ${left}`,
  });
  return "explained";
}

async function wholeWay(at: Engine, manifest: Manifest, day: number): Promise<string> {
  await at.execute({
    sql: `CREATE OR REPLACE TABLE now_in AS SELECT 0 AS slot, entity, false AS held_out FROM (${person(day)}) WHERE ${isIn}`,
  });
  await at.execute({
    sql: `CREATE OR REPLACE TABLE difference AS ${differenceSql({ manifest, folder }, "now_in", [0])}`,
  });
  const steps = [{ table: null, causes: new Map([[0, "behaviour" as const]]) }];
  await at.execute({
    sql: `CREATE OR REPLACE TABLE explained AS ${explainedSql("difference", [{ slots: [0], steps }])}`,
  });
  return "explained";
}

function withDay(manifest: Manifest, day: number): Manifest {
  const moment = FIRST + day * DAY;
  const notebook = `${sha256("# bench")}.md`;
  const entry = { asOf: moment, at: moment, notebook, set: {}, cells: ["groups"], sizes: [] };
  return { ...manifest, refreshes: [...manifest.refreshes, entry] };
}

async function sizeOf(of: string): Promise<number> {
  let bytes = 0;
  for (const name of namesOf(await readdir(of))) bytes += (await stat(join(of, name))).size;
  return bytes;
}

/** What was put together since lies there for an hour, for whoever still reads it. */
function namesOf(all: readonly string[]): string[] {
  const last = all
    .filter((name) => name.startsWith("lasting-"))
    .sort()
    .at(-1);
  const settled = Number(last?.split("-")[1] ?? 0);
  const isLeft = (name: string) =>
    (name.startsWith("lasting-") && name !== last) ||
    (name.startsWith("changes-") && Number(name.split("-")[1]) <= settled);
  return all.filter((name) => !isLeft(name));
}

function line(name: string, found: string, goal: string): void {
  process.stdout.write(`${name.padEnd(52)}${found.padStart(28)}${goal.padStart(28)}\n`);
}

function seconds(ms = Number.NaN): string {
  return (ms / 1000).toFixed(2);
}

function count(value: number): string {
  return Math.round(value).toLocaleString("en");
}

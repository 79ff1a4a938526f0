import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDuckDb } from "../../../server/engine/duckdb.ts";
import { defaultLimits } from "../../../server/run/limits.ts";
import type { Lock } from "../../../server/run/lock/model.ts";
import { Session } from "../../../server/run/session.ts";
import { WHOLE_RUN } from "../../../server/run/whole-run.ts";
import { workspaceAt } from "../../../server/run/workspace.ts";
import { cell, PATH, withHead } from "./notebook-runs.ts";

/** More than two of the engine's row groups of 122,880, so that its threads have work to share. */
const ROWS = 300_000;

const NOTEBOOK = withHead(
  [
    cell("source", "events", "files: events.parquet\nevent: placed order\nat: at"),
    cell(
      "features",
      "doubles",
      `columns:
  total: sum of amount of placed order
  mean: average of amount of placed order
  spread: stddev of amount of placed order
  middle: median of amount of placed order
  huge_total: sum of huge of placed order
  price: average of price of placed order
  often: most frequent category of placed order`,
    ),
    // A double's text shows its last bit, which a lock leaves out.
    cell("sql", "bits", "SELECT customer_id, columns(c -> c <> 'customer_id')::VARCHAR FROM doubles"),
    cell("features", "groups", "template: rfm\nevent: placed order\namount: price"),
    cell("sql", "pairs", "SELECT k, category, count(*) AS n FROM events GROUP BY ALL"),
    cell("source", "firsts", "sql: FROM pairs\ndedupe: [k]\nkeep: first"),
    cell("transform", "some", "of: pairs\nverbs:\n  - slice: [0, 50]"),
    cell(
      "transform",
      "any_of",
      'of: pairs\nverbs:\n  - groupby: [k]\n  - rollup: {category: "d => op.any(d.category)"}',
    ),
    cell("cluster", "alike", "of: doubles\ncolumns: [total, spread]\nmethod: kmeans\nk: {auto: [2, 3]}"),
    cell("sql", "judged", "SELECT k::VARCHAR AS k, columns(c -> c <> 'k')::VARCHAR FROM alike_validity"),
    cell("sql", "ruled", "FROM alike_rules"),
    cell(
      "score",
      "warmth",
      "of: doubles\ndecay: halve every 30 days\npoints:\n  - {when: placed order, add: 10}\n  - {when: total > 1, add: 2.5, decay: none}\nbands: {Warm: '>= 5'}\noutcome: {column: mean}",
    ),
    cell(
      "sql",
      "given",
      "SELECT rule, band, columns(c -> c NOT IN ('rule', 'band'))::VARCHAR FROM warmth_contribution",
    ),
    cell("sql", "performed", "SELECT band, columns(c -> c <> 'band')::VARCHAR FROM warmth_outcome"),
  ].join(""),
);

describe("results", () => {
  let root: string;
  const locks: Lock[] = [];
  /** Relation → its first rows as they were stored, by run. */
  const stored: Record<string, unknown[][]>[] = [];

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), "segbook-threads-"));
    await mkdir(join(root, "data"));
    const engine = await openDuckDb(null);
    const random = (salt: number) => `(hash(range, ${salt}) / 18446744073709551616.0)`;
    await engine.execute({
      sql: `COPY (
        SELECT range % 2000 AS customer_id, TIMESTAMP '2026-10-01' + INTERVAL (hash(range, 1) % 30) DAY AS at,
          ${random(2)} * 100 AS amount, ${random(3)} * 1e22 AS huge, (${random(4)} * 1000)::DECIMAL(10, 2) AS price,
          range % 20000 AS k, 'category ' || hash(range, 5) % 9 AS category
        FROM range(${ROWS})
      ) TO '${join(root, "data", "events.parquet")}' (FORMAT parquet)`,
    });
    await engine.close();
    for (const [threads, times] of [
      [1, 1],
      [8, 2],
    ] as const) {
      const session = new Session(workspaceAt(root), { ...defaultLimits(root), threads });
      for (let time = 0; time < times; time += 1) {
        locks.push(await lockOf(session));
        stored.push(Object.fromEntries(await Promise.all(STORED.map((name) => firstRows(session, name)))));
      }
      await session.close();
    }
  }, 120_000);
  afterAll(() => rm(root, { recursive: true, force: true }));

  const relation = (name: string) =>
    locks.map(({ cells }) => Object.values(cells).flatMap(({ relations }) => relations[name] ?? [])[0]);
  const expectOne = (name: string) => {
    const [first, ...others] = relation(name);
    expect(first?.rows).toBeGreaterThan(0);
    for (const other of others) expect(other).toEqual(first);
  };

  it("of measures over doubles are the same to the last bit with one thread and with eight", () => expectOne("bits"));

  it("of quintiles are the same, though many people tie", () => expectOne("groups"));

  it("of a query in no order, of which a source keeps the first, are the same", () => expectOne("firsts"));

  it("of a transform over rows in no order are the same", () => {
    expectOne("some");
    expectOne("any_of");
  });

  it("of clusters, of how well they are told apart and of their rules are the same", () => {
    for (const name of ["alike", "alike_profile", "judged", "ruled"]) expectOne(name);
  });

  it("are stored in the same order, but for those of a SELECT that gives none", () => {
    for (const rows of stored) expect(rows).toEqual(stored[0]);
  });

  it("are the same as a whole", () => {
    for (const lock of locks) expect(lock).toEqual(locks[0]);
  });
});

const STORED = ["events", "doubles", "groups", "firsts", "firsts_audit", "some", "any_of", "alike", "alike_profile"];

async function firstRows(session: Session, relation: string): Promise<[string, unknown[][]]> {
  const ask = { path: PATH, text: NOTEBOOK, set: {}, asOf: null, key: null, relation, offset: 0, limit: 5_000 };
  const page = await session.page({ ...ask, sort: null, descending: false }, new AbortController().signal);
  if ("code" in page) throw new Error(page.message);
  return [relation, page.rows];
}

async function lockOf(session: Session): Promise<Lock> {
  const ask = { ...WHOLE_RUN, path: PATH, text: NOTEBOOK, set: {}, asOf: null, noCache: true, lock: true };
  const listener = { started: () => undefined, cell: () => undefined };
  const { cells, lock } = await session.run(ask, listener, new AbortController().signal);
  const [problem] = cells.flatMap(({ problems }) => problems).filter(({ severity }) => severity === "error");
  if (lock === null || problem !== undefined) throw new Error(problem?.message ?? "no lock");
  return lock.lock;
}

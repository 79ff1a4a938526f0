import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { generateDemo } from "../../data/generate.ts";
import { openDuckDb } from "../../server/engine/duckdb.ts";
import { defaultLimits } from "../../server/run/limits.ts";
import { printLock } from "../../server/run/lock/print.ts";
import { Session } from "../../server/run/session.ts";
import { WHOLE_RUN } from "../../server/run/whole-run.ts";
import { workspaceAt } from "../../server/run/workspace.ts";
import { projectRoot } from "../workspace.ts";

const NOTEBOOK = "notebooks/first-segments.md";

/** A tenth of the demo: what fifteen runs can take, and still several row groups of each log, so that threads share the work. */
const CUSTOMERS = 2_000;

const listener = { started: () => undefined, cell: () => undefined };

describe("the demo notebook's lock", () => {
  let root: string;
  let text: string;

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), "segbook-threads-"));
    await generateDemo({ out: root, customers: CUSTOMERS, seed: 1 });
    text = await readFile(join(projectRoot, NOTEBOOK), "utf8");
  }, 120_000);
  afterAll(() => rm(root, { recursive: true, force: true }));

  it("is one, byte for byte, with 1, 2 and 8 threads, five times each", async () => {
    const locks = new Set<string>();
    for (const threads of [1, 2, 8]) {
      const session = new Session(workspaceAt(root), { ...defaultLimits(root), threads });
      for (let time = 0; time < 5; time += 1) locks.add(await lockOf(session, text));
      await session.close();
    }
    expect(locks.size).toBe(1);
  }, 300_000);

  it("is of logs that have several row groups", async () => {
    const engine = await openDuckDb(null);
    for (const log of ["web", "mail_events", "sends"]) {
      const { rows } = await engine.table({
        sql: `SELECT sum(num_rows), sum(num_row_groups) FROM parquet_file_metadata('${root}/data/demo/${log}/*.parquet')`,
      });
      // The engine cuts what it writes itself, such as a source's rows, into groups of 122,880.
      expect(Number(rows[0]?.[0])).toBeGreaterThan(122_880);
      expect(Number(rows[0]?.[1])).toBeGreaterThan(8);
    }
    await engine.close();
  });
});

/** Everything computed anew. */
async function lockOf(session: Session, text: string): Promise<string> {
  const ask = { ...WHOLE_RUN, path: NOTEBOOK, text, set: {}, asOf: null, noCache: true, lock: true };
  const { state, lock } = await session.run(ask, listener, new AbortController().signal);
  if (state !== "done" || lock === null) throw new Error(`the run ended as ${state}`);
  return printLock(lock.lock);
}

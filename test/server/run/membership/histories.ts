import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDuckDb } from "../../../../server/engine/duckdb.ts";
import type { Engine } from "../../../../server/engine/engine.ts";
import { sha256 } from "../../../../server/run/membership/read.ts";
import { keepRefresh } from "../../../../server/run/membership/record.ts";
import {
  changesSql,
  differenceSql,
  type Explained,
  explainedSql,
} from "../../../../server/segments/membership/changes.ts";
import { emptyManifest, type Manifest } from "../../../../server/segments/membership/model.ts";

export const SLOTS = [
  { cell: "groups", segment: "a" },
  { cell: "groups", segment: "b" },
];

/** Slot and person. */
export type Member = readonly [slot: number, person: number];

/** An engine, and folders for histories that go with it. */
export class Histories {
  private count = 0;

  private constructor(
    readonly engine: Engine,
    private readonly root: string,
  ) {}

  static async open(): Promise<Histories> {
    const root = await mkdtemp(join(tmpdir(), "segbook-"));
    const limits = { threads: 2, memory: 1024 ** 3, temp: 1024 ** 3 };
    return new Histories(
      await openDuckDb({ folders: [root], spill: join(root, "spill"), zone: "UTC", ...limits }),
      root,
    );
  }

  async close(): Promise<void> {
    await this.engine.close();
    await rm(this.root, { recursive: true, force: true });
  }

  folder(): string {
    this.count += 1;
    return join(this.root, `history-${this.count}`);
  }

  async members(table: string, members: readonly Member[], held: readonly number[] = []): Promise<void> {
    const rows = members.map(([slot, person]) => `(${slot}, ${person}::BIGINT, ${held.includes(person)})`);
    const values = rows.length === 0 ? "SELECT 0, 0::BIGINT, false WHERE false" : `VALUES ${rows.join(", ")}`;
    await this.engine.execute({
      sql: `CREATE OR REPLACE TABLE "${table}" AS SELECT * FROM (${values}) AS v (slot, entity, held_out)`,
    });
  }

  async pairs(sql: string): Promise<string[]> {
    const { rows } = await this.engine.table({ sql });
    return rows.map((row) => row.join(" ")).sort();
  }
}

/** Records one refresh of which all is known, as a run would; the moment is its number of days. */
export async function record(
  { engine }: Histories,
  folder: string,
  given: { manifest: Manifest | null; table: string; groups?: readonly Explained[]; settleAfter?: number },
): Promise<Manifest> {
  const before = given.manifest ?? { ...emptyManifest("notebooks/test.md", "id", "BIGINT"), slots: SLOTS };
  const number = before.refreshes.length + 1;
  const text = "# test";
  const asOf = number * 86_400_000;
  const entry = { asOf, at: asOf, notebook: `${sha256(text)}.md`, set: {}, cells: ["groups"], sizes: [] };
  const manifest = { ...before, refreshes: [...before.refreshes, entry] };
  const causes = new Map(SLOTS.map((_, slot) => [slot, "time"] as const));
  const groups = given.groups ?? [{ slots: [0, 1], steps: [{ table: null, causes }] }];
  const sql = differenceSql({ manifest: before, folder }, given.table, [0, 1]);
  await engine.execute({ sql: `CREATE OR REPLACE TABLE difference AS ${sql}` });
  await engine.execute({ sql: `CREATE OR REPLACE TABLE explained AS ${explainedSql("difference", groups)}` });
  const { signal } = new AbortController();
  const settle = given.settleAfter === undefined ? {} : { settleAfter: given.settleAfter };
  return keepRefresh(
    { manifest, text, changes: changesSql("explained", number) },
    { folder, engine, signal, ...settle },
  );
}

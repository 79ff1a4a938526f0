import { createHash } from "node:crypto";
import type { Engine } from "../../engine/engine.ts";
import { literal, name as quoted } from "../../language/quote.ts";
import type { Kept, Pass } from "../../language/sql-pass.ts";
import type { Column } from "../../language/vocabulary.ts";
import type { Located } from "../locate.ts";
import { Turns } from "../turns.ts";
import type { Names } from "./renamed.ts";

/** The column that numbers the people of a ground from 0. */
export const ROW = "segbook row";

/** Relations in the engine that rules can be asked of: everybody's, or those of a sample of people. */
export interface Ground {
  readonly engine: Engine;
  /** The notebook's names of the relations → the engine's names of these. */
  readonly names: Names;
  /** The people's relation, which has the column `ROW` too. */
  readonly of: string;
  readonly columns: readonly Column[];
  /** Rows are numbered below this. */
  readonly rows: number;
  /** People, who are as many as there are rows unless some have no key. */
  readonly people: number;
  /** Where passes over events are kept; null where they are asked as they are. */
  readonly keeping: Keeping | null;
}

/** Passes over events as runs keep them: what a run has read need not be read again for a preview, nor the other way. */
export interface Keeping {
  /** The ground's names without those of events, which passes call by the notebook's. */
  readonly names: Names;
  readonly keep: (passes: readonly Pass[], signal: AbortSignal) => Promise<Kept>;
  /** Whether all columns of a pass are there. */
  readonly isKept: (pass: Pass) => Promise<boolean>;
}

/** A result of the notebook under a name that no other result has, so that runs and other previews leave it alone. */
export interface Standing {
  readonly name: string;
  readonly located: Located;
}

/** Lets results be read under names of their own; each is made once. */
export class Standings {
  private readonly made = new Set<string>();
  /** Two changes of one name at once would be refused by the engine. */
  private readonly turns = new Turns();

  async of(
    located: Located,
    { numbered, signal }: { numbered: string | null; signal: AbortSignal },
  ): Promise<Standing> {
    // Not by its key: computed anew it may have the same rows in another order, and what is known of them goes by that.
    const name = `segbook preview ${markOf(located.file, numbered ?? "")}`;
    if (this.made.has(name)) return { name, located };
    const file = literal(located.file);
    const rows =
      numbered === null
        ? `SELECT * FROM read_parquet(${file})`
        : `SELECT * EXCLUDE (file_row_number), file_row_number AS ${quoted(ROW)} FROM read_parquet(${file}, file_row_number = true) WHERE ${quoted(numbered)} IS NOT NULL`;
    await this.turns.take(async () => {
      if (this.made.has(name)) return;
      await located.engine.execute({ sql: `CREATE OR REPLACE VIEW ${quoted(name)} AS ${rows}` });
      this.made.add(name);
    }, signal);
    return { name, located };
  }
}

/** A short name for what is made of these. */
export function markOf(...parts: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 16);
}

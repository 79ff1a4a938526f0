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
  /** Name → the file that stands behind it; a result that was computed anew has another. */
  private readonly made = new Map<string, string>();
  /** Two changes of one name at once would be refused by the engine. */
  private readonly turns = new Turns();

  async of(
    located: Located,
    { numbered, signal }: { numbered: string | null; signal: AbortSignal },
  ): Promise<Standing> {
    const name = `segbook preview ${markOf(located.key, located.stored.suffix, numbered ?? "")}`;
    if (this.made.get(name) === located.file) return { name, located };
    const file = literal(located.file);
    const rows =
      numbered === null
        ? `SELECT * FROM read_parquet(${file})`
        : `SELECT * EXCLUDE (file_row_number), file_row_number AS ${quoted(ROW)} FROM read_parquet(${file}, file_row_number = true) WHERE ${quoted(numbered)} IS NOT NULL`;
    await this.turns.take(async () => {
      if (this.made.get(name) === located.file) return;
      await located.engine.execute({ sql: `CREATE OR REPLACE VIEW ${quoted(name)} AS ${rows}` });
      this.made.set(name, located.file);
    }, signal);
    return { name, located };
  }
}

/** A short name for what is made of these. */
export function markOf(...parts: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 16);
}

import { asOf } from "../clock.ts";
import { name } from "../quote.ts";
import { columnOf, EVENT } from "../sql-events.ts";
import type { Asked, KeptTable, Pass } from "../sql-pass.ts";
import { compareInstant } from "../sql-time.ts";
import type { Clock, EventWord } from "../vocabulary.ts";

/**
 * Relations of which a copy is kept, with the columns that are asked for: for what can't be made of parts, such as a
 * median or a sequence, each moment goes over the copy instead of the files.
 */
export interface Copies {
  /** Relation → the name of its copy. */
  readonly tables: Map<string, string>;
  /** Every text that may speak of a column. */
  readonly texts: string[];
}

/** The rows of a relation before the last moment, and the columns that some text speaks of. */
export function copySql(relation: string, texts: readonly string[], events: readonly EventWord[], last: Clock): string {
  const own = events.filter((event) => event.relation === relation);
  const columns = new Set(own.flatMap((event) => event.columns.map((column) => `${EVENT}.${name(column.name)}`)));
  const spoken = [...columns].filter((column) => texts.some((text) => text.includes(column)));
  const past = new Set(own.map((event) => compareInstant(columnOf(event, event.at), "<", asOf(last), last.zone)));
  return `SELECT ${spoken.join(", ")}\nFROM ${name(relation)} AS ${EVENT}\nWHERE ${[...past].join(" OR ")}`;
}

/** What a pass yields, by its own query over the copies. */
export function overCopies(pass: Pass, asked: readonly Asked[], copies: Copies): KeptTable {
  const shadows = pass.reads.map((relation) => {
    const copy = copies.tables.get(relation);
    if (copy === undefined) throw new Error(`${relation} was not copied`);
    return `${name(relation)} AS (SELECT * FROM ${name(copy)})`;
  });
  return {
    from: `(WITH ${shadows.join(", ")}\n${pass.query(asked)})`,
    columns: new Map(asked.map(({ computed, column }) => [computed, column])),
  };
}

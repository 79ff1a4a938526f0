import { asOf } from "../clock.ts";
import { name } from "../quote.ts";
import { columnOf, EVENT } from "../sql-events.ts";
import type { Asked, KeptTable, Pass } from "../sql-pass.ts";
import { compareInstant } from "../sql-time.ts";
import type { Clock, EventWord } from "../vocabulary.ts";

/** Relation → the table that holds a copy of it. */
export type Copies = ReadonlyMap<string, string>;

/** The rows of a relation before the last moment, with the columns that some text speaks of. */
export function copySql(relation: string, texts: readonly string[], events: readonly EventWord[], last: Clock): string {
  const own = events.filter((event) => event.relation === relation);
  const columns = new Set(own.flatMap((event) => event.columns.map((column) => `${EVENT}.${name(column.name)}`)));
  const spoken = [...columns].filter((column) => texts.some((text) => text.includes(column)));
  const past = new Set(own.map((event) => compareInstant(columnOf(event, event.at), "<", asOf(last), last.zone)));
  return `SELECT ${spoken.join(", ")}\nFROM ${name(relation)} AS ${EVENT}\nWHERE ${[...past].join(" OR ")}`;
}

/** A query that reads the copies instead of the relations of their names. */
export function shadowed(sql: string, reads: readonly string[], copies: Copies): string {
  const shadows = reads.flatMap((relation) => {
    const copy = copies.get(relation);
    return copy === undefined ? [] : [`${name(relation)} AS (SELECT * FROM ${name(copy)})`];
  });
  return shadows.length === 0 ? sql : `WITH ${shadows.join(", ")}\n${sql}`;
}

/** Columns of a pass by its own query, over the copies. */
export function overCopies(pass: Pass, asked: readonly Asked[], copies: Copies): KeptTable {
  return {
    from: `(${shadowed(pass.query(asked), pass.reads, copies)})`,
    columns: new Map(asked.map(({ computed, column }) => [computed, column])),
  };
}

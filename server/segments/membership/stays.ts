import { literal, name as quoted } from "../../language/quote.ts";
import type { Column } from "../../language/vocabulary.ts";
import { type HistoryFile, type Manifest, settledAt } from "./model.ts";

/** Where the files of a history lie: absolute. */
export interface Placed {
  readonly manifest: Manifest;
  readonly folder: string;
}

/** How every file is written: keys in order take few bits in this form, and one segment's rows lie together. */
export const PARQUET = "FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION v2, ROW_GROUP_SIZE 122880";

/** Columns of a file of stays; refreshes by number, `left` missing while it lasts. */
export const STAY = ["slot", "entity", "entered", "left", "entered_because", "left_because", "held_out"] as const;

/** Every stay in a segment, one row each: `STAY`. */
export function staysSql(placed: Placed): string {
  const { closed, changes, open } = placed.manifest;
  if (changes.length === 0) return settledSql(placed, closed);
  const first = `SELECT slot, entity, number, because FROM paired WHERE position = 1 AND NOT came`;
  const base =
    open === null
      ? []
      : [
          `SELECT o.slot, o.entity, o.entered, f.number AS "left", o.entered_because, f.because AS left_because, o.held_out
           FROM ${filesSql(placed, [open])} AS o LEFT JOIN (${first}) AS f USING (slot, entity)`,
        ];
  const parts = [
    ...base,
    `SELECT slot, entity, number AS entered, next_number AS "left", because AS entered_because, next_because AS left_because, held_out
     FROM paired WHERE came`,
    ...(closed.length === 0 ? [] : [`SELECT ${STAY_LIST} FROM ${filesSql(placed, closed)}`]),
  ];
  return `WITH paired AS (${pairedSql(placed)})\n${parts.join("\nUNION ALL\n")}`;
}

/** The relation `membership`: who was in which segment from when to when, and why. */
export function membershipSql(placed: Placed): string {
  const { slots, refreshes, entity } = placed.manifest;
  if (refreshes.length === 0) return unrecordedSql(entity, placed.manifest.keyType);
  const slot = slots.map(({ cell, segment }, index) => `(${index}, ${literal(cell)}, ${literal(segment)})`);
  const moment = refreshes.map(({ asOf }, index) => `(${index + 1}, make_timestamptz(${Math.round(asOf * 1000)}))`);
  return `
    WITH slots (slot, cell, segment) AS (VALUES ${slot.length === 0 ? "(0, '', '')" : slot.join(", ")}),
    moments (number, moment) AS (VALUES ${moment.join(", ")})
    SELECT t.entity AS ${quoted(entity)}, s.cell, s.segment, e.moment AS since, l.moment AS "until",
      t.entered_because, t.left_because, t.held_out
    FROM (${staysSql(placed)}) AS t
    JOIN slots AS s ON s.slot = t.slot
    JOIN moments AS e ON e.number = t.entered
    LEFT JOIN moments AS l ON l.number = t."left"`;
}

export function membershipColumns(entity: string, keyType: string): Column[] {
  const text = "VARCHAR";
  const moment = "TIMESTAMP WITH TIME ZONE";
  return [
    { name: entity, type: keyType },
    ...["cell", "segment"].map((name) => ({ name, type: text })),
    ...["since", "until"].map((name) => ({ name, type: moment })),
    ...["entered_because", "left_because"].map((name) => ({ name, type: text })),
    { name: "held_out", type: "BOOLEAN" },
  ];
}

/** The relation before anything is recorded. */
export function unrecordedSql(entity: string, keyType: string): string {
  const columns = membershipColumns(entity, keyType).map(({ name, type }) => `NULL::${type} AS ${quoted(name)}`);
  return `SELECT ${columns.join(", ")} WHERE false`;
}

/**
 * Who was in a segment after a refresh, by its number: entity and held_out. Stays that ended before it, and changes
 * after it, are not read.
 */
export function membersSql(placed: Placed, slot: number, refresh: number): string {
  const { open, closed, changes } = placed.manifest;
  const own = `slot = ${slot}`;
  const settled = settledAt(placed.manifest);
  const earlier = open === null ? [] : [open];
  if (refresh <= settled) {
    const over = closed.filter(({ to }) => to > refresh);
    return [
      ...earlier.map(
        (file) => `SELECT entity, held_out FROM ${filesSql(placed, [file])} WHERE ${own} AND entered <= ${refresh}`,
      ),
      ...(over.length === 0
        ? []
        : [
            `SELECT entity, held_out FROM ${filesSql(placed, over)} WHERE ${own} AND entered <= ${refresh} AND "left" > ${refresh}`,
          ]),
    ].join("\nUNION ALL\n");
  }
  const since = changes.filter(({ from }) => from <= refresh);
  const nothing = `SELECT NULL::${placed.manifest.keyType} AS entity, false AS held_out WHERE false`;
  if (since.length === 0)
    return earlier.map((file) => `SELECT entity, held_out FROM ${filesSql(placed, [file])} WHERE ${own}`)[0] ?? nothing;
  const last = `
    SELECT entity, ${LAST}
    FROM ${filesSql(placed, since)} WHERE ${own} GROUP BY entity`;
  const base = earlier.map(
    (file) =>
      `SELECT o.entity, o.held_out FROM ${filesSql(placed, [file])} AS o ANTI JOIN last USING (entity) WHERE o.${own}`,
  );
  return `WITH last AS (${last})\n${[...base, "SELECT entity, held_out FROM last WHERE came"].join("\nUNION ALL\n")}`;
}

/** Everybody who is in a segment after the last refresh: slot, entity, held_out. */
export function presentSql(placed: Placed): string {
  const { open, changes, keyType } = placed.manifest;
  const base = open === null ? null : filesSql(placed, [open]);
  if (base === null && changes.length === 0)
    return `SELECT 0 AS slot, NULL::${keyType} AS entity, false AS held_out WHERE false`;
  if (changes.length === 0) return `SELECT slot, entity, held_out FROM ${base}`;
  const last = `
    SELECT slot, entity, ${LAST}
    FROM ${filesSql(placed, changes)} GROUP BY slot, entity`;
  const rest =
    base === null ? [] : [`SELECT o.slot, o.entity, o.held_out FROM ${base} AS o ANTI JOIN last USING (slot, entity)`];
  return `WITH last AS (${last})\n${[...rest, "SELECT slot, entity, held_out FROM last WHERE came"].join("\nUNION ALL\n")}`;
}

/** Each change with what follows it for the same person and segment. */
function pairedSql(placed: Placed): string {
  return `
    SELECT slot, entity, number, came, because, held_out,
      lead(number) OVER each AS next_number, lead(because) OVER each AS next_because, row_number() OVER each AS position
    FROM ${filesSql(placed, placed.manifest.changes)}
    WINDOW each AS (PARTITION BY slot, entity ORDER BY number, came)`;
}

function settledSql(placed: Placed, closed: readonly HistoryFile[]): string {
  const { open, keyType } = placed.manifest;
  const missing = `NULL::INTEGER AS "left"`;
  const parts = [
    ...(open === null
      ? []
      : [
          `SELECT slot, entity, entered, ${missing}, entered_because, NULL::VARCHAR AS left_because, held_out FROM ${filesSql(placed, [open])}`,
        ]),
    ...(closed.length === 0 ? [] : [`SELECT ${STAY_LIST} FROM ${filesSql(placed, closed)}`]),
  ];
  if (parts.length > 0) return parts.join("\nUNION ALL\n");
  return `SELECT 0 AS slot, NULL::${keyType} AS entity, 0 AS entered, ${missing}, '' AS entered_because, '' AS left_because, false AS held_out WHERE false`;
}

/** What the last of somebody's changes says; of two at one refresh, a stay that is told anew, the one that begins it. */
const LAST = ["came", "held_out"].map((one) => `arg_max(${one}, number * 2 + came::INTEGER) AS ${one}`).join(", ");

const STAY_LIST = STAY.map(quoted).join(", ");

export function filesSql({ folder }: Placed, files: readonly HistoryFile[]): string {
  return `read_parquet([${files.map(({ name }) => literal(`${folder}/${name}`)).join(", ")}])`;
}

import { HELD_OUT } from "../../cells/control.ts";
import { literal, name as quoted } from "../../language/quote.ts";
import { segmentColumn } from "../../notebook/segment-column.ts";
import { keptKeyType } from "../../segments/membership/model.ts";
import type { ResultCache, Stored } from "../cache.ts";
import type { Plan } from "../plan.ts";
import type { StudiedCell } from "../studied.ts";

/** A cell's result that says who is in which of its segments. */
export interface People {
  readonly studied: StudiedCell;
  readonly stored: Stored;
  /** The key's column, its type as it is kept, and the column of segments. */
  readonly entity: string;
  readonly keyType: string;
  readonly column: string;
}

/** The result as people in segments; null where it knows none, as a score without bands. */
export function peopleOf(studied: StudiedCell, stored: Stored, entity: string): People | null {
  const column = segmentColumn(studied.cell.kind);
  const relation = stored.relations.find(({ suffix }) => suffix === "");
  const key = relation?.columns.find(({ name }) => name === entity);
  if (column === null || key === undefined) return null;
  if (!relation?.columns.some(({ name }) => name === column)) return null;
  return { studied, stored, entity, keyType: keptKeyType(key.type), column };
}

/** Names of the segments that a cell defines, whether anybody is in them or not. */
export function definedSegments({ cell, kind, reading }: StudiedCell): string[] {
  if (reading === null) return [];
  if (cell.kind === "score") return Object.keys((reading.body as { bands: Record<string, string> }).bands);
  return [...(kind?.segments?.(reading.body) ?? [])];
}

/** Every cell of a notebook, and of each the relation with those who are held out: what a refresh needs. */
export function recordedNames({ cells }: Plan): string[] {
  return cells.flatMap(({ cell, study }) => {
    const isHeld = study?.yields.some(({ suffix }) => suffix === HELD_OUT) === true;
    return isHeld ? [cell.id, `${cell.id}${HELD_OUT}`] : [cell.id];
  });
}

/** Who is in which of a cell's segments by the segments' numbers: slot, entity. */
export function slottedSql(
  people: People,
  slots: ReadonlyMap<string, number>,
  cache: ResultCache,
  suffix = "",
): string {
  if (slots.size === 0) return `SELECT 0 AS slot, NULL::${people.keyType} AS entity WHERE false`;
  const numbers = [...slots].map(([segment, slot]) => `(${literal(segment)}, ${slot})`).join(", ");
  return `
    SELECT DISTINCT n.slot, r.${quoted(people.entity)}::${people.keyType} AS entity
    FROM ${rowsSql(people, suffix, cache)} AS r
    JOIN (VALUES ${numbers}) AS n (segment, slot) ON n.segment = r.${quoted(people.column)}::VARCHAR
    WHERE r.${quoted(people.entity)} IS NOT NULL`;
}

/** The file that holds one of the cell's relations. */
export function rowsSql({ stored }: People, suffix: string, cache: ResultCache): string {
  const relation = stored.relations.find((one) => one.suffix === suffix);
  if (relation === undefined) throw new Error(`${suffix} is not among the relations`);
  return `read_parquet(${literal(cache.path(stored, relation))})`;
}

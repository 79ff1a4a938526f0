import { HELD_OUT } from "../../cells/control.ts";
import { name as quoted } from "../../language/quote.ts";
import { segmentColumn } from "../../notebook/segment-column.ts";
import type { Manifest } from "../../segments/membership/model.ts";
import type { ResultCache } from "../cache.ts";
import type { CellOutcome } from "../execute.ts";
import type { Plan } from "../plan.ts";
import { mainPart } from "../studied.ts";
import { definedSegments, type People, peopleOf, rowsSql, slottedSql } from "./people.ts";
import type { Tables } from "./tables.ts";

/** A cell whose segments stay as the last refresh has them, and why. */
export interface LeftOut {
  readonly cell: string;
  readonly why: string;
}

/** The cells of a run that came to people in segments, in the notebook's order, and those with segments that did not. */
export function recordedCells(
  plan: Plan,
  outcomes: readonly CellOutcome[],
  keyType: string | null,
): { people: People[]; left: LeftOut[] } {
  const people: People[] = [];
  const left: LeftOut[] = [];
  let type = keyType;
  for (const studied of plan.cells) {
    const { id, kind } = studied.cell;
    const outcome = outcomes.find((one) => one.studied.cell === studied.cell);
    if (outcome === undefined || segmentColumn(kind) === null) continue;
    const isThere = outcome.state === "computed" || outcome.state === "found";
    const stored = isThere ? mainPart(outcome.studied)?.stored : null;
    const one = stored ? peopleOf(outcome.studied, stored, plan.notebook.head.entity) : null;
    if (!isThere) left.push({ cell: id, why: WHY_NOT[outcome.state] ?? "it failed" });
    if (one === null) continue;
    type ??= one.keyType;
    if (one.keyType === type) people.push(one);
    else left.push({ cell: id, why: `its key is ${one.keyType}, and that of the history ${type}` });
  }
  return { people, left };
}

const WHY_NOT: Readonly<Record<string, string>> = { cancelled: "it was cancelled", blocked: "it is blocked" };

/** Cells that were recorded and are none with segments any more. */
export function goneCells({ cells }: Manifest, plan: Plan): string[] {
  return Object.keys(cells).filter((id) => {
    const cell = plan.studies.names.cell(id);
    return cell === null || segmentColumn(cell.kind) === null;
  });
}

/** Numbers of the segments: those that are known keep theirs. */
export async function numberedSlots(
  before: Manifest["slots"],
  people: readonly People[],
  { tables, cache }: { tables: Tables; cache: ResultCache },
): Promise<Manifest["slots"]> {
  const slots = [...before];
  for (const one of people) {
    const cell = one.studied.cell.id;
    const column = quoted(one.column);
    const rows = await tables.engine.rows({
      sql: `SELECT DISTINCT ${column}::VARCHAR AS segment FROM ${rowsSql(one, "", cache)} WHERE ${column} IS NOT NULL ORDER BY 1`,
      signal: tables.signal,
    });
    for (const segment of [...definedSegments(one.studied), ...rows.map((row) => String(row.segment))]) {
      if (!slots.some((slot) => slot.cell === cell && slot.segment === segment)) slots.push({ cell, segment });
    }
  }
  return slots;
}

/** The numbers of one cell's segments. */
export function slotsOf(slots: Manifest["slots"], id: string): Map<string, number> {
  return new Map(slots.flatMap(({ cell, segment }, slot) => (cell === id ? [[segment, slot] as const] : [])));
}

/** Who is in which segment now: slot, entity, held_out. */
export function nowSql(
  people: readonly People[],
  { slots, keyType, cache }: { slots: Manifest["slots"]; keyType: string; cache: ResultCache },
): string {
  const parts = people.map((one) => {
    const numbers = slotsOf(slots, one.studied.cell.id);
    const members = slottedSql(one, numbers, cache);
    const stored = one.studied.parts.find(({ suffixes }) => suffixes.includes(HELD_OUT))?.stored ?? null;
    if (stored === null) return `SELECT slot, entity, false AS held_out FROM (${members})`;
    const held = slottedSql({ ...one, stored, column: "segment" }, numbers, cache, HELD_OUT);
    return `SELECT m.slot, m.entity, h.slot IS NOT NULL AS held_out FROM (${members}) AS m LEFT JOIN (${held}) AS h USING (slot, entity)`;
  });
  const nobody = `SELECT 0 AS slot, NULL::${keyType} AS entity, false AS held_out WHERE false`;
  return parts.length === 0 ? nobody : parts.join("\nUNION ALL\n");
}

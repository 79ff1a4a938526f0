import { field } from "../../server/figures/segmentation.ts";
import { segmentColumn } from "../../server/notebook/segment-column.ts";
import type { CellView, WorkspaceView } from "../../server/run/view.ts";
import type { KnownRelation, Surroundings } from "../cells/surroundings.ts";
import { eventsOf } from "../state/events.ts";
import type { Session } from "../state/session.ts";
import { filePatterns } from "./file-patterns.ts";

/** What a new cell of this notebook can build on; `after` is the cell that it will follow. */
export function surroundingsOf(
  { cells, notebook }: Pick<Session, "cells" | "notebook">,
  workspace: WorkspaceView | null,
  after: string | null,
): Surroundings {
  const { entity } = notebook.head;
  const place = cells.findIndex((cell) => cell.id === after);
  const made = cells.filter((cell) => cell.kind !== "input" && cell.relations.length > 0);
  const above = made.filter((cell) => cells.indexOf(cell) <= place);
  const near = [...made, ...above].reverse();
  const keyed = near.filter((cell) => has(cell, entity) && cell.kind !== "segments" && cell.kind !== "monitor");
  // Rows of events are many for one entity.
  const rowEach =
    keyed.find(({ kind }) => kind === "features") ?? keyed.find((cell) => eventsOf(cell.body).length === 0);
  const sends = near.find((cell) => has(cell, entity) && (has(cell, "delivered_at") || has(cell, "sent_at")));
  const read = cells.flatMap((cell) => (cell.kind === "source" ? patternsIn(field(cell.body, "files")) : []));
  return {
    relation: mainOf(near[0]),
    people: mainOf(rowEach ?? keyed[0]),
    sends: mainOf(sends),
    files: filePatterns(
      (workspace?.data ?? []).map(({ path }) => path),
      read,
    ),
    events: cells.flatMap((cell) => eventsOf(cell.body)),
    segmentations: cells.filter(({ kind }) => segmentColumn(kind) !== null).map(({ id }) => id),
    entity,
  };
}

function has(cell: CellView, column: string): boolean {
  return cell.relations[0]?.columns.some(({ name }) => name === column) === true;
}

function mainOf(cell: CellView | undefined): KnownRelation | null {
  const relation = cell?.relations[0];
  return relation === undefined ? null : { name: relation.name, columns: relation.columns };
}

function patternsIn(files: unknown): string[] {
  return (Array.isArray(files) ? files : [files]).filter((one): one is string => typeof one === "string");
}

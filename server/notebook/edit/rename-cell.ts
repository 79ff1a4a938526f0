import { isProblem } from "../is-problem.ts";
import type { Cell } from "../model.ts";
import { newIdFault } from "./insert-cell.ts";
import { cellOf, type Edited, editable } from "./target.ts";

/** Gives a cell another id, in its fence alone: what reads it by the old one is for the caller to find. */
export function renameCell(text: string, id: string, newId: string): Edited {
  const notebook = editable(text);
  if (isProblem(notebook)) return notebook;
  const cell = cellOf(notebook, id);
  if (isProblem(cell)) return cell;
  if (newId === id) return text;
  const fault = newIdFault(notebook, newId);
  if (fault) return fault;
  const offset = idStart(text, cell);
  return text.slice(0, offset) + newId + text.slice(offset + id.length);
}

/** Offset of the id in a cell's fence. */
export function idStart(text: string, cell: Cell): number {
  return cell.start + text.slice(cell.start, cell.bodyStart).trimEnd().length - cell.id.length;
}

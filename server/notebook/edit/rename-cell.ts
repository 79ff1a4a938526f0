import { isProblem } from "../is-problem.ts";
import type { Cell } from "../model.ts";
import { newIdFault } from "./insert-cell.ts";
import { type Replacement, withReplacements } from "./replacements.ts";
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
  return withReplacements(text, [inFence(text, cell, newId)]);
}

/** The change of the id in a cell's fence. */
export function inFence(text: string, cell: Cell, newId: string): Replacement {
  const to = cell.start + text.slice(cell.start, cell.bodyStart).trimEnd().length;
  return { from: to - cell.id.length, to, text: newId };
}

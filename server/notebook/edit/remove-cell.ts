import { isProblem } from "../is-problem.ts";
import { lastLine } from "../lines.ts";
import type { Cell } from "../model.ts";
import { cellOf, type Edited, editable } from "./target.ts";

/** Takes a cell out, and one of two empty lines that would then meet. */
export function removeCell(text: string, id: string): Edited {
  const notebook = editable(text);
  if (isProblem(notebook)) return notebook;
  const cell = cellOf(notebook, id);
  return isProblem(cell) ? cell : withoutCell(text, cell);
}

/** The file without the lines of a cell. */
export function withoutCell(text: string, cell: Cell): string {
  const before = text.slice(0, cell.start);
  const after = text.slice(cell.end);
  const last = lastLine(before);
  const followed = /^[ \t]*(?:\r\n?|\n|$)/.exec(after)?.[0];
  // Nothing is left above: the empty line below would be the file's first.
  if (before === "" && followed) return after.slice(followed.length);
  const meets = last !== "" && last.trim() === "" && followed !== undefined;
  const rest = meets ? before.slice(0, before.length - last.length) : before;
  // A file without a last line end stays one.
  const open = after === "" && !/[\r\n]$/.test(text.slice(cell.start, cell.end));
  return open ? rest.replace(/(?:\r\n|\r|\n)$/, "") : rest + after;
}

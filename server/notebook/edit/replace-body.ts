import { isProblem } from "../is-problem.ts";
import { lineEnd, withLineEnd } from "../lines.ts";
import type { Cell } from "../model.ts";
import { bodyText, markerFor } from "./cell-text.ts";
import { cellOf, type Edited, editable } from "./target.ts";

/** Gives a cell another body. Its fences stay, and grow only where the body holds a line that would close them. */
export function replaceBody(text: string, id: string, body: string): Edited {
  const notebook = editable(text);
  if (isProblem(notebook)) return notebook;
  const cell = cellOf(notebook, id);
  if (isProblem(cell)) return cell;
  return withBody(text, cell, body);
}

/** The file with a cell's body replaced; line ends become the file's. */
export function withBody(text: string, cell: Cell, body: string): string {
  const opening = text.slice(cell.start, cell.bodyStart);
  const closing = text.slice(cell.bodyEnd, cell.end);
  const end = lineEnd(/[\r\n]/.test(opening) ? opening : text);
  // A cell that is never closed ends with the file, which may do without a last line end.
  const lines = closing === "" ? withLineEnd(body, end) : bodyText(body, end);
  const marker = /^ *(`+|~+)/.exec(opening)?.[1] ?? "```";
  const longer = closing === "" ? marker : markerFor(lines, marker);
  const start = /[\r\n]$/.test(opening) || lines === "" ? opening : opening + end;
  return (
    text.slice(0, cell.start) +
    (longer === marker ? start : start.replace(marker, longer)) +
    lines +
    (longer === marker ? closing : closing.replace(/`+|~+/, longer)) +
    text.slice(cell.end)
  );
}

import { isProblem } from "../is-problem.ts";
import { lineEnd } from "../lines.ts";
import { parseNotebook } from "../parse.ts";
import { insertLines, placeAfter } from "./insert-cell.ts";
import { withoutCell } from "./remove-cell.ts";
import { cellOf, type Edited, editable, refusal } from "./target.ts";

/** Moves a cell's own lines after another cell, or with null before the first; prose stays where it is. */
export function moveCell(text: string, id: string, to: { readonly after: string | null }): Edited {
  const notebook = editable(text);
  if (isProblem(notebook)) return notebook;
  const cell = cellOf(notebook, id);
  if (isProblem(cell)) return cell;
  if (to.after === id) return text;
  if (cell.bodyEnd === cell.end) {
    return refusal(
      "unclosed-fence",
      id,
      `The fence of \`${id}\` is never closed, so it can't be moved.`,
      "Close the fence first.",
    );
  }
  const index = notebook.cells.indexOf(cell);
  if ((notebook.cells[index - 1]?.id ?? null) === to.after) return text;
  // The place is looked up before anything is taken out, so that a name that is not there changes nothing.
  const place = placeAfter(notebook, to.after);
  if (typeof place !== "number") return place;
  const rest = withoutCell(text, cell);
  const offset = placeAfter(parseNotebook(rest), to.after);
  if (typeof offset !== "number") return offset;
  const lines = text.slice(cell.start, cell.end);
  return insertLines(rest, offset, /[\r\n]$/.test(lines) ? lines : lines + lineEnd(text));
}

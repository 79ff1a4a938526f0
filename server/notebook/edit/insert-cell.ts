import { idFault } from "../fence.ts";
import { isProblem } from "../is-problem.ts";
import { lastLine, lineEnd } from "../lines.ts";
import { CELL_KINDS, type Notebook } from "../model.ts";
import { didYouMean } from "../nearest.ts";
import { parseNotebook } from "../parse.ts";
import { cellText } from "./cell-text.ts";
import { cellOf, type Edited, editable, refusal } from "./target.ts";

export interface NewCell {
  readonly kind: string;
  readonly id: string;
  readonly body: string;
  /** The cell after which it goes; null puts it before the first cell, or at the end where there is none. */
  readonly after: string | null;
}

/** Adds a cell, with an empty line before and after it; nothing else changes. */
export function insertCell(text: string, cell: NewCell): Edited {
  const notebook = editable(text);
  if (isProblem(notebook)) return notebook;
  if (!CELL_KINDS.some((kind) => kind === cell.kind)) {
    const hint = didYouMean(cell.kind, CELL_KINDS, `The kinds are ${CELL_KINDS.join(", ")}.`);
    return refusal("unknown-kind", cell.id, `\`${cell.kind}\` is not a kind of cell.`, hint);
  }
  const fault = newIdFault(notebook, cell.id);
  if (fault) return fault;
  const offset = placeAfter(notebook, cell.after);
  if (typeof offset !== "number") return offset;
  const lines = cellText(`${cell.kind} ${cell.id}`, cell.body, {
    indent: "",
    marker: "```",
    end: lineEnd(text),
  });
  const edited = insertLines(text, offset, lines);
  // At the end of a file that leaves a comment or a listing open, the lines would become part of that.
  if (parseNotebook(edited).cells.some(({ id }) => id === cell.id)) return edited;
  const hint = "Close the comment, the HTML or the fence that the file leaves open.";
  return refusal("no-place", cell.id, "A cell written here would be part of what stands above it.", hint);
}

/** Why an id can't be given to a cell of this notebook, or null. */
export function newIdFault(notebook: Notebook, id: string): Exclude<Edited, string> | null {
  const fault = idFault(id);
  if (fault) return refusal(fault.code, id, fault.message, fault.hint);
  const taken = notebook.cells.find((cell) => cell.id === id);
  if (!taken) return null;
  return refusal(
    "duplicate-id",
    id,
    `The id \`${id}\` is that of the cell in line ${taken.line}.`,
    "Choose another id.",
  );
}

/** Offset at which lines go that are to stand after a cell. */
export function placeAfter(notebook: Notebook, after: string | null): number | Exclude<Edited, string> {
  if (after === null) return notebook.cells[0]?.start ?? notebook.text.length;
  const cell = cellOf(notebook, after);
  if (isProblem(cell)) return cell;
  if (cell.bodyEnd < cell.end) return cell.end;
  const hint = "Close the fence first.";
  return refusal(
    "unclosed-fence",
    after,
    `The fence of \`${after}\` is never closed, so nothing can come after it.`,
    hint,
  );
}

/** Puts whole lines at an offset, with an empty line between them and what stands there. */
export function insertLines(text: string, offset: number, lines: string): string {
  const end = lineEnd(text);
  const before = text.slice(0, offset);
  const after = text.slice(offset);
  const open = before !== "" && before !== "\uFEFF" && !/[\r\n]$/.test(before);
  const apart = before === "" || before === "\uFEFF" || (!open && lastLine(before).trim() === "");
  const gapBefore = apart ? "" : end;
  const gapAfter = after === "" || /^[ \t]*(?:[\r\n]|$)/.test(after) ? "" : end;
  // A file without a last line end stays one.
  const last = after === "" && open ? lines.replace(/(?:\r\n?|\n)$/, "") : lines;
  return `${before}${open ? end : ""}${gapBefore}${last}${gapAfter}${after}`;
}

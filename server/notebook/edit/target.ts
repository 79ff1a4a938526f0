import type { Cell, Notebook, Problem } from "../model.ts";
import { didYouMean } from "../nearest.ts";
import { parseNotebook } from "../parse.ts";

/** An edit's outcome: the file's new text, or why it was not made. */
export type Edited = string | Problem;

/** The notebook to be edited, or why it can't be. */
export function editable(text: string): Notebook | Problem {
  const notebook = parseNotebook(text);
  return notebook.readOnly
    ? refusal(
        "read-only",
        null,
        "This notebook is of a newer format and opens for reading only.",
        "Use a newer Segbook to change it.",
      )
    : notebook;
}

/** The first cell of an id, or what there is instead. */
export function cellOf(notebook: Notebook, id: string): Cell | Problem {
  const cell = notebook.cells.find((candidate) => candidate.id === id);
  if (cell) return cell;
  const ids = notebook.cells.map((candidate) => candidate.id);
  return refusal(
    "unknown-cell",
    id,
    `There is no cell \`${id}\` in the notebook.`,
    didYouMean(id, ids, "Reload the notebook."),
  );
}

/** Why an edit is not made; it has no place in the file, as nothing there is at fault. */
export function refusal(code: string, cell: string | null, message: string, hint: string): Problem {
  return {
    code,
    severity: "error",
    cell,
    line: null,
    column: null,
    message,
    hint,
  };
}

import type { Cell, Notebook, Problem } from "../../../server/notebook/model.ts";
import { parseNotebook } from "../../../server/notebook/parse.ts";

/** A notebook of one cell whose body begins in line 5. */
export function oneCell(kind: string, body: string): Cell {
  const notebook = parseNotebook(`---\nsegbook: 1\n---\n\`\`\`${kind} a\n${body}\n\`\`\`\n`);
  const cell = notebook.cells[0];
  if (!cell) throw new Error("the test's cell is missing");
  return cell;
}

/** Problems as `code line:column`, which is what most tests are about. */
export function places(problems: readonly Problem[]): string[] {
  return problems.map(({ code, line, column }) => `${code} ${line}:${column}`);
}

/** Kinds and ids of the cells, in order. */
export function cellNames(notebook: Notebook): string[] {
  return notebook.cells.map(({ kind, id }) => `${kind} ${id}`);
}

export const WITH_CELLS = [
  "---",
  "segbook: 1 # the format",
  "title: Spring",
  "---",
  "# Spring",
  "",
  "Some prose.",
  "",
  "```sql orders",
  "SELECT * FROM raw",
  "```",
  "",
  "More prose.",
  "",
  "~~~~segments people",
  "of: features",
  "segments:",
  "  VIP: |-",
  "    total > 3",
  "  # the rest",
  "  Others: total <= 3",
  "~~~~",
  "",
  "```sql",
  "a listing",
  "```",
  "",
  "```cluster personas",
  "k: 4 # four",
  "```",
  "",
].join("\n");

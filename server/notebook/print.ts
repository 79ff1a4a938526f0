import type { Notebook } from "./model.ts";

/** The notebook's file: the texts of its blocks in order, which are the bytes that were read. */
export function printNotebook(notebook: Notebook): string {
  return notebook.blocks
    .map((block) => (block.type === "cell" ? notebook.text.slice(block.cell.start, block.cell.end) : block.text))
    .join("");
}

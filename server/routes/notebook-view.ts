import { parseNotebook } from "../notebook/parse.ts";
import { notebookTitle } from "../notebook/title.ts";
import type { NotebookView } from "../run/view.ts";
import type { StoredNotebook } from "../store/notebook-files.ts";

/** A notebook as it travels to the page. */
export function notebookView({ path, text, etag }: StoredNotebook): NotebookView {
  const notebook = parseNotebook(text);
  const { readOnly, head } = notebook;
  return {
    path,
    title: notebookTitle(notebook) ?? nameOf(path),
    text,
    etag,
    readOnly,
    head,
    blocks: [...notebook.blocks],
  };
}

/** A notebook's file name without its ending. */
export function nameOf(path: string): string {
  return (path.split("/").at(-1) ?? path).replace(/\.md$/, "");
}

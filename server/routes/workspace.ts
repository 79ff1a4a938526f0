import { basename } from "node:path";
import { Hono } from "hono";
import { isProblem } from "../notebook/is-problem.ts";
import { parseNotebook } from "../notebook/parse.ts";
import { notebookTitle } from "../notebook/title.ts";
import type { NotebookListing, WorkspaceView } from "../run/view.ts";
import { type ListedFile, listFiles } from "../store/list-files.ts";
import { nameOf } from "./notebook-view.ts";
import type { Services } from "./services.ts";

/** Programs and notes may lie beside the data; they are none. */
const CODE = /\.(ts|js|mjs|cjs|py|sql|sh|md)$/i;

/** What there is: the notebooks and the data files. */
export function workspaceRoutes({ workspace, version, files }: Services) {
  const known = new Map<string, { stamp: string; listing: NotebookListing }>();
  const list = async (file: ListedFile): Promise<NotebookListing[]> => {
    const path = `notebooks/${file.path}`;
    const stamp = `${file.modified} ${file.bytes}`;
    const before = known.get(path);
    if (before?.stamp === stamp) return [before.listing];
    const stored = await files.read(path);
    // One that can't be opened is still in its folder, and says why when it is opened.
    const notebook = isProblem(stored) ? null : parseNotebook(stored.text);
    const listing = {
      path,
      title: (notebook && notebookTitle(notebook)) ?? nameOf(path),
      modified: new Date(file.modified).toISOString(),
      cells: (notebook?.cells ?? []).map(({ id, kind }) => ({ id, kind })),
    };
    known.set(path, { stamp, listing });
    return [listing];
  };

  return new Hono().get("/workspace", async (c) => {
    const found = (await listFiles(workspace.notebooks)).filter(({ path }) => path.endsWith(".md"));
    const data = (await listFiles(workspace.data)).filter(({ path }) => !CODE.test(path));
    const view: WorkspaceView = {
      name: basename(workspace.root),
      version,
      notebooks: (await Promise.all(found.map(list))).flat(),
      data: data.map(({ path, bytes, modified }) => ({ path, bytes, modified: new Date(modified).toISOString() })),
    };
    return c.json(view);
  });
}

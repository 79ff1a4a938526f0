import { isProblem } from "../notebook/is-problem.ts";
import type { Problem } from "../notebook/model.ts";
import { parseNotebook } from "../notebook/parse.ts";
import type { Workspace } from "../run/workspace.ts";
import { listFiles } from "./list-files.ts";
import type { NotebookFiles } from "./notebook-files.ts";

export interface Monitored {
  /** Paths of the notebooks that have a monitor, in order. */
  readonly paths: readonly string[];
  /** Of notebooks that can't be read, by their paths. */
  readonly problems: readonly { readonly path: string; readonly problem: Problem }[];
}

/** Which of a workspace's notebooks watch something. */
export async function monitored({ notebooks }: Workspace, files: NotebookFiles): Promise<Monitored> {
  const paths: string[] = [];
  const problems: { path: string; problem: Problem }[] = [];
  const found = (await listFiles(notebooks)).map(({ path }) => `notebooks/${path}`);
  for (const path of found.filter((one) => one.endsWith(".md")).sort()) {
    const stored = await files.read(path);
    if (isProblem(stored)) problems.push({ path, problem: stored });
    else if (parseNotebook(stored.text).cells.some(({ kind }) => kind === "monitor")) paths.push(path);
  }
  return { paths, problems };
}

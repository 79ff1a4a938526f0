import { readFileSync } from "node:fs";
import { cp, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CellView } from "../../server/run/view.ts";
import { workspaceAt } from "../../server/run/workspace.ts";
import { objects } from "../server/language/ready/notebook.ts";
import { NotebookRuns } from "../server/run/notebook-runs.ts";
import { projectRoot } from "../workspace.ts";

const never = new AbortController().signal;

/** One of the example notebooks over published data, run as it is in a workspace of its own. */
export interface PublishedNotebook {
  readonly cells: readonly CellView[];
  rows(relation: string): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

/** Runs `notebooks/published/<name>.md` over a copy of its file, which it wants at `data/published/<at>`. */
export async function runPublished(name: string, file: string, at: string): Promise<PublishedNotebook> {
  const text = readFileSync(join(projectRoot, "notebooks", "published", `${name}.md`), "utf8");
  const workspace = workspaceAt(await mkdtemp(join(tmpdir(), "segbook-")));
  await mkdir(workspace.notebooks);
  await mkdir(join(workspace.data, "published"), { recursive: true });
  await cp(file, join(workspace.data, "published", at));
  const runs = new NotebookRuns(workspace);
  const { result } = await runs.run(text);
  return {
    cells: result.cells,
    rows: async (relation) => {
      const path = `notebooks/${name}.md`;
      const window = { relation, key: null, sort: null, descending: false, offset: 0, limit: 100_000 };
      return objects(await runs.session.page({ path, text, set: {}, asOf: null, ...window }, never));
    },
    close: async () => {
      await runs.close();
      await rm(workspace.root, { recursive: true, force: true });
    },
  };
}

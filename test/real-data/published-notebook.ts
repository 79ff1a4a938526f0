import { readFileSync } from "node:fs";
import { cp, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Checked, checkNotebook } from "../../server/check/check.ts";
import { adjustedRandIndex } from "../../server/cluster/rand-index.ts";
import type { CellView } from "../../server/run/view.ts";
import { WHOLE_RUN } from "../../server/run/whole-run.ts";
import { workspaceAt } from "../../server/run/workspace.ts";
import { objects } from "../server/language/ready/notebook.ts";
import { NotebookRuns } from "../server/run/notebook-runs.ts";
import { projectRoot } from "../workspace.ts";

const never = new AbortController().signal;

type Row = Record<string, unknown>;

/** One of the example notebooks over published data, run as it is in a workspace of its own. */
export interface PublishedNotebook {
  readonly cells: readonly CellView[];
  readonly checked: Checked;
  rows(relation: string): Promise<Row[]>;
  close(): Promise<void>;
}

/**
 * Runs `data/published/notebooks/<name>.md`, with `more` cells below it, over a copy of its file, which it calls `at`;
 * then computes the relations of `wanted`, which a run of everything leaves until they are looked at.
 */
export async function runPublished(
  name: string,
  { file, at, wanted, more = "" }: { file: string; at: string; wanted: readonly string[]; more?: string },
): Promise<PublishedNotebook> {
  const own = readFileSync(join(projectRoot, "data", "published", "notebooks", `${name}.md`), "utf8");
  const path = `notebooks/${name}.md`;
  const text = `${own}\n${more}`;
  const workspace = workspaceAt(await mkdtemp(join(tmpdir(), "segbook-")));
  await mkdir(workspace.notebooks);
  await mkdir(workspace.data);
  await cp(file, join(workspace.data, at));
  const runs = new NotebookRuns(workspace);
  const ask = { path, set: {}, asOf: null };
  const { result } = await runs.run(text);
  const silent = { started: () => undefined, cell: () => undefined };
  if (wanted.length > 0) await runs.session.run({ ...ask, ...WHOLE_RUN, text, cells: wanted }, silent, never);
  return {
    cells: result.cells,
    checked: await checkNotebook(runs.session, { ...ask, text: own, silos: "known" }, never),
    rows: async (relation) => {
      const window = { relation, key: null, sort: null, descending: false, offset: 0, limit: 100_000 };
      return objects(await runs.session.page({ ...ask, text, ...window }, never));
    },
    close: async () => {
      await runs.close();
      await rm(workspace.root, { recursive: true, force: true });
    },
  };
}

/** Clusters by ward or another method beside those of the notebook, for the tests alone. */
export function beside(id: string, body: string): string {
  return `\`\`\`cluster ${id}\n${body}\n\`\`\`\n\n`;
}

/** Row of a relation with this `k`. */
export async function atK(notebook: PublishedNotebook, relation: string, k: number): Promise<Row> {
  return (await notebook.rows(relation)).find((row) => row.k === k) ?? {};
}

/** Rows of each cluster, cluster 1 first. */
export async function sizes(notebook: PublishedNotebook, cell: string): Promise<number[]> {
  const counts: number[] = [];
  for (const { cluster } of await notebook.rows(cell)) {
    counts[Number(cluster) - 1] = (counts[Number(cluster) - 1] ?? 0) + 1;
  }
  return counts;
}

/** Flat clusters of a hierarchy in scipy's layout: how many rows each has, the largest first. */
export async function sizesOfCut(notebook: PublishedNotebook, merges: string, k: number): Promise<number[]> {
  const joined = (await notebook.rows(merges)).map(({ left, right, size }) => ({
    parts: [Number(left), Number(right)],
    size: Number(size),
  }));
  const n = joined.length + 1;
  let open = [2 * n - 2];
  while (open.length < k) {
    const last = Math.max(...open);
    open = [...open.filter((node) => node !== last), ...(joined[last - n]?.parts ?? [])];
  }
  return open.map((node) => (node < n ? 1 : (joined[node - n]?.size ?? 0))).sort((a, b) => b - a);
}

/** Adjusted Rand index of the clusters and a column of the same entities, which they were not told. */
export async function agreement(
  notebook: PublishedNotebook,
  clusters: string,
  { of, key, column }: { of: string; key: string; column: string },
): Promise<number> {
  const known = new Map((await notebook.rows(of)).map((row) => [row[key], row[column]]));
  const values = [...new Set(known.values())];
  const rows = await notebook.rows(clusters);
  const labels = rows.map(({ cluster }) => Number(cluster));
  return adjustedRandIndex(
    labels,
    rows.map((row) => values.indexOf(known.get(row[key]))),
  );
}

/** What the clusters are as rules, cluster 1 first. */
export async function rulesOf(
  notebook: PublishedNotebook,
  clusters: string,
): Promise<{ rule: string; precision: number }[]> {
  return (await notebook.rows(`${clusters}_rules`)).map(({ rule, precision }) => ({
    rule: String(rule),
    precision: Number(precision),
  }));
}

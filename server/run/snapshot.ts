import type { Notebook, Problem } from "../notebook/model.ts";
import { version } from "../version.ts";
import type { ResultCache } from "./cache.ts";
import { type Located, locate } from "./locate.ts";
import { digest } from "./lock/digest.ts";
import { resultPage } from "./page.ts";
import type { Plan } from "./plan.ts";
import { mainPart } from "./studied.ts";
import { summarise } from "./summary.ts";
import type { PlanView, ResultPage, SummaryView } from "./view.ts";

export interface SnapshotQuery {
  readonly limit: number;
  readonly sort?: string;
  readonly descending?: boolean;
}

/** A notebook with its results as they stand at one moment: all of one plan, whatever runs meanwhile. */
export interface Snapshot {
  readonly notebook: Notebook;
  readonly view: PlanView;
  readonly versions: { readonly segbook: string; readonly engine: string };
  /** Files that the cells read, by path below the data folder. */
  readonly files: readonly { readonly path: string; readonly bytes: number; readonly sha256: string }[];
  /** The key under which a relation's result is kept, and the hash of its rows that a lock has; null where there is none. */
  print(relation: string): Promise<{ readonly key: string; readonly hash: string } | null>;
  page(relation: string, query: SnapshotQuery): Promise<ResultPage | Problem>;
  summary(relation: string): Promise<SummaryView | Problem>;
}

export function snapshotOf(plan: Plan, view: PlanView, from: { cache: ResultCache; signal: AbortSignal }): Snapshot {
  const { cache, signal } = from;
  const { engine } = plan.studies.request;
  const found = new Map<string, Promise<Located | Problem>>();
  const located = (relation: string) => {
    const known = found.get(relation) ?? locate(plan, relation, cache);
    found.set(relation, known);
    return known;
  };
  return {
    notebook: plan.notebook,
    view,
    versions: { segbook: version, engine: engine.version },
    files: filesOf(plan),
    print: async (relation) => {
      const at = await located(relation);
      if ("code" in at) return null;
      const { file, stored } = at;
      return { key: at.key, hash: (await digest({ engine, file, columns: stored.columns, signal })).hash };
    },
    page: async (relation, { limit, sort = null, descending = false }) => {
      const at = await located(relation);
      return "code" in at ? at : resultPage(engine, { ...at, relation, offset: 0, limit, sort, descending }, signal);
    },
    summary: async (relation) => {
      const at = await located(relation);
      return "code" in at ? at : summarise(engine, { ...at, relation }, signal);
    },
  };
}

function filesOf(plan: Plan): Snapshot["files"] {
  const files = new Map<string, Snapshot["files"][number]>();
  for (const studied of plan.cells) {
    const known = mainPart(studied)?.parts.files ?? {};
    for (const { path, bytes } of [...studied.files.values()].flat()) {
      const sha256 = known[path];
      if (sha256 !== undefined) files.set(path, { path, bytes, sha256 });
    }
  }
  return [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

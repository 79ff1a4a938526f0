import { Task, TaskStatus } from "@lit/task";
import type { ReactiveControllerHost } from "lit";
import type { Problem } from "../../server/notebook/model.ts";
import type { CellView, ResultPage } from "../../server/run/view.ts";
import type { NotebookOverview } from "../state/overview.ts";
import { allRows } from "../state/relation.ts";
import { problemOf, type RelationAt } from "../state/results.ts";

/** One monitor cell with the relations that the page shows. */
export interface WatchedCell {
  readonly path: string;
  readonly title: string;
  readonly cell: string;
  readonly alerts: ResultPage;
  readonly incidents: ResultPage | null;
  readonly series: ResultPage | null;
}

const MOST_ALERTS = 500;
const MOST_POINTS = 60_000;

/** The relations of every monitor that has a result; null until they were read for the first time. */
export class MonitorRelations {
  #value: readonly WatchedCell[] | null = null;
  readonly #task: Task<readonly [string], readonly WatchedCell[]>;

  constructor(host: ReactiveControllerHost, monitors: () => readonly { entry: NotebookOverview; cell: CellView }[]) {
    this.#task = new Task(host, {
      args: () =>
        [
          monitors()
            .map(({ entry, cell }) => `${entry.listing.path} ${cell.id} ${cell.key}`)
            .join("\n"),
        ] as const,
      task: async (_, { signal }) => {
        this.#value = await Promise.all(monitors().map((each) => read(each, signal)));
        return this.#value;
      },
    });
  }

  /** Why they could not be read; null where they could. */
  get problem(): Problem | null {
    return this.#task.status === TaskStatus.ERROR ? problemOf(this.#task.error) : null;
  }

  get value(): readonly WatchedCell[] | null {
    return this.#value;
  }
}

async function read(
  { entry, cell }: { entry: NotebookOverview; cell: CellView },
  signal: AbortSignal,
): Promise<WatchedCell> {
  const at = (suffix: string): RelationAt => {
    const relation = `${cell.id}${suffix}`;
    return { relation, key: cell.relations.find(({ name }) => name === relation)?.key ?? null };
  };
  const has = (suffix: string) => cell.relations.some((relation) => relation.name === `${cell.id}${suffix}`);
  const rows = (suffix: string, most: number) => allRows({ results: entry.results, at: at(suffix) }, { most, signal });
  const [alerts, incidents, series] = await Promise.all([
    rows("", MOST_ALERTS),
    has("_incidents") ? rows("_incidents", MOST_ALERTS) : null,
    has("_series") ? rows("_series", MOST_POINTS) : null,
  ]);
  return { path: entry.listing.path, title: entry.listing.title, cell: cell.id, alerts, incidents, series };
}

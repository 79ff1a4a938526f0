import { Task, TaskStatus } from "@lit/task";
import type { ReactiveControllerHost } from "lit";
import { type Alert, type Incident, incidentsOf } from "../../server/figures/alerts.ts";
import { baselineOf } from "../../server/figures/learning-words.ts";
import { standingWords } from "../../server/figures/living-alerts.ts";
import { type PeriodKind, periodKind } from "../../server/figures/series-period.ts";
import { type Series, seriesOf } from "../../server/figures/series-points.ts";
import { type SeriesTile, type Surroundings, tilesOf } from "../../server/figures/series-tiles.ts";
import { pausedOf, type Stale, staleOf } from "../../server/figures/staleness.ts";
import { isUndecided, type StandingDrift, type Watching, watchingOf } from "../../server/figures/standing-drifts.ts";
import type { Problem } from "../../server/notebook/model.ts";
import type { CellView } from "../../server/run/view.ts";
import type { NotebookOverview } from "../state/overview.ts";
import { allRows } from "../state/relation.ts";
import { problemOf, type RelationAt } from "../state/results.ts";

/** One monitor cell with what the page shows of it. */
export interface WatchedCell {
  readonly path: string;
  readonly title: string;
  readonly cell: string;
  readonly period: PeriodKind;
  readonly alerts: readonly Alert[];
  readonly incidents: readonly Incident[];
  readonly series: readonly Series[];
  readonly stale: readonly Stale[];
  readonly watching: Watching;
  /** Its series with how they stand by what drifts. */
  readonly tiles: (drifts: readonly StandingDrift[]) => readonly SeriesTile[];
  /** In the monitor's order. */
  readonly metrics: readonly string[];
  /** What is to be known of all series of a metric, by its name. */
  readonly notes: Readonly<Record<string, string>>;
  /** Points that were not read, because there are too many. */
  readonly unread: number;
}

const MOST_ROWS = 1_000;
const MOST_POINTS = 400_000;

/** What was read last stays: who comes back from a series finds the wall as it was. */
let last: { readonly mark: string; readonly value: readonly WatchedCell[] } | null = null;

/** The relations of every monitor that has a result; null until they were read for the first time. */
export class MonitorRelations {
  readonly #task: Task<readonly [string], readonly WatchedCell[]>;

  constructor(host: ReactiveControllerHost, monitors: () => readonly { entry: NotebookOverview; cell: CellView }[]) {
    this.#task = new Task(host, {
      args: () =>
        [
          monitors()
            .map(({ entry, cell }) => `${entry.listing.path} ${cell.id} ${cell.key}`)
            .join("\n"),
        ] as const,
      task: async ([mark], { signal }) => {
        if (last?.mark === mark) return last.value;
        const value = await Promise.all(monitors().map((each) => read(each, signal)));
        last = { mark, value };
        return value;
      },
    });
  }

  /** Why they could not be read; null where they could. */
  get problem(): Problem | null {
    return this.#task.status === TaskStatus.ERROR ? problemOf(this.#task.error) : null;
  }

  get value(): readonly WatchedCell[] | null {
    return last?.value ?? null;
  }
}

async function read(
  { entry, cell }: { entry: NotebookOverview; cell: CellView },
  signal: AbortSignal,
): Promise<WatchedCell> {
  const rows = (suffix: string, most: number) => {
    const relation = `${cell.id}${suffix}`;
    const known = cell.relations.find(({ name }) => name === relation);
    if (known === undefined) return null;
    const at: RelationAt = { relation, key: known.key };
    return allRows({ results: entry.results, at }, { most, signal });
  };
  const [incidents, points, stale] = await Promise.all([
    rows("_incidents", MOST_ROWS),
    rows("_series", MOST_POINTS),
    rows("_staleness", MOST_ROWS),
  ]);
  const series = points === null ? [] : seriesOf(points);
  const alerts = entry.alerts.get(cell.id) ?? [];
  const period = periodKind(series);
  const paused = stale === null ? [] : staleOf(stale);
  const known = {
    ...{ period, baseline: baselineOf(cell.body) },
    paused: pausedOf(paused),
    // Said once in the head of the column.
    machineOpens: "apart" as const,
  };
  const tiles = (drifts: readonly StandingDrift[]) => tilesOf(series, standingIn(known, drifts), "recent");
  return {
    watching: watchingOf(cell.body, period),
    ...{ path: entry.listing.path, title: entry.listing.title, cell: cell.id, period },
    ...{ alerts, series, tiles, stale: paused },
    incidents: incidents === null ? [] : incidentsOf(incidents),
    notes: cell.problems.some(({ code }) => code === "machine-opens") ? { open_rate: "may include machine opens" } : {},
    metrics: [...new Set(series.map(({ metric }) => metric))],
    unread: points === null ? 0 : points.total - points.rows.length,
  };
}

/** What is known of series by what drifts, with what was decided of it. */
export function standingIn(known: Omit<Surroundings, "alerts">, drifts: readonly StandingDrift[]): Surroundings {
  const decided = new Map(drifts.map((drift) => [drift.found, drift]));
  return {
    ...known,
    alerts: drifts.map(({ found }) => found),
    decided: (alert) => {
      const drift = decided.get(alert);
      return drift === undefined || isUndecided(drift) || drift.recorded === null ? "" : standingWords(drift.recorded);
    },
  };
}

import type { Alert } from "../../server/figures/alerts.ts";
import { populationOf, type SegmentSize, segmentSizes } from "../../server/figures/segmentation.ts";
import type { Problem } from "../../server/notebook/model.ts";
import { segmentColumn } from "../../server/notebook/segment-column.ts";
import type { FindingView, NotebookListing, PlanView } from "../../server/run/view.ts";
import type { HistoryView } from "../../server/segments/history/view.ts";
import { alertsFound } from "./alerts-found.ts";
import type { Api } from "./api.ts";
import { ProblemError, Results } from "./results.ts";
import { Watchable } from "./watchable.ts";

/** One notebook among all, as the pages over all notebooks show it. */
export interface NotebookOverview {
  readonly listing: NotebookListing;
  readonly plan: PlanView | null;
  readonly problem: Problem | null;
  readonly results: Results;
  /** Sizes by cell, of those that have a result. */
  readonly sizes: ReadonlyMap<string, readonly SegmentSize[]>;
  /** What there is to say of it without running it; empty where that can't be told. */
  readonly findings: readonly FindingView[];
  /** What refreshes recorded; null where that can't be read. */
  readonly history: HistoryView | null;
  /** What monitor cells find, by cell, of those that have a result. */
  readonly alerts: ReadonlyMap<string, readonly Alert[]>;
}

const NO_VALUES = {};

/** What all notebooks of the workspace come to, by their own inputs' values; loaded when asked for. */
export class Overview extends Watchable {
  #entries: readonly NotebookOverview[] | null = null;
  #loading: AbortController | null = null;

  constructor(private readonly api: Api) {
    super();
  }

  /** Null until it was loaded for the first time. */
  get entries(): readonly NotebookOverview[] | null {
    return this.#entries;
  }

  get loading(): boolean {
    return this.#loading !== null;
  }

  /** How many segments have a size, over all notebooks; null where nothing is known yet. */
  get segments(): number | null {
    return this.#entries?.flatMap((entry) => [...entry.sizes.values()].flat()).length ?? null;
  }

  /** Whether it was loaded of these notebooks as they are. */
  holds(listings: readonly NotebookListing[]): boolean {
    const known = new Map(this.#entries?.map(({ listing }) => [listing.path, listing.modified]));
    return listings.every(({ path, modified }) => known.get(path) === modified);
  }

  /** Loads everything anew; the newest call wins. */
  async load(listings: readonly NotebookListing[]): Promise<void> {
    this.#loading?.abort();
    const abort = new AbortController();
    this.#loading = abort;
    this.changed();
    try {
      const entries: NotebookOverview[] = [];
      for (const listing of listings) entries.push(await this.#entry(listing, abort.signal));
      if (!abort.signal.aborted) this.#entries = entries;
    } catch (error) {
      if (!abort.signal.aborted) throw error;
    } finally {
      if (this.#loading === abort) {
        this.#loading = null;
        this.changed();
      }
    }
  }

  async #entry(listing: NotebookListing, signal: AbortSignal): Promise<NotebookOverview> {
    const planned = await this.api.plan({ path: listing.path }, signal);
    const results = new Results(this.api, listing.path, () => NO_VALUES);
    const sizes = new Map<string, SegmentSize[]>();
    const alerts = new Map<string, readonly Alert[]>();
    const nothing = { sizes, history: null, alerts, findings: [] };
    if (!planned.ok) return { listing, plan: null, problem: planned.problem, results, ...nothing };
    const plan = planned.value;
    for (const cell of plan.cells) {
      if (cell.state !== "fresh") continue;
      if (cell.kind === "monitor") {
        const found = await known(alertsFound({ results, cell, signal }));
        if (found !== null) alerts.set(cell.id, found);
      } else if (segmentColumn(cell.kind) !== null) {
        const summary = await known(results.summary({ relation: cell.id, key: cell.key }, signal));
        if (summary !== null) sizes.set(cell.id, segmentSizes(cell, summary, populationOf(cell, plan)));
      }
    }
    // What was recorded is told of stale cells too.
    const recorded = plan.cells.some(({ kind }) => segmentColumn(kind) !== null)
      ? await this.api.history({ path: listing.path, segments: [], set: NO_VALUES }, signal)
      : null;
    const history = recorded?.ok ? recorded.value : null;
    const checked = sizes.size === 0 ? null : await this.api.check({ path: listing.path, silos: "known" }, signal);
    const findings = checked?.ok ? checked.value.findings : [];
    return { listing, plan, problem: null, results, sizes, history, alerts, findings };
  }
}

/** What can be read; null where the server says why it can't be. */
async function known<T>(read: Promise<T>): Promise<T | null> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof ProblemError) return null;
    throw error;
  }
}

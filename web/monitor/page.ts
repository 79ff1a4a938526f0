import { css, html, LitElement, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import { headline } from "../../server/figures/alert-words.ts";
import { STATE_WORDS } from "../../server/figures/cell-words.ts";
import { formatCount } from "../../server/figures/format.ts";
import { learningOf, quietWords } from "../../server/figures/learning-words.ts";
import { NEWEST } from "../../server/figures/series-period.ts";
import type { SeriesTile } from "../../server/figures/series-tiles.ts";
import {
  isUndecided,
  type StandingDrift,
  waitingOf,
  waitingWords,
  watchingOf,
} from "../../server/figures/standing-drifts.ts";
import type { AlertsView, AlertView } from "../../server/run/alerts/view.ts";
import type { CellView } from "../../server/run/view.ts";
import "../parts/button.ts";
import "../parts/empty.ts";
import "../parts/problem.ts";
import "../parts/skeleton.ts";
import { withCode } from "../parts/with-code.ts";
import { isTyping } from "../shell/key-reader.ts";
import { page } from "../shell/page-style.ts";
import { CellRuns } from "../state/cell-runs.ts";
import type { NotebookOverview } from "../state/overview.ts";
import { OverviewLoad } from "../state/overview-load.ts";
import { routeHref } from "../state/route.ts";
import { driftsOf, recordedOf } from "../state/waiting-alerts.ts";
import { Watch } from "../state/watchable.ts";
import type { Workbench } from "../state/workbench.ts";
import { base } from "../theme/base.ts";
import "./alert-list.ts";
import "./inbox/inbox.ts";
import { MonitorRelations, type WatchedCell } from "./relations.ts";
import "./wall.ts";
import { leadWords, listWords, newestOf, unreadWords } from "./page-words.ts";
import { wallPlace } from "./wall-place.ts";

/** Everything that is watched, over all notebooks: what drifts first, then each segment by each metric. */
@customElement("seg-monitor-page")
export class SegMonitorPage extends LitElement {
  static override styles = [
    base,
    page,
    css`
      .drifts {
        margin-bottom: var(--gap-4);
      }
      .quiet {
        margin-bottom: var(--gap-3);
      }
      h2 span {
        color: var(--ink-3);
        font-weight: 400;
      }
    `,
  ];

  @property({ attribute: false }) bench: Workbench | null = null;
  readonly #load = new OverviewLoad(this, () => this.bench);
  readonly #relations = new MonitorRelations(this, () => this.#monitors());
  readonly #runs = new CellRuns(() => this.bench);
  readonly #walls = new WeakMap<
    WatchedCell,
    { readonly view: AlertsView | null; readonly tiles: readonly SeriesTile[] }
  >();
  #cameBack = false;

  constructor() {
    super();
    new Watch(this, () => [this.bench?.alerts, this.#runs]);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#cameBack = true;
    addEventListener("keydown", this.#key);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener("keydown", this.#key);
  }

  /** Who comes back from a series stands where they left. */
  override updated(): void {
    if (!this.#cameBack || this.#relations.value === null) return;
    this.#cameBack = false;
    for (const each of this.#relations.value) {
      if (!wallPlace(each.path, each.cell).left) continue;
      wallPlace(each.path, each.cell).left = false;
      void this.#wall(each.cell)?.focusSeries();
    }
  }

  override render() {
    if (this.bench === null) return nothing;
    const entries = this.#load.entries;
    if (entries === null) return html`<h1>Monitor</h1><seg-skeleton kind="chart"></seg-skeleton>`;
    const monitors = this.#monitors();
    const waiting = entries.flatMap((entry) =>
      monitorsOf(entry)
        .filter((cell) => cell.state !== "fresh")
        .map((cell) => ({ entry, cell })),
    );
    if (monitors.length + waiting.length === 0) return this.#empty();
    const watched = this.#relations.value;
    if (watched === null) {
      const { problem } = this.#relations;
      return html`<h1>Monitor</h1>
        ${problem === null ? html`<seg-skeleton kind="chart"></seg-skeleton>` : html`<seg-problem .problem=${problem}></seg-problem>`}`;
    }
    const unread = waiting.map(({ entry, cell }) => ({
      ...{ path: entry.listing.path, cell: cell.id, alerts: [], watching: watchingOf(null, "day") },
    }));
    const drifts = [...watched, ...unread].flatMap((each) => this.#drifts(each));
    const alerts = drifts.filter(isUndecided).map(({ found }) => found);
    const now = new Map(drifts.map(({ found, recorded }) => [recorded?.id, found]));
    const series = watched.flatMap((each) => each.series);
    const decided = this.bench.alerts.view?.alerts.some(({ state }) => state === "acknowledged" || state === "snoozed");
    const quiet = decided && alerts.length === 0;
    return html`<h1>${monitors.length + alerts.length === 0 ? "Nothing has been watched yet" : quiet ? "Nothing new drifts" : headline(alerts, learningOf(series))}</h1>
      ${series.length === 0 && alerts.length > 0 ? nothing : html`<p class="lead">${waitingWords(waitingOf(drifts))} ${leadWords(watched)} ${listWords(this.bench.alerts.view?.list)}</p>`}
      <seg-inbox .bench=${this.bench} .found=${({ id }: AlertView) => now.get(id) ?? null} newest=${newestOf(series)} @up-to-date=${() => void this.#runWaiting()}></seg-inbox>
      ${watched.map((each) => this.#watched(each))} ${waiting.map(({ entry, cell }) => this.#waiting(entry, cell))}`;
  }

  /** What drifts, by what is found and what is recorded of it. */
  #drifts(each: Pick<WatchedCell, "path" | "cell" | "alerts" | "watching">): readonly StandingDrift[] {
    return driftsOf(each, this.bench?.alerts.view ?? null);
  }

  /** Told anew only where what is found or recorded is another: a wall keeps its drawings by its tiles. */
  #tiles(each: WatchedCell): readonly SeriesTile[] {
    const view = this.bench?.alerts.view ?? null;
    const known = this.#walls.get(each);
    if (known?.view === view) return known.tiles;
    const tiles = each.tiles(this.#drifts(each));
    this.#walls.set(each, { view, tiles });
    return tiles;
  }

  #empty() {
    return html`<h1>Monitor</h1>
      <seg-empty
        heading="No notebook watches its segments yet"
        text="Add a monitor cell to a notebook: it reads who was sent what and says which segment drifts, since when and by how much."
      ></seg-empty>`;
  }

  #watched(each: WatchedCell) {
    const { path, cell, title, metrics, unread } = each;
    const href = routeHref({ page: "notebook", path, cell });
    const span = NEWEST[each.period] > 1 ? `of ${NEWEST[each.period]} ${each.period}s` : "";
    return html`<section aria-label=${`${title}, ${cell}`}>
      <h2><a href=${href}>${cell}</a> <span>of ${title}</span></h2>
      ${this.#found(each)}
      ${unread === 0 ? nothing : html`<p class="quiet">${unreadWords(unread)}</p>`}
      <seg-monitor-wall
        data-cell=${cell}
        .tiles=${this.#tiles(each)}
        .metrics=${metrics}
        .place=${wallPlace(path, cell)}
        .href=${(tile: SeriesTile) => seriesPage(each, tile)}
        .notes=${each.notes}
        span=${span}
        label=${`Series of ${cell}`}
        @click=${() => {
          wallPlace(path, cell).left = true;
        }}
      ></seg-monitor-wall>
    </section>`;
  }

  /** What was found and is not in the inbox. */
  #found(each: WatchedCell) {
    const { incidents, series } = each;
    const drifts = this.#drifts(each);
    const recorded = recordedOf(this.bench?.alerts.view ?? null, each);
    if (recorded !== null) {
      const more = drifts.filter(({ found, recorded }) => recorded === null && found.tier !== "watch").length;
      if (more === 0) return nothing;
      return html`<p class="quiet">
        ${more === 1 ? "One alert was" : `${formatCount(more)} alerts were`} found since it was recorded: bring it up to date to keep ${more === 1 ? "it" : "them"}.
      </p>`;
    }
    if (drifts.length + incidents.length === 0) {
      return html`<p class="quiet">${learningOf(series) === "none" ? "Nothing drifts here." : quietWords(series)}</p>`;
    }
    return html`<div class="card drifts">
      <seg-alert-list
        .alerts=${drifts.map(({ found }) => found)}
        .incidents=${incidents}
        period=${each.period}
        .page=${(one: { segment: string; metric: string }) => seriesPage(each, one)}
      ></seg-alert-list>
    </div>`;
  }

  #waiting(entry: NotebookOverview, cell: CellView) {
    const href = routeHref({ page: "notebook", path: entry.listing.path, cell: cell.id });
    return html`<section>
      <h2><a href=${href}>${cell.id}</a> <span>of ${entry.listing.title}</span></h2>
      <p class="quiet">
        It has no result of today: ${withCode(cell.reason ?? STATE_WORDS[cell.state])}
        <seg-button
          label=${`Run ${cell.id} of ${entry.listing.title}`}
          ?busy=${this.#runs.isRunning(entry.listing.path, cell.id)}
          @click=${() => void this.#runs.run(entry.listing.path, [cell.id])}
          >Run</seg-button
        >
      </p>
    </section>`;
  }

  /** What was recorded may be what a monitor counts by: it is counted anew then. */
  async #runWaiting(): Promise<void> {
    const { bench } = this;
    await bench?.overview.load(bench.workspace?.notebooks ?? []);
    for (const entry of this.#load.entries ?? []) {
      const stale = monitorsOf(entry).filter(({ state }) => state === "stale");
      await this.#runs.run(
        entry.listing.path,
        stale.map(({ id }) => id),
      );
    }
  }

  #monitors(): { entry: NotebookOverview; cell: CellView }[] {
    return (this.#load.entries ?? []).flatMap((entry) =>
      monitorsOf(entry)
        .filter((cell) => cell.state === "fresh")
        .map((cell) => ({ entry, cell })),
    );
  }

  #wall(cell: string) {
    return [...this.renderRoot.querySelectorAll("seg-monitor-wall")].find((wall) => wall.dataset.cell === cell);
  }

  /** A stroke of `/` goes to the filter of the wall at hand. */
  readonly #key = (event: KeyboardEvent): void => {
    if (event.key !== "/" || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (isTyping(event.composedPath())) return;
    const here = event.composedPath().find((each) => each instanceof HTMLElement && each.matches("section"));
    const section = here instanceof HTMLElement ? here : this.renderRoot.querySelector("section");
    const wall = section?.querySelector("seg-monitor-wall");
    if (wall === null || wall === undefined) return;
    event.preventDefault();
    wall.focusFilter();
  };
}

function monitorsOf(entry: NotebookOverview): CellView[] {
  return (entry.plan?.cells ?? []).filter((cell) => cell.kind === "monitor");
}

function seriesPage({ path, cell }: WatchedCell, { segment, metric }: { segment: string; metric: string }): string {
  return routeHref({ page: "series", path, series: { cell, segment, metric } });
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-monitor-page": SegMonitorPage;
  }
}

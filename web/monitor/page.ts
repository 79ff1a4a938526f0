import { css, html, LitElement, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import { headline } from "../../server/figures/alert-words.ts";
import { STATE_WORDS } from "../../server/figures/cell-words.ts";
import { formatCount } from "../../server/figures/format.ts";
import { learningOf, quietWords } from "../../server/figures/learning-words.ts";
import { NEWEST } from "../../server/figures/series-period.ts";
import type { Series } from "../../server/figures/series-points.ts";
import type { SeriesTile } from "../../server/figures/series-tiles.ts";
import type { CellView } from "../../server/run/view.ts";
import "../parts/empty.ts";
import "../parts/problem.ts";
import "../parts/skeleton.ts";
import { withCode } from "../parts/with-code.ts";
import { isTyping } from "../shell/key-reader.ts";
import { page } from "../shell/page-style.ts";
import type { NotebookOverview } from "../state/overview.ts";
import { OverviewLoad } from "../state/overview-load.ts";
import { routeHref } from "../state/route.ts";
import type { Workbench } from "../state/workbench.ts";
import { base } from "../theme/base.ts";
import "./alert-list.ts";
import { MonitorRelations, type WatchedCell } from "./relations.ts";
import "./wall.ts";
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
  #cameBack = false;

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
    const alerts = watched.flatMap((each) => each.alerts);
    const series = watched.flatMap((each) => each.series);
    return html`<h1>${monitors.length === 0 ? "Nothing has been watched yet" : headline(alerts, learningOf(series))}</h1>
      <p class="lead">${leadWords(series)}</p>
      ${watched.map((each) => this.#watched(each))} ${waiting.map(({ entry, cell }) => this.#waiting(entry, cell))}`;
  }

  #empty() {
    return html`<h1>Monitor</h1>
      <seg-empty
        heading="No notebook watches its segments yet"
        text="Add a monitor cell to a notebook: it reads who was sent what and says which segment drifts, since when and by how much."
      ></seg-empty>`;
  }

  #watched(each: WatchedCell) {
    const { path, cell, title, alerts, incidents, series, tiles, metrics, unread } = each;
    const href = routeHref({ page: "notebook", path, cell });
    const span = NEWEST[each.period] > 1 ? `of ${NEWEST[each.period]} ${each.period}s` : "";
    return html`<section aria-label=${`${title}, ${cell}`}>
      <h2><a href=${href}>${cell}</a> <span>of ${title}</span></h2>
      ${
        alerts.length + incidents.length === 0
          ? html`<p class="quiet">${learningOf(series) === "none" ? "Nothing drifts here." : quietWords(series)}</p>`
          : html`<div class="card drifts">
              <seg-alert-list
                .alerts=${alerts}
                .incidents=${incidents}
                .page=${(one: { segment: string; metric: string }) => seriesPage(each, one)}
              ></seg-alert-list>
            </div>`
      }
      ${unread === 0 ? nothing : html`<p class="quiet">${formatCount(unread)} points were not read: there are too many to show.</p>`}
      <seg-monitor-wall
        data-cell=${cell}
        .tiles=${tiles}
        .metrics=${metrics}
        .place=${wallPlace(path, cell)}
        .href=${(tile: SeriesTile) => seriesPage(each, tile)}
        span=${span}
        label=${`Series of ${cell}`}
        @click=${() => {
          wallPlace(path, cell).left = true;
        }}
      ></seg-monitor-wall>
    </section>`;
  }

  #waiting(entry: NotebookOverview, cell: CellView) {
    const href = routeHref({ page: "notebook", path: entry.listing.path, cell: cell.id });
    return html`<section>
      <h2><a href=${href}>${cell.id}</a> <span>of ${entry.listing.title}</span></h2>
      <p class="quiet">It has no result of today: ${withCode(cell.reason ?? STATE_WORDS[cell.state])} Run it in its notebook.</p>
    </section>`;
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

/** `14 segments, 3 rates each, 168 periods.` */
function leadWords(series: readonly Series[]): string {
  if (series.length === 0) return "Each refresh counts what every segment did; there is nothing counted yet.";
  const segments = new Set(series.map((each) => each.segment)).size;
  const metrics = new Set(series.map((each) => each.metric)).size;
  const periods = Math.max(...series.map((each) => each.points.length));
  const plural = (count: number, noun: string) => `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;
  return `${plural(segments, "segment")}, ${plural(metrics, "metric")} each, ${plural(periods, "period")}. The band is what was expected; a drift names its first period and how surely it is known.`;
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-monitor-page": SegMonitorPage;
  }
}

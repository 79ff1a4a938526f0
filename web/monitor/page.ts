import { css, html, LitElement, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { CellView } from "../../server/run/view.ts";
import "../parts/empty.ts";
import { STATE_WORDS } from "../../server/figures/cell-words.ts";
import { formatCount } from "../../server/figures/format.ts";
import { type Series, seriesOf } from "../../server/figures/series-points.ts";
import "../parts/problem.ts";
import "../parts/series-wall.ts";
import "../parts/skeleton.ts";
import { withCode } from "../parts/with-code.ts";
import { page } from "../shell/page-style.ts";
import type { NotebookOverview } from "../state/overview.ts";
import { OverviewLoad } from "../state/overview-load.ts";
import { routeHref } from "../state/route.ts";
import type { Workbench } from "../state/workbench.ts";
import { base } from "../theme/base.ts";
import "./alert-list.ts";
import { alertsOf, incidentsOf } from "../../server/figures/alerts.ts";
import { lookAt } from "./look.ts";
import { MonitorRelations, type WatchedCell } from "./relations.ts";
import "./span-button.ts";
import { headline } from "../../server/figures/alert-words.ts";
import { learningOf, quietWords } from "../../server/figures/learning-words.ts";
import { isCut, tilesOf } from "../../server/figures/series-tiles.ts";

/** Everything that is watched, over all notebooks: what drifts first, then each series. */
@customElement("seg-monitor-page")
export class SegMonitorPage extends LitElement {
  static override styles = [
    base,
    page,
    css`
      .drifts {
        margin-bottom: var(--gap-4);
      }
      h2 span {
        color: var(--ink-3);
        font-weight: 400;
      }
    `,
  ];

  @property({ attribute: false }) bench: Workbench | null = null;
  @state() private span: "recent" | "all" = "recent";
  readonly #load = new OverviewLoad(this, () => this.bench);
  readonly #relations = new MonitorRelations(this, () => this.#monitors());

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
    const alerts = watched.flatMap((each) => alertsOf(each.alerts));
    const series = watched.flatMap((each) => (each.series === null ? [] : seriesOf(each.series)));
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
    const alerts = alertsOf(each.alerts);
    const incidents = each.incidents === null ? [] : incidentsOf(each.incidents);
    const series = each.series === null ? [] : seriesOf(each.series);
    const href = routeHref({ page: "notebook", path: each.path, cell: each.cell });
    return html`<section aria-label=${`${each.title}, ${each.cell}`}>
      <h2><a href=${href}>${each.cell}</a> <span>of ${each.title}</span></h2>
      ${
        alerts.length + incidents.length === 0
          ? html`<p class="quiet">${learningOf(series) === "none" ? "Nothing drifts here." : quietWords(series)}</p>`
          : html`<div class="card drifts">
              <seg-alert-list
                .alerts=${alerts}
                .incidents=${incidents}
                @look=${(event: CustomEvent<{ segment: string; metric: string }>) => void this.#look(event)}
              ></seg-alert-list>
            </div>`
      }
      <seg-series-wall .tiles=${tilesOf(series, alerts, this.span)} label=${`Series of ${each.cell}`}></seg-series-wall>
      ${
        isCut(series)
          ? html`<seg-span-button .span=${this.span} @span=${(event: CustomEvent<{ span: "recent" | "all" }>) => {
              this.span = event.detail.span;
            }}></seg-span-button>`
          : nothing
      }
    </section>`;
  }

  #waiting(entry: NotebookOverview, cell: CellView) {
    const href = routeHref({ page: "notebook", path: entry.listing.path, cell: cell.id });
    return html`<section>
      <h2><a href=${href}>${cell.id}</a> <span>of ${entry.listing.title}</span></h2>
      <p class="quiet">It has no result of today: ${withCode(cell.reason ?? STATE_WORDS[cell.state])} Run it in its notebook.</p>
    </section>`;
  }

  async #look(event: CustomEvent<{ segment: string; metric: string }>): Promise<void> {
    const section = (event.currentTarget as HTMLElement).closest("section");
    await lookAt(section?.querySelector("seg-series-wall") ?? null, event.detail);
  }

  #monitors(): { entry: NotebookOverview; cell: CellView }[] {
    return (this.#load.entries ?? []).flatMap((entry) =>
      monitorsOf(entry)
        .filter((cell) => cell.state === "fresh")
        .map((cell) => ({ entry, cell })),
    );
  }
}

function monitorsOf(entry: NotebookOverview): CellView[] {
  return (entry.plan?.cells ?? []).filter((cell) => cell.kind === "monitor");
}

/** `14 segments, 3 rates each, 168 periods.` */
function leadWords(series: readonly Series[]): string {
  if (series.length === 0) return "Each refresh counts what every segment did; there is nothing counted yet.";
  const segments = new Set(series.map((each) => each.segment)).size;
  const metrics = new Set(series.map((each) => each.metric)).size;
  const periods = Math.max(...series.map((each) => each.points.length));
  const plural = (count: number, noun: string) => `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;
  return `${plural(segments, "segment")}, ${plural(metrics, "rate")} each, ${plural(periods, "period")}. The band is what was expected; a drift names its first period and how surely it is known.`;
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-monitor-page": SegMonitorPage;
  }
}

import { css, html, nothing } from "lit";
import { customElement, state } from "lit/decorators.js";
import { CellOutput } from "../cells/output.ts";
import { notRun } from "../cells/relation-table.ts";
import "../parts/button.ts";
import "../parts/series-wall.ts";
import { type Series, seriesOf } from "../../server/figures/series-points.ts";
import type { ResultPage } from "../../server/run/view.ts";
import { AllRows, Rows } from "../state/relation.ts";
import { routeHref } from "../state/route.ts";
import "./alert-list.ts";
import { alertsOf, incidentsOf } from "../../server/figures/alerts.ts";
import { quietWords } from "../../server/figures/learning-words.ts";
import "./span-button.ts";
import { isCut, surroundings, tilesOf } from "../../server/figures/series-tiles.ts";

const MOST_POINTS = 60_000;
const FIRST_TILES = 8;

/** One monitor: its drifts, and its series as a wall. */
@customElement("seg-watch")
export class SegWatch extends CellOutput {
  static override styles = [
    ...CellOutput.styles,
    css`
      .drifts {
        border-bottom: 1px solid var(--line);
      }
      .wall {
        padding: var(--gap-3) 14px;
      }
      .steady {
        padding: 10px 14px 0;
        color: var(--ink-2);
      }
    `,
  ];

  @state() private all = false;
  @state() private span: "recent" | "all" = "recent";

  readonly #alerts = new Rows(this, () => this.reading(), { limit: 500 });
  readonly #incidents = new Rows(this, () => this.reading("_incidents"), { limit: 100 });
  readonly #series = new AllRows(this, () => this.reading("_series"), { most: MOST_POINTS });

  /** Sixty thousand points are read once, however often the page is told something. */
  #drawn: { readonly page: ResultPage; readonly series: readonly Series[] } | null = null;

  override render() {
    const alerts = this.#alerts.value === null ? null : alertsOf(this.#alerts.value);
    if (alerts === null) return notRun(this, this.#alerts);
    const incidents = this.#incidents.value === null ? [] : incidentsOf(this.#incidents.value);
    const series = this.#read();
    const isQuiet = alerts.length + incidents.length === 0;
    // Before the series are there, nobody knows whether they are within what was expected.
    return html`${
      isQuiet
        ? html`<div class="steady">${series === null ? "There is no alert." : quietWords(series)}</div>`
        : html`<div class="drifts">
              <seg-alert-list .alerts=${alerts} .incidents=${incidents} .page=${this.#page}></seg-alert-list>
            </div>`
    }
      ${this.#wall(alerts, series)}`;
  }

  #read(): readonly Series[] | null {
    const page = this.#series.value;
    if (page === null) return null;
    if (this.#drawn?.page !== page) this.#drawn = { page, series: seriesOf(page) };
    return this.#drawn.series;
  }

  #wall(alerts: ReturnType<typeof alertsOf>, series: readonly Series[] | null) {
    if (series === null) return html`<seg-skeleton kind="chart"></seg-skeleton>`;
    const tiles = tilesOf(series, surroundings(alerts), this.span);
    const shown = this.all ? tiles : tiles.slice(0, FIRST_TILES);
    return html`<div class="wall">
      <seg-series-wall .tiles=${shown} .href=${this.#page} label=${`Series of ${this.view?.id ?? ""}`}></seg-series-wall>
      ${
        shown.length === tiles.length
          ? nothing
          : html`<seg-button
              kind="quiet"
              @click=${() => {
                this.all = true;
              }}
              >Show all ${tiles.length} series</seg-button
            >`
      }
      ${
        isCut(series)
          ? html`<seg-span-button .span=${this.span} @span=${(event: CustomEvent<{ span: "recent" | "all" }>) => {
              this.span = event.detail.span;
            }}></seg-span-button>`
          : nothing
      }
    </div>`;
  }

  readonly #page = ({ segment, metric }: { segment: string; metric: string }): string =>
    routeHref({
      page: "series",
      path: this.session?.path ?? "",
      series: { cell: this.view?.id ?? "", segment, metric },
    });
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-watch": SegWatch;
  }
}

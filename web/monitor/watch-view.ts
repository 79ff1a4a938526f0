import { css, html, nothing } from "lit";
import { customElement, state } from "lit/decorators.js";
import { CellOutput } from "../cells/output.ts";
import { notRun } from "../cells/relation-table.ts";
import "../parts/button.ts";
import "../parts/series-wall.ts";
import { type Series, seriesOf } from "../../server/figures/series-points.ts";
import type { AlertAction, AlertView } from "../../server/run/alerts/view.ts";
import type { ResultPage } from "../../server/run/view.ts";
import { AllRows, Rows } from "../state/relation.ts";
import { routeHref } from "../state/route.ts";
import { Watch } from "../state/watchable.ts";
import "./alert-list.ts";
import { type Alert, alertsOf, incidentsOf } from "../../server/figures/alerts.ts";
import { formatCount } from "../../server/figures/format.ts";
import { baselineOf, quietWords } from "../../server/figures/learning-words.ts";
import { unreadWords } from "./page-words.ts";
import "./span-button.ts";
import { NEWEST, periodKind } from "../../server/figures/series-period.ts";
import { isCut, tilesOf } from "../../server/figures/series-tiles.ts";
import { worstFirst } from "../../server/figures/series-wall.ts";
import { pausedOf, staleOf } from "../../server/figures/staleness.ts";
import { type StandingDrift, standingDrifts, watchingOf } from "../../server/figures/standing-drifts.ts";
import { standingIn } from "./relations.ts";

const MOST_POINTS = 400_000;
const MOST_ALERTS = 1_000;
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
      .drifts .steady {
        padding: 8px 14px;
        border-top: 1px solid var(--line);
      }
      .wall {
        padding: var(--gap-3) 14px;
      }
      .span {
        margin: 0 0 var(--gap-2);
        color: var(--ink-2);
      }
      .steady {
        margin: 0;
        padding: 10px 14px 0;
        color: var(--ink-2);
      }
      .steady a {
        color: inherit;
        text-decoration-color: var(--line-strong);
        text-underline-offset: 3px;
      }
    `,
  ];

  @state() private all = false;
  @state() private span: "recent" | "all" = "recent";

  readonly #alerts = new AllRows(this, () => this.reading(), { most: MOST_ALERTS });
  readonly #incidents = new Rows(this, () => this.reading("_incidents"), { limit: 100 });
  readonly #series = new AllRows(this, () => this.reading("_series"), { most: MOST_POINTS });
  readonly #staleness = new AllRows(this, () => this.reading("_staleness"), { most: MOST_ALERTS });

  /** Sixty thousand points are read once, however often the page is told something. */
  #drawn: { readonly page: ResultPage; readonly series: readonly Series[] } | null = null;

  constructor() {
    super();
    new Watch(this, () => [this.session?.decisions.alerts]);
  }

  override render() {
    const alerts = this.#alerts.value === null ? null : alertsOf(this.#alerts.value);
    if (alerts === null) return notRun(this, this.#alerts);
    const incidents = this.#incidents.value === null ? [] : incidentsOf(this.#incidents.value);
    const series = this.#read();
    const drifts = this.#drifts(alerts, series);
    const isQuiet = drifts.length + incidents.length === 0;
    // Before the series are there, nobody knows whether they are within what was expected.
    return html`${
      isQuiet
        ? html`<div class="steady">${series === null ? "There is no alert." : quietWords(series)} ${this.#passed(alerts, drifts)}</div>`
        : html`<div class="drifts">
              <seg-alert-list
                .alerts=${drifts.map(({ found }) => found)}
                .incidents=${incidents}
                .recorded=${this.#recorded ?? []}
                period=${periodKind(series ?? [])}
                .page=${this.#page}
                @alert-act=${this.#act}
              ></seg-alert-list>
              ${this.#toRecord(drifts)}
              ${drifts.length === alerts.length ? nothing : html`<p class="steady">${this.#passed(alerts, drifts)}</p>`}
            </div>`
    }
      ${this.#wall(drifts, series)}`;
  }

  /** What the cell's rows tell of and drifts no more: the same as the monitor's page leaves out. */
  #passed(alerts: readonly Alert[], drifts: readonly StandingDrift[]): string {
    const found = new Set(drifts.map(({ found }) => found));
    const passed = alerts.filter((alert) => !found.has(alert)).length;
    if (passed === 0) return "";
    const [rows, are] =
      passed === 1 ? ["One more row", "is of a drift"] : [`${formatCount(passed)} more rows`, "are of drifts"];
    return `${rows} of ${this.view?.id ?? ""} ${are} that passed, came back or were closed.`;
  }

  /** What is recorded of this monitor; null where nothing is. */
  get #recorded(): readonly AlertView[] | null {
    const known = this.session?.decisions.alerts.view ?? null;
    const isMine = (each: { notebook: string; cell: string }) =>
      each.notebook === this.session?.path && each.cell === this.view?.id;
    return known?.recorded.some(isMine) ? known.alerts.filter(isMine) : null;
  }

  #drifts(alerts: readonly Alert[], series: readonly Series[] | null): readonly StandingDrift[] {
    return standingDrifts(alerts, this.#recorded, watchingOf(this.view?.body, periodKind(series ?? [])));
  }

  /** Where an alert that nobody has recorded can be. */
  #toRecord(drifts: readonly StandingDrift[]) {
    const isKnown = (this.session?.decisions.alerts.view ?? null) !== null;
    const more = drifts.filter(({ found, recorded }) => recorded === null && found.tier !== "watch").length;
    if (!isKnown || more === 0) return nothing;
    return html`<p class="steady">
      ${more === 1 ? "One alert is" : `${formatCount(more)} alerts are`} not recorded yet: bring the
      <a href="/monitor">monitor</a> up to date to decide on ${more === 1 ? "it" : "them"}.
    </p>`;
  }

  readonly #act = ({ detail }: CustomEvent<{ alert: AlertView; action: AlertAction }>): void => {
    void this.session?.decisions.act(detail.alert, detail.action);
  };

  #read(): readonly Series[] | null {
    const page = this.#series.value;
    if (page === null) return null;
    if (this.#drawn?.page !== page) this.#drawn = { page, series: seriesOf(page) };
    return this.#drawn.series;
  }

  #wall(drifts: readonly StandingDrift[], series: readonly Series[] | null) {
    if (series === null) return html`<seg-skeleton kind="chart"></seg-skeleton>`;
    const period = periodKind(series);
    const paused = this.#staleness.value === null ? [] : staleOf(this.#staleness.value);
    const known = {
      ...{ period, baseline: baselineOf(this.view?.body), paused: pausedOf(paused) },
      machineOpens: "apart" as const,
    };
    const tiles = worstFirst(tilesOf(series, standingIn(known, drifts), this.span));
    const shown = this.all ? tiles : tiles.slice(0, FIRST_TILES);
    const unread = this.#unread;
    return html`${unread === 0 ? nothing : html`<p class="steady">${unreadWords(unread)}</p>`}<div class="wall">
      ${NEWEST[period] === 1 ? nothing : html`<p class="span">Rates are of the newest ${NEWEST[period]} ${period}s.</p>`}
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

  /** Points that are not read, for there are too many to show. */
  get #unread(): number {
    const page = this.#series.value;
    return page === null ? 0 : page.total - page.rows.length;
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

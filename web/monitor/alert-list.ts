import { css, html, LitElement, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { AlertView } from "../../server/run/alerts/view.ts";
import "../parts/button.ts";
import "../parts/pill.ts";
import { alertParts, MEASURED, metricWords } from "../../server/figures/alert-words.ts";
import type { Alert, Incident } from "../../server/figures/alerts.ts";
import { incidentWords } from "../../server/figures/living-alerts.ts";
import type { PeriodKind } from "../../server/figures/series-period.ts";
import { insideOf, peopleFirst } from "../../server/figures/standing-drifts.ts";
import { base } from "../theme/base.ts";
import { alertColumns, alertRowStyle, directionMark, tierPill } from "./alert-row.ts";
import "./inbox/row.ts";

/** Alerts that are shown before all are asked for. */
const FIRST = 6;

/** Drifts with what is known of each, and of those that are recorded what can be done about them. Event: `alert-act` with `{ alert, action }`. */
@customElement("seg-alert-list")
export class SegAlertList extends LitElement {
  static override styles = [
    base,
    alertRowStyle,
    css`
      :host {
        display: block;
        font: var(--size-2) / 1.5 var(--font);
      }
      ul {
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li {
        ${alertColumns}
      }
      li.recorded {
        display: block;
        padding: 0;
      }
      li.common > ul {
        grid-column: 1 / -1;
        margin: 0 -14px -10px 18px;
        border-top: 1px solid var(--line);
        border-left: 2px solid var(--line-strong);
      }
      li + li {
        border-top: 1px solid var(--line);
      }
      .more {
        padding: 4px 8px;
        border-top: 1px solid var(--line);
      }
      li > a {
        padding: 3px 11px;
        border: 1px solid var(--line-strong);
        border-radius: 7px;
        background: var(--card);
        color: var(--ink);
        font-weight: 500;
        text-decoration: none;
      }
      li > a:hover {
        background: var(--sunk);
      }
      @media (max-width: 520px) {
        li {
          grid-template-columns: 18px minmax(0, 1fr);
        }
        li > a {
          grid-column: 2;
          justify-self: start;
        }
      }
    `,
  ];

  @property({ attribute: false }) alerts: readonly Alert[] = [];
  @state() private all = false;
  /** The address of a series' page. */
  @property({ attribute: false }) page: (series: { segment: string; metric: string }) => string = () => "";
  @property({ attribute: false }) incidents: readonly Incident[] = [];
  @property() period: PeriodKind = "day";
  /** Those that are recorded, which can be decided on. */
  @property({ attribute: false }) recorded: readonly AlertView[] = [];

  override render() {
    if (this.alerts.length === 0 && this.incidents.length === 0) return nothing;
    const alerts = peopleFirst(this.alerts, ({ metric }) => metric);
    const shown = new Set(this.all ? alerts : alerts.slice(0, FIRST));
    // One that two incidents could hold is the earlier one's.
    const taken = new Set<Alert>();
    const nested = this.incidents.map((incident) => {
      const own = insideOf(incident, alerts, this.period).filter((alert) => !taken.has(alert));
      for (const alert of own) taken.add(alert);
      return { incident, own, metric: incident.metric };
    });
    const alone = [...shown].filter((alert) => !taken.has(alert));
    // What is measured otherwise is no drift: it is told last, with its incidents.
    const measured = ({ metric }: { readonly metric: string }) => metric === MEASURED;
    const incidents = (which: typeof nested) =>
      which.map(({ incident, own }) => this.#incident(incident, { own, shown: own.filter((one) => shown.has(one)) }));
    return html`<ul aria-label="Drifts">
        ${incidents(nested.filter((one) => !measured(one)))}
        ${alone.filter((one) => !measured(one)).map((alert) => this.#alert(alert))}
        ${incidents(nested.filter(measured))} ${alone.filter(measured).map((alert) => this.#alert(alert))}
      </ul>
      ${
        this.alerts.length <= FIRST
          ? nothing
          : html`<p class="more">
              <seg-button
                kind="quiet"
                @click=${() => {
                  this.all = !this.all;
                }}
                >${this.all ? `Show the ${FIRST} worst` : `Show all ${this.alerts.length}`}</seg-button
              >
            </p>`
      }`;
  }

  #alert(alert: Alert) {
    const recorded = this.recorded.find(
      ({ state, finding }) =>
        state !== "closed" && finding.segment === alert.segment && finding.metric === alert.metric,
    );
    if (recorded !== undefined) {
      return html`<li class="recorded">
        <seg-inbox-row .alert=${recorded} .found=${alert} href=${this.page(alert)}></seg-inbox-row>
      </li>`;
    }
    const { title, detail } = alertParts(alert);
    return html`<li>
      ${directionMark(alert)}
      <div>
        <b>${title}</b> ${tierPill(alert.tier)}
        <p>${detail}</p>
      </div>
      <a href=${this.page(alert)}>Look<span class="spoken"> at ${alert.segment}, ${metricWords(alert.metric)}</span></a>
    </li>`;
  }

  #incident(incident: Incident, { own, shown }: { own: readonly Alert[]; shown: readonly Alert[] }) {
    return html`<li class="common">
      <span class="mark" aria-hidden="true">◆</span>
      <div>
        <b>Many segments moved together</b> <seg-pill tone="stale">incident</seg-pill>
        <p>${incident.explanation}${own.length === 0 ? nothing : html` ${incidentWords({ all: own.length, decided: 0, shown: shown.length })}`}</p>
      </div>
      ${shown.length === 0 ? nothing : html`<ul aria-label="Alerts of this incident">${shown.map((alert) => this.#alert(alert))}</ul>`}
    </li>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-alert-list": SegAlertList;
  }
}

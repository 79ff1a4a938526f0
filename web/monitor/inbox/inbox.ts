import { css, html, LitElement, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { MEASURED } from "../../../server/figures/alert-words.ts";
import type { Alert } from "../../../server/figures/alerts.ts";
import { incidentWords, isWaiting } from "../../../server/figures/living-alerts.ts";
import { peopleFirst } from "../../../server/figures/standing-drifts.ts";
import type { Annotation, AuditEntry, LivingIncident } from "../../../server/monitor/life/model.ts";
import type { AlertAction, AlertsView, AlertView, AnnotationText } from "../../../server/run/alerts/view.ts";
import "../../parts/button.ts";
import { emit } from "../../parts/emit.ts";
import "../../parts/pill.ts";
import "../../parts/problem.ts";
import "../../parts/progress.ts";
import { routeHref } from "../../state/route.ts";
import { Watch } from "../../state/watchable.ts";
import type { Workbench } from "../../state/workbench.ts";
import { base } from "../../theme/base.ts";
import "./annotate.ts";
import "./bar.ts";
import "./done.ts";
import { noteList, noteStyle } from "./notes.ts";
import { isMeant, type Of, scopesOf, touches } from "./of.ts";
import "./row.ts";

/** Waiting alerts that are shown before all are asked for. */
const FIRST = 6;

/** An alert, or an incident of several. */
interface Measured {
  readonly finding: { readonly metric: string };
}

/** What is recorded of monitors: alerts with what can be done about them, annotations, and what was done. Event: `up-to-date`. */
@customElement("seg-inbox")
export class SegInbox extends LitElement {
  static override styles = [
    base,
    noteStyle,
    css`
      :host {
        display: block;
        margin: 0 0 var(--gap-4);
        font: var(--size-2) / 1.5 var(--font);
        color: var(--ink-2);
      }
      seg-inbox-bar {
        margin: 0 0 var(--gap-2);
      }
      .card {
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--card);
        box-shadow: var(--shadow);
        overflow: hidden;
      }
      .card + .card,
      seg-inbox-bar + .card,
      seg-audit {
        margin-top: var(--gap-2);
      }
      ul {
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li + li,
      .more {
        border-top: 1px solid var(--line);
      }
      .common {
        padding: 10px 14px 0;
      }
      .common b {
        color: var(--ink);
        font-size: var(--size-3);
        font-weight: 600;
      }
      .common p {
        margin: 2px 0 0;
      }
      .common ul {
        margin: 6px -14px 0 4px;
        border-top: 1px solid var(--line);
        border-left: 3px solid var(--line-strong);
      }
      .more {
        padding: 4px 8px;
      }
      details > summary {
        padding: 6px 14px;
        cursor: pointer;
      }
      seg-problem {
        margin: 0 0 var(--gap-2);
      }
    `,
  ];

  @property({ attribute: false }) bench: Workbench | null = null;
  @property({ attribute: false }) of: Of | null = null;
  /** The newest period that is watched, which annotations are offered for. */
  @property() newest = "";
  /** How an alert is found now; null where nothing newer than its record is known. */
  @property({ attribute: false }) found: (alert: AlertView) => Alert | null = () => null;
  @state() private all = false;
  @state() private annotating = false;
  /** The place of the row that has the focus as an update begins; 0 for anything else here, null where it is elsewhere. */
  #had: number | null = null;

  constructor() {
    super();
    new Watch(this, () => [this.bench?.alerts]);
  }

  override willUpdate(): void {
    const had = this.shadowRoot?.activeElement ?? null;
    this.#had =
      had === null
        ? null
        : Math.max(
            0,
            this.#rows().findIndex((row) => row === had),
          );
  }

  /** Where what had the focus has gone, as an alert goes that was decided on, the focus goes on to what stands there now. */
  override async updated(): Promise<void> {
    const had = this.#had;
    if (had === null || this.shadowRoot?.activeElement !== null) return;
    const rows = this.#rows();
    const next = rows[Math.min(had, rows.length - 1)];
    await next?.updateComplete;
    (next ?? this.renderRoot.querySelector("summary") ?? this.renderRoot.querySelector("seg-inbox-bar"))?.focus();
  }

  override render() {
    const alerts = this.bench?.alerts ?? null;
    if (alerts === null) return nothing;
    const { view, problem } = alerts;
    return html`<seg-inbox-bar
        .alerts=${alerts}
        .of=${this.of}
        @annotate=${() => this.#annotateNow("yes")}
        @bring=${() => void this.#bring()}
      ></seg-inbox-bar>
      ${problem === null ? nothing : html`<seg-problem .problem=${problem}></seg-problem>`}
      ${
        this.annotating
          ? html`<div class="card">
              <seg-annotate
                .scopes=${scopesOf(this.of)}
                period=${this.newest || new Date().toISOString().slice(0, 10)}
                @annotate=${(event: CustomEvent<AnnotationText>) => void this.#annotate(event.detail)}
                @cancel=${() => this.#annotateNow("no")}
              ></seg-annotate>
            </div>`
          : nothing
      }
      ${view === null ? nothing : this.#view(view)}`;
  }

  #view(view: AlertsView) {
    const mine = view.alerts.filter((alert) => isMeant(this.of, subjectOf(alert)));
    const waiting = peopleFirst(mine.filter(isWaiting), ({ finding }) => finding.metric);
    const settled = mine.filter(({ state }) => state === "acknowledged" || state === "snoozed");
    const closed = mine.filter(({ state }) => state === "closed");
    const shown = this.all ? waiting : waiting.slice(0, FIRST);
    const incidents = view.incidents.filter(({ id }) => shown.some(({ incident }) => incident === id));
    const apart = shown.filter(({ incident }) => !incidents.some(({ id }) => id === incident));
    // What is measured otherwise is no drift: it is told last, with its incidents.
    const measured = ({ finding }: Measured) => finding.metric === MEASURED;
    const told = (which: (one: Measured) => boolean) => html`${incidents
      .filter(which)
      .map((incident) => this.#incident(incident, { shown, all: view.alerts }))}
    ${apart.filter(which).map((alert) => this.#row(alert))}`;
    const notes = view.annotations.filter(({ scope }) => touches(this.of, scope));
    return html`${
      waiting.length === 0
        ? nothing
        : html`<div class="card">
            <ul aria-label="Open alerts">
              ${told((one) => !measured(one))} ${told(measured)}
            </ul>
            ${
              waiting.length <= FIRST
                ? nothing
                : html`<div class="more">
                    <seg-button
                      kind="quiet"
                      @click=${() => {
                        this.all = !this.all;
                      }}
                      >${this.all ? `Show the ${FIRST} worst` : `Show all ${waiting.length}`}</seg-button
                    >
                  </div>`
            }
          </div>`
    }
    ${this.#folded("Acknowledged or snoozed", settled)} ${this.#folded("Closed", closed)}
    ${notes.length === 0 ? nothing : noteList(notes, (note) => void this.#remove(note))}
    ${
      view.recorded.length === 0 && view.annotations.length === 0
        ? nothing
        : html`<seg-audit
            .api=${this.bench?.api ?? null}
            .alerts=${this.bench?.alerts ?? null}
            @take-back=${(event: CustomEvent<AuditEntry>) => void this.#undo(event.detail)}
          ></seg-audit>`
    }`;
  }

  #incident(incident: LivingIncident, { shown, all }: { shown: readonly AlertView[]; all: readonly AlertView[] }) {
    const within = shown.filter((alert) => alert.incident === incident.id);
    const open = all.filter((alert) => alert.incident === incident.id && alert.state !== "closed");
    const decided = open.filter((alert) => !isWaiting(alert)).length;
    return html`<li class="common">
      <span aria-hidden="true">◆</span> <b>Many segments moved together</b> <seg-pill tone="stale">incident</seg-pill>
      <p>${incident.finding.explanation} ${incidentWords({ all: open.length, decided, shown: within.length })}</p>
      <ul aria-label="Alerts of this incident">
        ${within.map((alert) => this.#row(alert))}
      </ul>
    </li>`;
  }

  #folded(words: string, alerts: readonly AlertView[]) {
    if (alerts.length === 0) return nothing;
    return html`<details class="card">
      <summary>${words}: ${alerts.length}</summary>
      <ul aria-label=${words}>
        ${alerts.map((alert) => this.#row(alert))}
      </ul>
    </details>`;
  }

  #row(alert: AlertView) {
    const { segment, metric } = alert.finding;
    const series = { cell: alert.cell, segment, metric };
    return html`<li>
      <seg-inbox-row
        .alert=${alert}
        .found=${this.found(alert)}
        ?gone=${this.#isGone(alert)}
        of=${this.#of(alert)}
        href=${this.of?.segment == null ? routeHref({ page: "series", path: alert.notebook, series }) : ""}
        @alert-act=${(event: CustomEvent<{ alert: AlertView; action: AlertAction }>) => void this.bench?.decisions.act(event.detail.alert, event.detail.action)}
      ></seg-inbox-row>
    </li>`;
  }

  /** Which monitor's it is, where alerts of several are listed. */
  #of({ notebook, cell }: AlertView): string {
    const alerts = this.bench?.alerts.view?.alerts ?? [];
    const isAlone = alerts.every((one) => one.notebook === notebook && one.cell === cell);
    if (this.of !== null || isAlone) return "";
    const listing = this.bench?.workspace?.notebooks.find(({ path }) => path === notebook);
    return `${cell} of ${listing?.title ?? notebook}`;
  }

  /** Whether its monitor is in no notebook any more. */
  #isGone({ notebook, cell }: AlertView): boolean {
    const gone = this.bench?.alerts.view?.gone ?? [];
    return gone.some((one) => one.notebook === notebook && one.cell === cell);
  }

  /** Those that can be seen. */
  #rows() {
    return [...this.renderRoot.querySelectorAll("seg-inbox-row")].filter((row) => !row.closest("details:not([open])"));
  }

  #annotateNow(now: "yes" | "no"): void {
    this.annotating = now === "yes";
    if (now === "no") this.renderRoot.querySelector("seg-inbox-bar")?.focus();
  }

  async #bring(): Promise<void> {
    const { bench, of } = this;
    await bench?.alerts.bringUpToDate(of === null ? undefined : [of.notebook]);
    emit(this, "up-to-date", null);
  }

  async #annotate(annotation: AnnotationText): Promise<void> {
    if (await this.bench?.alerts.annotate({ do: "add", annotation })) {
      this.#annotateNow("no");
      this.bench?.decisions.say(`Annotated: ${annotation.text}.`);
    }
  }

  async #remove({ id, text }: Annotation): Promise<void> {
    if (await this.bench?.alerts.annotate({ do: "remove", id })) this.bench?.decisions.say(`Removed: ${text}.`);
  }

  async #undo(entry: AuditEntry): Promise<void> {
    if (await this.bench?.alerts.undo(entry)) this.bench?.notices.say(`Taken back: ${entry.text}`);
  }
}

function subjectOf({ notebook, cell, finding }: AlertView) {
  return { notebook, cell, segment: finding.segment, metric: finding.metric };
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-inbox": SegInbox;
  }
}

import { html, LitElement, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import { metricWords } from "../../../server/figures/alert-words.ts";
import { lastDayBefore } from "../../../server/figures/format-time.ts";
import "../../parts/problem.ts";
import type { SeriesNote } from "../../parts/series-chart.ts";
import "../../parts/skeleton.ts";
import { withCode } from "../../parts/with-code.ts";
import { isTyping } from "../../shell/key-reader.ts";
import { page } from "../../shell/page-style.ts";
import { routeHref } from "../../state/route.ts";
import type { SeriesRef } from "../../state/series-ref.ts";
import type { Session } from "../../state/session.ts";
import { Watch } from "../../state/watchable.ts";
import type { Workbench } from "../../state/workbench.ts";
import { base } from "../../theme/base.ts";
import "../inbox/inbox.ts";
import { isAbout } from "../inbox/of.ts";
import "./series.ts";

/** One watched series: what a segment did with what was sent to it, since when it does otherwise, and why. */
@customElement("seg-series-page")
export class SegSeriesPage extends LitElement {
  static override styles = [base, page];

  @property({ attribute: false }) bench: Workbench | null = null;
  @property({ attribute: false }) session: Session | null = null;
  @property({ attribute: false }) series: SeriesRef | null = null;

  constructor() {
    super();
    new Watch(this, () => [this.session, this.bench?.alerts]);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener("keydown", this.#key);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener("keydown", this.#key);
  }

  override render() {
    const { session, series } = this;
    if (session?.plan == null) return html`<h1>Monitor</h1><seg-skeleton kind="chart"></seg-skeleton>`;
    const cell = series === null ? undefined : session.notebook.cells.find(({ id }) => id === series.cell);
    const view = series === null ? null : session.cell(series.cell);
    if (series === null || cell === undefined || view?.kind !== "monitor") {
      const problem = {
        severity: "error" as const,
        message: series === null ? "This address names no series." : `This notebook has no monitor \`${series.cell}\`.`,
        hint: "It may have been renamed or deleted; the Monitor page has every series that there is.",
      };
      return html`<h1>Monitor</h1><seg-problem .problem=${problem}></seg-problem>
        <p class="lead"><a href="/monitor">To the monitor</a></p>`;
    }
    const notebook = routeHref({ page: "notebook", path: session.path, cell: series.cell });
    return html`<h1>${series.segment}: ${metricWords(series.metric)}</h1>
      <p class="lead">
        Watched by <a href=${notebook}>${series.cell}</a> of ${session.title}. <a href="/monitor">Back to all series</a><span
          aria-hidden="true"
        >
          (Escape)</span
        >.
        ${view.state === "fresh" ? nothing : html`Its result is not of today: ${withCode(view.reason ?? view.state)}`}
      </p>
      <seg-inbox .bench=${this.bench} .of=${{ notebook: session.path, ...series }} newest=${lastDayBefore(session.plan.asOf)} @up-to-date=${() => void this.#counted(session, series.cell)}></seg-inbox>
      <seg-one-series
        .session=${session}
        .cell=${cell}
        .view=${view}
        .series=${series}
        told=${this.#isInInbox(session.path, series) ? "in the inbox" : "here"}
        .notes=${this.#notes(session.path, series)}
        @run-cell=${() => void session.run([series.cell])}
      ></seg-one-series>`;
  }

  /** What was recorded may be what the monitor counts by. */
  async #counted(session: Session, cell: string): Promise<void> {
    await session.planner.now();
    if (session.cell(cell)?.state === "stale") await session.run([cell]);
  }

  #isInInbox(notebook: string, { cell, segment, metric }: SeriesRef): boolean {
    const alerts = this.bench?.alerts.view?.alerts ?? [];
    return alerts.some(
      ({ state, finding, ...each }) =>
        state !== "closed" &&
        each.notebook === notebook &&
        each.cell === cell &&
        finding.segment === segment &&
        finding.metric === metric,
    );
  }

  /** What was written down that is about it, the earliest first. */
  #notes(notebook: string, series: SeriesRef): SeriesNote[] {
    const annotations = this.bench?.alerts.view?.annotations ?? [];
    return annotations
      .filter(({ scope }) => isAbout(scope, { notebook, ...series }))
      .map(({ from, to, text }) => ({ period: from, to, text }))
      .sort((a, b) => a.period.localeCompare(b.period));
  }

  readonly #key = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || event.defaultPrevented || isTyping(event.composedPath())) return;
    const isOver = event
      .composedPath()
      .some((each) => each instanceof HTMLElement && each.matches("dialog, [role=menu]"));
    if (isOver) return;
    this.bench?.place.go({ page: "monitor" });
  };
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-series-page": SegSeriesPage;
  }
}

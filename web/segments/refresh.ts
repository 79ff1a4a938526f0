import { css, html, LitElement, nothing, type PropertyValues } from "lit";
import { customElement, property } from "lit/decorators.js";
import { formatCount, formatPercent } from "../../server/figures/format.ts";
import { momentWords } from "../../server/figures/settings.ts";
import type { ClusterNews, RefreshedSegment, RefreshView } from "../../server/segments/membership/view.ts";
import "../parts/button.ts";
import "../parts/dialog.ts";
import "../parts/problem.ts";
import "../parts/progress.ts";
import { withCode } from "../parts/with-code.ts";
import type { Api } from "../state/api.ts";
import type { EventStream } from "../state/event-stream.ts";
import { RecordedHistory } from "../state/history.ts";
import type { RunProgress } from "../state/run-progress.ts";
import type { Session } from "../state/session.ts";
import { Watch } from "../state/watchable.ts";
import { base } from "../theme/base.ts";
import { field } from "../theme/field.ts";
import { lostWords } from "./refresh-lost.ts";
import { refreshMoment, standingOf } from "./refresh-moment.ts";
import { causesText } from "./refresh-words.ts";

/** Records who is in which segment, and shows who came and went and why. Event: `close`. */
@customElement("seg-refresh")
export class SegRefresh extends LitElement {
  static override styles = [
    base,
    field,
    css`
      seg-dialog {
        --dialog-width: 680px;
      }
      .moment {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px 8px;
        margin: 0 0 var(--gap-2);
      }
      .note {
        padding-left: var(--gap-2);
        border-left: 2px solid var(--stale);
      }
      /* What was recorded is read while the dialog is open: the button stays where it is. */
      [role="status"] {
        min-height: 1.5em;
      }
      p {
        margin: 0 0 var(--gap-2);
      }
      .scroll {
        overflow-x: auto;
      }
      table {
        width: 100%;
        border-collapse: collapse;
        font-size: var(--size-2);
      }
      caption {
        padding-bottom: var(--gap-1);
        color: var(--ink-2);
        text-align: left;
      }
      th,
      td {
        padding: 5px 10px 5px 0;
        border-top: 1px solid var(--line);
        text-align: left;
        vertical-align: top;
      }
      thead th {
        border-top: none;
        color: var(--ink-3);
        font-weight: 500;
      }
      th[scope="row"] {
        color: var(--ink);
        font-weight: 550;
      }
      .number {
        padding-right: var(--gap-4);
        text-align: right;
        font-variant-numeric: tabular-nums;
      }
      small {
        display: block;
        color: var(--ink-3);
        font-size: var(--size-1);
        font-weight: 400;
      }
    `,
  ];

  @property({ attribute: false }) session: Session | null = null;
  @property({ attribute: false }) api: Api | null = null;
  /** What tells how a refresh gets on. */
  @property({ attribute: false }) stream: EventStream | null = null;
  @property({ type: Boolean }) open = false;
  readonly #history = new RecordedHistory(this, () => {
    const { api, session } = this;
    return api === null || session === null || !this.open ? null : { api, session, segments: [] };
  });
  /** Whether the outcome that is shown came since the dialog was opened. */
  #askedFor: string | null = null;
  /** How many refreshes there were when it was asked for; null where that was not known yet. */
  #before: number | null = null;
  #tried = false;

  constructor() {
    super();
    new Watch(this, () => [this.session, this.session?.runner ?? null, this.stream]);
  }

  /** What came of it was read by the time that the dialog is closed; opened again it asks again. */
  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.get("open") !== true || this.session?.runner.running === true) return;
    this.#askedFor = null;
    this.#tried = false;
  }

  override render() {
    const { session } = this;
    if (session === null) return nothing;
    const { running, progress, problem } = session.runner;
    const isOurs = this.#askedFor !== null && progress?.run === this.#askedFor;
    const told = isOurs ? (progress?.recorded ?? null) : null;
    const isEarlier = standingOf(session, this.#history.value) === "earlier";
    const problems = [...(problem !== null && this.#tried ? [problem] : []), ...(told?.problems ?? [])];
    return html`<seg-dialog heading="Refresh" .open=${this.open}>
      ${told?.view == null ? this.#intent(session, problems.length > 0) : outcome(told.view, session.notebook.head.timezone)}
      ${problems.map((one) => html`<seg-problem .problem=${one}></seg-problem>`)}
      ${isOurs && progress?.state === "cancelled" && told?.view == null ? html`<p role="status">Cancelled: nothing was recorded.</p>` : nothing}
      ${isOurs && progress?.state === "lost" ? lostWords(this.#history, this.#before, session.notebook.head.timezone) : nothing}
      ${progress !== null && running && isOurs ? this.#progress(session, progress) : nothing}
      <seg-button
        slot="action"
        kind=${told?.view == null ? "primary" : "plain"}
        ?busy=${running}
        ?disabled=${session.file.readOnly || (told === null && isEarlier)}
        @click=${() => void this.#refresh(session)}
        >${told === null ? "Refresh" : "Refresh again"}</seg-button
      >
    </seg-dialog>`;
  }

  #progress(session: Session, { finished, cells }: RunProgress) {
    // The connection comes back by itself; until then nothing is known.
    if (this.stream?.state === "lost")
      return html`<p role="status">The connection is lost; trying again. How the refresh gets on is asked once it is back.</p>`;
    return html`<seg-progress
      label="Running what is stale and recording"
      detail=${cells === 0 ? "" : `${formatCount(finished)} of ${formatCount(cells)} cells`}
      .value=${cells === 0 ? null : finished / cells}
      stop="Cancel"
      @stop=${() => void session.runner.cancel()}
    ></seg-progress>`;
  }

  #intent(session: Session, hasProblem: boolean) {
    if (hasProblem) return nothing;
    return refreshMoment(session, this.#history.value);
  }

  async #refresh(session: Session): Promise<void> {
    this.#tried = true;
    this.#before = this.#history.value?.refreshes.length ?? null;
    await session.refresh();
    this.#askedFor = session.runner.progress?.run ?? null;
    this.requestUpdate();
  }
}

function outcome({ state, asOf, before, segments, clusters, left, untold }: RefreshView, zone: string) {
  if (state === "same")
    return html`<p>Nothing is new since the last refresh, as of <b>${momentWords(asOf, zone)}</b>.</p>`;
  const since = before === null ? "the first refresh" : `since ${momentWords(before, zone)}`;
  return html`<div class="scroll">
      <table>
        <caption>
          Recorded as of <b>${momentWords(asOf, zone)}</b>, ${since}.
        </caption>
        <thead>
          <tr>
            <th scope="col">Segment</th>
            <th scope="col" class="number">People</th>
            <th scope="col">Entered</th>
            <th scope="col">Left</th>
          </tr>
        </thead>
        <tbody>
          ${segments.map(row)}
        </tbody>
      </table>
    </div>
    ${clusters.map(news)}
    ${left.map(({ cell, why }) => html`<p><b>${cell}</b> is not recorded: ${why}.</p>`)}
    ${untold.map((why) => html`<p>Some causes are unknown. ${withCode(why)}</p>`)}`;
}

function news({ cell, changed, told }: ClusterNews) {
  const share = changed === null ? "" : `${formatPercent(changed)} of the people changed cluster.`;
  return html`<p><b>${cell}</b>: ${withCode([share, ...told].filter((one) => one !== "").join(" "))}</p>`;
}

function row(segment: RefreshedSegment) {
  const { cell, segment: name, size, entered, left, causes } = segment;
  return html`<tr>
    <th scope="row">${name}<small>${cell}</small></th>
    <td class="number">${formatCount(size)}</td>
    <td>${moved(entered, causesText(causes, "entered"))}</td>
    <td>${moved(left, causesText(causes, "left"))}</td>
  </tr>`;
}

function moved(people: number, why: string) {
  return people === 0 ? "0" : html`${formatCount(people)}<small>${why}</small>`;
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-refresh": SegRefresh;
  }
}

import { html, LitElement, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { replayCsv } from "../../../server/figures/replay-words.ts";
import type { ReplayView } from "../../../server/run/replay/view.ts";
import "../../parts/button.ts";
import { emit } from "../../parts/emit.ts";
import "../../parts/problem.ts";
import "../../parts/progress.ts";
import { withCode } from "../../parts/with-code.ts";
import { Replay } from "../../state/replay.ts";
import type { Session } from "../../state/session.ts";
import { Watch } from "../../state/watchable.ts";
import { askable, base } from "../../theme/base.ts";
import "./drawing.ts";
import { weeksPeople } from "./people.ts";
import { replayStyle } from "./style.ts";
import { weeksTable } from "./table.ts";

/** What a segment's rule, as it is written now, would have given in each of the past 52 weeks. Event: `close`. */
@customElement("seg-replay")
export class SegReplay extends LitElement {
  static override styles = [base, askable, replayStyle];
  static override shadowRootOptions = { ...LitElement.shadowRootOptions, delegatesFocus: true };

  @property({ attribute: false }) session: Session | null = null;
  @property() cell = "";
  @property() segment = "";
  @state() private replay: Replay | null = null;
  @state() private isTable = false;
  @state() private copied = "";

  constructor() {
    super();
    new Watch(this, () => [this.replay, this.session]);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const { session, cell, segment } = this;
    if (session === null || this.replay !== null) return;
    this.replay = new Replay(session, { cell, segment });
    void this.replay.start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.replay?.stop();
  }

  override render() {
    const { replay, session } = this;
    if (replay === null || session === null) return nothing;
    const { view, problem, pending, share } = replay;
    return html`<div class="head">
        <h3>Past 52 weeks, as the rule stands now</h3>
        <span class="acts">
          ${view === null ? nothing : this.#acts(view)}
          <seg-button kind="quiet" @click=${() => emit(this, "close", null)}>Close</seg-button>
        </span>
      </div>
      ${
        pending
          ? html`<seg-progress
              label="Going through 52 weeks"
              .value=${share}
              stop="Stop"
              @stop=${() => replay.stop()}
            ></seg-progress>`
          : nothing
      }
      ${problem === null ? nothing : html`<seg-problem .problem=${problem}>${this.#again("Try again")}</seg-problem>`}
      ${!pending && view === null && problem === null ? html`<p class="quiet">Stopped. ${this.#again("Start again")}</p>` : nothing}
      ${replay.isOld && !pending ? html`<p class="old">The notebook has been changed since. ${this.#again("Go through the weeks again")}</p>` : nothing}
      ${view === null ? nothing : this.#found(replay, view, session)}
      <p class="spoken" role="status">${this.copied}</p>`;
  }

  #found(replay: Replay, view: ReplayView, session: Session) {
    const choose = (week: number) => void replay.choose(week, "entered");
    return html`${
      this.isTable
        ? weeksTable(view, choose)
        : html`<seg-replay-drawing
              .weeks=${view.weeks}
              .segment=${view.segment}
              .chosen=${replay.chosen?.week ?? null}
              @week=${(event: CustomEvent<{ week: number }>) => choose(event.detail.week)}
            ></seg-replay-drawing>`
    }
      ${weeksPeople(replay, view, session.path)}
      <ul class="notes">
        ${[...view.notes, ...sendsNotes(view)].map((note) => html`<li>${withCode(note)}</li>`)}
      </ul>`;
  }

  #acts(view: ReplayView) {
    return html`<seg-button kind="quiet" @click=${() => this.#turn()}>${this.isTable ? "As a drawing" : "As a table"}</seg-button>
      <seg-button kind="quiet" @click=${() => void this.#copy(view)}>${this.copied === "" ? "Copy CSV" : "Copied"}</seg-button>`;
  }

  #turn(): void {
    this.isTable = !this.isTable;
  }

  #again(words: string) {
    return html`<seg-button slot="action" kind="quiet" @click=${() => void this.replay?.start()}>${words}</seg-button>`;
  }

  async #copy(view: ReplayView): Promise<void> {
    const written = navigator.clipboard?.writeText(replayCsv(view)) ?? Promise.reject(new Error("no clipboard"));
    this.copied = await written.then(
      () => "The weeks are on the clipboard as CSV.",
      () => "",
    );
  }
}

/** What has to be known to read the rates aright. */
function sendsNotes({ sends }: ReplayView): string[] {
  if (sends === null) return ["No monitor and no source tells of sends, so there are no open and click rates."];
  const people = sends.byPeople ? "" : " Opens may include those by machines.";
  return [
    `Rates are of each week's \`${sends.relation}\` to whoever was in at the week's beginning, as far as they were opened or clicked within ${sends.matureAfter}.${people}`,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-replay": SegReplay;
  }
}

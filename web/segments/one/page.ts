import { css, html, LitElement, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { formatCount, formatPercent } from "../../../server/figures/format.ts";
import { own } from "../../../server/notebook/own.ts";
import { segmentColumn } from "../../../server/notebook/segment-column.ts";
import type { ProfileView, SegmentRef } from "../../../server/segments/profile/view.ts";
import "../../cells/people.ts";
import "../../parts/button.ts";
import "../../parts/empty.ts";
import { listWords } from "../../parts/list-words.ts";
import "../../parts/problem.ts";
import "../../parts/skeleton.ts";
import { page } from "../../shell/page-style.ts";
import { RecordedHistory } from "../../state/history.ts";
import { Profile } from "../../state/profile.ts";
import { routeHref } from "../../state/route.ts";
import type { Session } from "../../state/session.ts";
import { Watch } from "../../state/watchable.ts";
import type { Workbench } from "../../state/workbench.ts";
import { base } from "../../theme/base.ts";
import { field } from "../../theme/field.ts";
import "./forecast.ts";
import "./members.ts";
import "../replay/panel.ts";
import "./profile-table.ts";
import "./recorded.ts";
import "./shared.ts";
import "./shared-matrix.ts";

/** The server compares no more. */
const MOST = 6;

/** One segment: who is in it, what they are like beside everybody, where else they are. Several: side by side. */
@customElement("seg-segment-page")
export class SegSegmentPage extends LitElement {
  static override styles = [
    base,
    page,
    field,
    css`
      .rule {
        margin: 0 0 var(--gap-2);
        max-width: 76ch;
      }
      dl {
        display: grid;
        grid-template-columns: max-content minmax(0, 1fr);
        gap: 4px var(--gap-4);
        margin: 0 0 var(--gap-4);
      }
      dt {
        color: var(--ink-2);
      }
      dd {
        margin: 0;
      }
      details.more {
        margin: var(--gap-3) 0 0;
      }
      details.more summary {
        margin: 0 0 var(--gap-2);
        color: var(--ink-2);
        cursor: pointer;
      }
      .actions {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--gap-2);
        margin: 0 0 var(--gap-3);
      }
    `,
  ];

  @property({ attribute: false }) bench: Workbench | null = null;
  @property({ attribute: false }) session: Session | null = null;
  @property({ attribute: false }) segments: readonly SegmentRef[] = [];

  /** Whether the past weeks were asked for: they are computed only then. */
  @state() private replayed = false;

  readonly #profile = new Profile(this, () => {
    const { bench, session, segments } = this;
    return bench === null || session?.plan == null ? null : { api: bench.api, session, segments };
  });

  readonly #recorded = new RecordedHistory(this, () => {
    const { bench, session, segments } = this;
    if (bench === null || session?.plan == null) return null;
    return { api: bench.api, session, segments };
  });

  constructor() {
    super();
    new Watch(this, () => [this.session]);
  }

  override render() {
    const { session, segments } = this;
    if (session?.plan == null) return html`<seg-skeleton rows="6"></seg-skeleton>`;
    if (segments.length === 0) return this.#nothingChosen();
    const heading = listWords(segments.map(({ name }) => name));
    const notebook = routeHref({ page: "notebook", path: session.path, cell: segments[0]?.cell ?? null });
    return html`<h1>${heading}</h1>
      <p class="lead">
        Of <a href=${notebook}>${session.title}</a>.
        ${segments.length === 1 ? "What it is, who is in it and what they are like." : "Side by side, and beside everybody."}
      </p>
      ${this.#beside(session)} ${segments.map((segment) => this.#facts(session, segment))} ${this.#found(session)}`;
  }

  /** Which other segment of the notebook is put beside what is looked at, and which is taken away again. */
  #beside(session: Session) {
    const { segments } = this;
    const known = this.#profile.value?.overlaps ?? [];
    const others = known.filter(({ cell, name }) => !segments.some((one) => one.cell === cell && one.name === name));
    const show = (chosen: readonly SegmentRef[]) =>
      this.bench?.place.go({ page: "segment", path: session.path, segments: chosen });
    const add = (event: Event) => {
      const other = others[Number((event.target as HTMLSelectElement).value)];
      if (other !== undefined) show([...segments, { cell: other.cell, name: other.name }]);
    };
    return html`<div class="actions">
      ${
        segments.length < MOST && others.length > 0
          ? html`<label
              >Compare with
              <select @change=${add} .value=${""}>
                <option value="">a segment…</option>
                ${others.map(({ cell, name }, index) => html`<option value=${index}>${name} (${cell})</option>`)}
              </select>
            </label>`
          : nothing
      }
      ${
        segments.length < 2
          ? nothing
          : segments.map(
              (segment) => html`<seg-button kind="quiet" @click=${() => show(segments.filter((one) => one !== segment))}
                >Without ${segment.name}</seg-button
              >`,
            )
      }
    </div>`;
  }

  /** What it is, in words, with its size and whether that is of today. */
  #facts(session: Session, { cell, name }: SegmentRef) {
    const view = session.cell(cell);
    const href = routeHref({ page: "notebook", path: session.path, cell });
    if (view === null || segmentColumn(view.kind) === null) {
      const problem = {
        severity: "error" as const,
        message: `This notebook has no cell \`${cell}\` with segments.`,
        hint: "It may have been renamed or deleted; the list of segments has those that there are.",
      };
      return html`<seg-problem .problem=${problem}></seg-problem>`;
    }
    const found = this.#profile.value?.segments.find((each) => each.cell === cell && each.name === name);
    const words = own(view.words, name);
    const size = found === undefined ? "…" : sizeWords(found.people, this.#profile.value);
    return html`${this.segments.length > 1 ? html`<h2>${name}</h2>` : nothing}
      <dl>
        ${words === undefined ? nothing : html`<dt>Rule</dt><dd>${words}</dd>`}
        <dt>Size</dt>
        <dd>${size}</dd>
        <dt>Defined in</dt>
        <dd><a href=${href}>${cell}</a>, a ${view.kind} cell</dd>
        <dt>Result</dt>
        <dd>${view.state === "fresh" ? "of the notebook as it stands" : `not of today: ${view.reason ?? view.state}`}</dd>
      </dl>`;
  }

  #found(session: Session) {
    const { value, problem } = this.#profile;
    if (problem !== null) return this.#failed(session);
    if (value === null) return html`<seg-skeleton rows="8"></seg-skeleton>`;
    const [first] = this.segments;
    const view = first === undefined ? null : session.cell(first.cell);
    return html`${this.#past(session)}
      <section aria-label="Profile">
        <h2>What they are like beside everybody</h2>
        <div class="card"><seg-profile-table .profile=${value}></seg-profile-table></div>
      </section>
      <section aria-label="Shared people">
        <h2>Which other segments they are in</h2>
        ${
          this.segments.length > 1
            ? html`<div class="card"><seg-shared-matrix .profile=${value}></seg-shared-matrix></div>`
            : html`<div class="card"><seg-shared-people .profile=${value} path=${session.path}></seg-shared-people></div>`
        }
      </section>
      ${
        this.segments.length === 1 && first !== undefined && view !== null
          ? html`<section aria-label="People">
              <h2>Who they are</h2>
              <div class="card">
                <seg-members .session=${session} .view=${view} name=${first.name}></seg-members>
              </div>
            </section>`
          : nothing
      }`;
  }

  /** What refreshes recorded, and what the rule of today would have given over the past weeks. */
  #past(session: Session) {
    const [first] = this.segments;
    if (this.segments.length !== 1 || first === undefined) return nothing;
    const { value, problem } = this.#recorded;
    const view = session.cell(first.cell);
    return html`<section aria-label="Size over time">
      <h2>As it was recorded</h2>
      <div class="card">
        ${
          problem !== null
            ? html`<seg-problem .problem=${problem}></seg-problem>`
            : html`<seg-recorded
                .history=${value}
                .segment=${first}
                zone=${session.notebook.head.timezone}
              ></seg-recorded>`
        }
      </div>
      ${
        view?.kind === "cluster"
          ? nothing
          : html`<details class="more" @toggle=${(event: Event) => this.#toggled(event)}>
              <summary>As its rule of today would have had it, over the past 52 weeks</summary>
              <div class="card">
                ${this.replayed ? html`<seg-replay .session=${session} cell=${first.cell} segment=${first.name}></seg-replay>` : nothing}
              </div>
            </details>`
      }
      <h2>The next seven days</h2>
      <div class="card">
        <seg-forecast .api=${this.bench?.api ?? null} .session=${session} .segment=${first}></seg-forecast>
      </div>
    </section>`;
  }

  #toggled(event: Event): void {
    if ((event.currentTarget as HTMLDetailsElement).open) this.replayed = true;
  }

  #failed(session: Session) {
    const cells = [...new Set(this.segments.map(({ cell }) => cell))].filter((id) => session.cell(id) !== null);
    const { problem } = this.#profile;
    const run = () => void session.run(cells);
    return html`<seg-problem .problem=${problem}>
      ${
        problem?.code === "not-computed" && cells.length > 0
          ? html`<seg-button slot="action" @click=${run}>Run ${listWords(cells)}</seg-button>`
          : html`<seg-button slot="action" @click=${() => this.#profile.retry()}>Try again</seg-button>`
      }
    </seg-problem>`;
  }

  #nothingChosen() {
    return html`<h1>Segment</h1>
      <seg-empty heading="No segment is chosen" text="Choose one in the list of all segments.">
        <a href="/segments">All segments</a>
      </seg-empty>`;
  }
}

/** `1,234 people, 12.3% of 10,000`. */
function sizeWords(people: number, profile: ProfileView | null): string {
  const count = people === 1 ? "one person" : `${formatCount(people)} people`;
  if (profile === null || profile.people === 0) return count;
  return `${count}, ${formatPercent(people / profile.people, { digits: 1 })} of ${formatCount(profile.people)}`;
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-segment-page": SegSegmentPage;
  }
}

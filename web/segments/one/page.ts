import { css, html, LitElement, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { segmentColumn } from "../../../server/notebook/segment-column.ts";
import type { SegmentRef } from "../../../server/segments/profile/view.ts";
import "../../cells/people.ts";
import { listWords } from "../../parts/list-words.ts";
import "../../parts/problem.ts";
import "../../parts/skeleton.ts";
import { page } from "../../shell/page-style.ts";
import { RecordedHistory } from "../../state/history.ts";
import { Profile, type ProfileWanted } from "../../state/profile.ts";
import { Rates } from "../../state/rates.ts";
import { routeHref } from "../../state/route.ts";
import type { Session } from "../../state/session.ts";
import { Watch } from "../../state/watchable.ts";
import type { Workbench } from "../../state/workbench.ts";
import { base } from "../../theme/base.ts";
import { segmentsOf, sizesIn } from "../segments-of.ts";
import "./beside.ts";
import { facts } from "./facts.ts";
import { failed } from "./failed.ts";
import "./forecast.ts";
import "./members.ts";
import "./migration.ts";
import "../replay/panel.ts";
import "./profile-table.ts";
import "./rates.ts";
import "./recorded.ts";
import "./shared.ts";
import "./shared-matrix.ts";
import "./together.ts";

/** One segment: who is in it, what they are like beside everybody, where else they are. Several: side by side. */
@customElement("seg-segment-page")
export class SegSegmentPage extends LitElement {
  static override styles = [
    base,
    page,
    css`
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
      seg-guards {
        margin: 0 0 var(--gap-4);
      }
      details.more {
        margin: var(--gap-3) 0 0;
      }
      details.more summary {
        margin: 0 0 var(--gap-2);
        color: var(--ink-2);
        cursor: pointer;
      }
    `,
  ];

  @property({ attribute: false }) bench: Workbench | null = null;
  @property({ attribute: false }) session: Session | null = null;
  @property({ attribute: false }) segments: readonly SegmentRef[] = [];

  /** Whether the past weeks were asked for: they are computed only then. */
  @state() private replayed = false;

  readonly #profile = new Profile(this, () => this.#wanted());
  readonly #rates = new Rates(this, () => this.#wanted());
  readonly #recorded = new RecordedHistory(this, () => this.#wanted());

  constructor() {
    super();
    new Watch(this, () => [this.session]);
  }

  override render() {
    const { session, segments } = this;
    if (session?.plan == null) return html`<seg-skeleton rows="6"></seg-skeleton>`;
    if (segments.length === 0)
      return html`<h1>Compare segments</h1>
        <p class="lead">Of <a href=${routeHref({ page: "notebook", path: session.path, cell: null })}>${session.title}</a>. Choose one, then others to put beside it.</p>
        ${this.#beside(session)}`;
    const heading = listWords(segments.map(({ name }) => name));
    const notebook = routeHref({ page: "notebook", path: session.path, cell: segments[0]?.cell ?? null });
    return html`<h1>${heading}</h1>
      <p class="lead">
        Of <a href=${notebook}>${session.title}</a>.
        ${segments.length === 1 ? "What it is, who is in it and what they are like." : "Side by side, and beside everybody."}
      </p>
      ${this.#beside(session)}
      ${segments.map(
        (segment) =>
          html`${segments.length > 1 ? html`<h2><a href=${routeHref({ page: "segment", path: session.path, segments: [segment] })}>${segment.name}</a></h2>` : nothing}
          <div @show-problem=${() => this.bench?.place.go({ page: "notebook", path: session.path, cell: segment.cell })}>
            ${facts(session, segment, this.#profile.value)}
          </div>`,
      )}
      ${this.#found(session)}`;
  }

  #beside(session: Session) {
    const sizes = sizesIn(this.bench?.overview.entries ?? [], session.path);
    return html`<seg-beside
      .segments=${this.segments}
      .known=${this.#profile.value?.overlaps ?? segmentsOf(session.cells, sizes)}
      @show=${(event: CustomEvent<{ segments: readonly SegmentRef[] }>) =>
        this.bench?.place.go({ page: "segment", path: session.path, segments: event.detail.segments })}
    ></seg-beside>`;
  }

  #wanted(): ProfileWanted | null {
    const { bench, session, segments } = this;
    return bench === null || session?.plan == null ? null : { api: bench.api, session, segments };
  }

  #found(session: Session) {
    const { value, problem } = this.#profile;
    if (problem !== null) {
      const cells = [...new Set(this.segments.map(({ cell }) => cell))].filter((id) => session.cell(id) !== null);
      return failed(session, problem, { cells, again: () => this.#profile.retry() });
    }
    if (value === null)
      return html`<seg-skeleton
        rows="8"
        label="Comparing them with everybody"
        stop="Stop"
        @stop=${() => this.#profile.stop()}
      ></seg-skeleton>`;
    const [first] = this.segments;
    const view = first === undefined ? null : session.cell(first.cell);
    const isOne = this.segments.length === 1;
    return html`${isOne && first !== undefined ? this.#past(session, first) : this.#pasts(session)}
      <section aria-label="Profile">
        <h2>What they are like beside everybody</h2>
        <div class="card"><seg-profile-table .profile=${value}></seg-profile-table></div>
      </section>
      ${this.#sent(session)}
      <section aria-label="Shared people">
        <h2>Which other segments they are in</h2>
        <div class="card">
          ${
            isOne
              ? html`<seg-shared-people .profile=${value} path=${session.path}></seg-shared-people>`
              : html`<seg-shared-matrix .profile=${value}></seg-shared-matrix>`
          }
        </div>
      </section>
      ${
        isOne && first !== undefined && view !== null
          ? html`<section aria-label="People">
              <h2>Who they are</h2>
              <div class="card">
                <seg-members .session=${session} .view=${view} name=${first.name}></seg-members>
              </div>
            </section>`
          : nothing
      }`;
  }

  /** What is done with what is sent to them. */
  #sent(session: Session) {
    const { value, problem } = this.#rates;
    const cells = problem?.cell == null ? [] : [problem.cell];
    return html`<section aria-label="Rates">
      <h2>What they do with what is sent to them</h2>
      ${
        problem !== null
          ? failed(session, problem, { cells, again: () => this.#rates.retry() })
          : html`<div class="card">
              ${
                value === null
                  ? html`<seg-skeleton
                      rows="3"
                      label="Counting what was sent to them"
                      stop="Stop"
                      @stop=${() => this.#rates.stop()}
                    ></seg-skeleton>`
                  : html`<seg-segment-rates
                      .rates=${value}
                      path=${session.path}
                      zone=${session.notebook.head.timezone}
                    ></seg-segment-rates>`
              }
            </div>`
      }
    </section>`;
  }

  /** What refreshes recorded, what the rule of today would have given over the past weeks, and what time alone will do. */
  #past(session: Session, segment: SegmentRef) {
    const view = session.cell(segment.cell);
    return html`<section aria-label="Size over time">
      <h2>As it was recorded</h2>
      <div class="card">
        ${this.#recordedOr(html`<seg-recorded
          .history=${this.#recorded.value}
          .segment=${segment}
          path=${session.path}
          zone=${session.notebook.head.timezone}
        ></seg-recorded>`)}
      </div>
      ${
        view === null || segmentColumn(view.kind) === null || view.kind === "cluster"
          ? nothing
          : html`<details class="more" @toggle=${(event: Event) => this.#toggled(event)}>
              <summary>Past 52 weeks, as the rule stands now</summary>
              <div class="card">
                ${this.replayed ? html`<seg-replay .session=${session} cell=${segment.cell} segment=${segment.name}></seg-replay>` : nothing}
              </div>
            </details>`
      }
      <h2>The next seven days</h2>
      <div class="card">
        <seg-forecast .api=${this.bench?.api ?? null} .session=${session} .segment=${segment}></seg-forecast>
      </div>
    </section>`;
  }

  /** What refreshes recorded of several, and who moved between them. */
  #pasts(session: Session) {
    const zone = session.notebook.head.timezone;
    const { value } = this.#recorded;
    return html`<section aria-label="Size over time">
        <h2>As they were recorded</h2>
        <div class="card">
          ${this.#recordedOr(html`<seg-recorded-together .history=${value} .segments=${this.segments} zone=${zone}></seg-recorded-together>`)}
        </div>
      </section>
      <section aria-label="Migration">
        <h2>Who moved between them</h2>
        <div class="card">
          ${this.#recordedOr(html`<seg-migration .history=${value} .segments=${this.segments} zone=${zone}></seg-migration>`)}
        </div>
      </section>`;
  }

  #recordedOr(shown: unknown) {
    const { problem } = this.#recorded;
    return problem === null ? shown : html`<seg-problem .problem=${problem}></seg-problem>`;
  }

  #toggled(event: Event): void {
    if ((event.currentTarget as HTMLDetailsElement).open) this.replayed = true;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-segment-page": SegSegmentPage;
  }
}

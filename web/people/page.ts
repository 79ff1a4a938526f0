import { html, LitElement, nothing, type PropertyValues } from "lit";
import { customElement, property } from "lit/decorators.js";
import { causeWords } from "../../server/figures/cause-words.ts";
import { columnDigits, formatCell } from "../../server/figures/cell-value.ts";
import { momentWords } from "../../server/figures/settings.ts";
import type { PersonValues, PersonView, SegmentAnswer, Stay } from "../../server/segments/person/view.ts";
import "../parts/button.ts";
import "../parts/empty.ts";
import "../parts/problem.ts";
import "../parts/skeleton.ts";
import { withCode } from "../parts/with-code.ts";
import { page } from "../shell/page-style.ts";
import { PeopleSearch } from "../state/people-search.ts";
import { Person } from "../state/person.ts";
import { routeHref } from "../state/route.ts";
import type { Session } from "../state/session.ts";
import { Watch } from "../state/watchable.ts";
import type { Workbench } from "../state/workbench.ts";
import { base } from "../theme/base.ts";
import "./story.ts";
import "./find-person.ts";
import { failed } from "../segments/one/failed.ts";
import "./lanes.ts";
import { personStyle } from "./page-style.ts";
import "./why.ts";

/** How many people are offered where nobody is chosen. */
const MOST_OFFERED = 8;

/** One person: events, features, segments in and out, and for each segment why in or why not. */
@customElement("seg-person-page")
export class SegPersonPage extends LitElement {
  static override styles = [base, page, personStyle];

  @property({ attribute: false }) bench: Workbench | null = null;
  @property({ attribute: false }) session: Session | null = null;
  @property({ attribute: false }) person: string | null = null;
  #person: Person | null = null;
  #search: PeopleSearch | null = null;
  #wasRunning = false;

  constructor() {
    super();
    new Watch(this, () => [this.session, this.session?.runner, this.#person, this.#search]);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate("person");
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#person?.close();
    this.#person = null;
  }

  override willUpdate(changed: PropertyValues<this>): void {
    const { bench, session, person } = this;
    const running = session?.runner.running ?? false;
    // There may be people now where there were none.
    if (this.#wasRunning && !running && person === null) this.#search?.type("");
    this.#wasRunning = running;
    if (!changed.has("session") && !changed.has("person") && !changed.has("bench")) return;
    this.#person?.close();
    this.#person =
      bench === null || session === null || person === null ? null : new Person(bench.api, session, person);
    this.#search ??= bench === null ? null : new PeopleSearch(bench.api, () => this.session);
    if (session !== null && person === null) this.#search?.type("");
  }

  override render() {
    const { bench, session, person } = this;
    if (bench === null || session === null) return html`<seg-skeleton rows="6"></seg-skeleton>`;
    const view = this.#person?.view ?? null;
    const notebook = routeHref({ page: "notebook", path: session.path, cell: null });
    return html`<h1>${person ?? "A person"}</h1>
      <p class="lead">
        As <a href=${notebook}>${session.title}</a> sees ${person === null ? "people" : "this person"}${view === null ? "" : ` as of ${momentWords(view.asOf, this.#zone.zone)}`}.
      </p>
      <seg-find-person
        .found=${this.#search?.found ?? null}
        entity=${session.notebook.head.entity}
        .value=${person ?? ""}
        @prefix=${(event: CustomEvent<{ text: string }>) => this.#search?.type(event.detail.text)}
        @find=${(event: CustomEvent<{ person: string }>) =>
          bench.place.go({ page: "person", path: session.path, person: event.detail.person })}
      ></seg-find-person>
      ${person === null ? this.#nobody(session) : this.#about(session, view)}`;
  }

  get #zone() {
    return { zone: this.session?.notebook.head.timezone ?? "UTC" };
  }

  /** Nobody is chosen yet: what there would be, and some to begin with. */
  #nobody(session: Session) {
    const { problem = null, anybody = null } = this.#search ?? {};
    if (problem !== null) {
      const cells = problem.cell === null ? [] : [problem.cell];
      return failed(session, problem, { cells, again: () => this.#search?.type("") });
    }
    if (anybody?.length === 0) {
      return html`<div class="card">
        <seg-empty
          heading="Nobody is known here yet"
          text="People are found in results with one row for each of them, as of features, scores and segments. None of this notebook's is up to date."
          ><seg-button kind="primary" ?busy=${session.runner.running} @click=${() => void session.run(null)}
            >Run the notebook</seg-button
          ></seg-empty
        >
      </div>`;
    }
    return html`<div class="card">
      <seg-empty
        heading="Choose whom to look at"
        text="Their events, values and segments as the notebook sees them, and for each segment why they are in it or not. A row of people anywhere leads here too."
      >
        ${anybody?.slice(0, MOST_OFFERED).map((person) => {
          const href = routeHref({ page: "person", path: session.path, person });
          return html`<a class="somebody" href=${href}>${person}</a>`;
        })}
      </seg-empty>
    </div>`;
  }

  #about(session: Session, view: PersonView | null) {
    const problem = this.#person?.problem ?? null;
    if (problem !== null) {
      const again = () => void this.#person?.load();
      return html`<seg-problem .problem=${problem}><seg-button slot="action" @click=${again}>Try again</seg-button></seg-problem>`;
    }
    if (view === null) return html`<seg-skeleton rows="8" label="Reading this person's events"></seg-skeleton>`;
    const events = this.#person?.events ?? null;
    return html`${view.untold.map((sentence) => html`<p class="quiet">${withCode(sentence)}</p>`)}
      <section aria-label="Life in time">
        <h2>In time</h2>
        <div class="card"><seg-person-lanes .view=${view} .events=${events}></seg-person-lanes></div>
      </section>
      <section aria-label="Segments">
        <h2>Segments, and why</h2>
        ${this.#segments(session, view)}
      </section>
      ${view.stays.length === 0 ? nothing : this.#stays(view.stays)}
      <section aria-label="Values">
        <h2>Values</h2>
        <div class="values">${view.values.map((values) => this.#values(session, values))}</div>
      </section>
      <section aria-label="Events">
        <h2>Events</h2>
        <div class="card">
          <seg-person-story
            .kinds=${view.kinds}
            .events=${events}
            .kind=${this.#person?.kind ?? null}
            zone=${this.#zone.zone}
            @only=${(event: CustomEvent<{ kind: string | null }>) => void this.#person?.only(event.detail.kind)}
            @more=${() => void this.#person?.more()}
          ></seg-person-story>
        </div>
      </section>`;
  }

  #segments(session: Session, { segments }: PersonView) {
    if (segments.length === 0) {
      return html`<seg-empty
        heading="No segments to ask"
        text="Add a segments, score or cluster cell to the notebook and run it: here it is said who is in and why."
      ></seg-empty>`;
    }
    const sorted = [...segments].sort((one, other) => Number(other.isIn) - Number(one.isIn));
    return html`<div class="card">
      ${sorted.map(
        (answer) => html`<details class=${answer.isIn ? "in" : "out"}>
          <summary>
            <span class="state">${answer.isIn ? "✓ in" : "✕ not in"}</span>
            <b>${answer.segment}</b>
            <small>${answer.cell}</small>
          </summary>
          <seg-why .answer=${answer}></seg-why>
          <p class="quiet"><a href=${hrefOf(session, answer)}>All about ${answer.segment}</a></p>
        </details>`,
      )}
    </div>`;
  }

  #stays(stays: readonly Stay[]) {
    return html`<section aria-label="In and out">
      <h2>In and out</h2>
      <div class="card">
        <ul class="stays">
          ${stays.map(
            (stay) => html`<li>
              <b>${stay.segment}</b>
              <span
                >from ${momentWords(stay.since, this.#zone.zone)}
                ${stay.until === null ? "until now" : `to ${momentWords(stay.until, this.#zone.zone)}`}</span
              >
              <span class="quiet"
                >${stayWords(stay)}</span
              >
            </li>`,
          )}
        </ul>
      </div>
    </section>`;
  }

  #values(session: Session, { relation, kind, columns }: PersonValues) {
    const href = routeHref({ page: "notebook", path: session.path, cell: relation });
    return html`<div class="card">
      <h3><a href=${href}>${relation}</a> ${kind}</h3>
      <dl>
        ${columns.map(
          (column) => html`<dt>${column.name}</dt>
            <dd>${formatCell(column.value, column, columnDigits(column, [column.value]), this.#zone)}</dd>`,
        )}
      </dl>
    </div>`;
  }
}

/** `Came by behaviour, went as time passed.` */
function stayWords({ enteredBecause, leftBecause, heldOut }: Stay): string {
  const words = [`came: ${causeWords(enteredBecause)}`];
  if (leftBecause !== null) words.push(`went: ${causeWords(leftBecause)}`);
  if (heldOut) words.push("held out of what is sent");
  return words.join("; ");
}

function hrefOf(session: Session, { cell, segment }: SegmentAnswer): string {
  return routeHref({ page: "segment", path: session.path, segments: [{ cell, name: segment }] });
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-person-page": SegPersonPage;
  }
}

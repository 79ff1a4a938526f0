import { css, html, LitElement, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { formatCount } from "../../server/figures/format.ts";
import type { Problem } from "../../server/notebook/model.ts";
import type { CellView, RelationView } from "../../server/run/view.ts";
import { emit } from "../parts/emit.ts";
import { withCode } from "../parts/problem.ts";
import { readersOf } from "../state/graph.ts";
import { routeHref } from "../state/route.ts";
import type { Session } from "../state/session.ts";
import { Watch } from "../state/watchable.ts";
import { askable, base } from "../theme/base.ts";

const FIRST_COLUMNS = 8;

/** The right column: the relations of the notebook with their columns and readers, and what was found wanting. Event: `go-cell`. */
@customElement("seg-knows")
export class SegKnows extends LitElement {
  static override styles = [
    base,
    askable,
    css`
      :host {
        display: block;
        padding: var(--gap-4) var(--gap-3);
        font: var(--size-2) / 1.5 var(--font);
      }
      h2 {
        margin: 0 0 6px;
        color: var(--ink-3);
        font-size: var(--size-1);
        font-weight: 600;
      }
      h2 + p {
        margin: 0;
        color: var(--ink-3);
      }
      section + section {
        margin-top: var(--gap-4);
      }
      .relation {
        padding: 6px 0;
        border-bottom: 1px solid var(--line);
      }
      .line {
        display: flex;
        align-items: baseline;
        justify-content: space-between;
        gap: var(--gap-2);
      }
      .line a {
        color: var(--ink);
        font: 600 var(--size-2) var(--mono);
        text-decoration: none;
        overflow-wrap: anywhere;
      }
      .line a:hover {
        text-decoration: underline;
      }
      .line a.part {
        color: var(--ink-2);
        font-weight: 400;
      }
      small {
        flex: none;
        color: var(--ink-3);
        font-size: var(--size-1);
        font-variant-numeric: tabular-nums;
      }
      .column {
        display: flex;
        justify-content: space-between;
        gap: var(--gap-2);
        padding: 1px 0 1px 12px;
        color: var(--ink-2);
      }
      .column span {
        overflow-wrap: anywhere;
      }
      .column small {
        max-width: 50%;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
        text-transform: lowercase;
      }
      .more,
      .read-in {
        padding: 1px 0 1px 12px;
        color: var(--ink-3);
        font-size: var(--size-1);
      }
      .read-in a {
        color: inherit;
      }
      .finding {
        margin: var(--gap-2) 0;
        padding: 2px 0 2px var(--gap-2);
        border-left: 2px solid var(--stale);
        color: var(--ink-2);
        overflow-wrap: anywhere;
      }
      .finding code {
        font: 0.94em var(--mono);
      }
      .finding.error {
        border-left-color: var(--failed);
      }
      .finding.note {
        border-left-color: var(--line-strong);
      }
      .finding i {
        display: block;
        color: var(--ink-3);
        font-style: normal;
      }
    `,
  ];

  @property({ attribute: false }) session: Session | null = null;
  @state() private opened: ReadonlySet<string> = new Set();

  constructor() {
    super();
    new Watch(this, () => [this.session]);
  }

  override render() {
    const session = this.session;
    if (session === null) return nothing;
    const cells = session.cells.filter((cell) => cell.relations.length > 0 && cell.kind !== "input");
    const problems = [...(session.plan?.problems ?? []), ...session.cells.flatMap((cell) => cell.problems)];
    return html`<section aria-labelledby="relations">
        <h2 id="relations">What this notebook knows</h2>
        ${cells.length === 0 ? html`<p>No relation yet: a source or a query makes the first.</p>` : nothing}
        ${cells.map((cell) => this.#cell(session, cell))}
      </section>
      <section aria-labelledby="findings">
        <h2 id="findings">Findings</h2>
        ${problems.length === 0 ? html`<p>Nothing is wanting.</p>` : problems.map((problem) => this.#finding(problem))}
      </section>`;
  }

  #cell(session: Session, cell: CellView) {
    const readers = readersOf(cell.id, session.cells);
    return html`<div class="relation">
      ${cell.relations.map((relation) => this.#relation(session, cell, relation))}
      ${
        readers.length === 0
          ? nothing
          : html`<div class="read-in">
              read in
              ${readers.map(
                (id, place) =>
                  html`${place > 0 ? ", " : ""}<a href=${routeHref({ page: "notebook", path: session.path, cell: id })}>${id}</a>`,
              )}
            </div>`
      }
    </div>`;
  }

  #relation(session: Session, cell: CellView, relation: RelationView) {
    const main = relation.name === cell.id;
    const rows = relation.rows === null ? "" : formatCount(relation.rows);
    const all = this.opened.has(relation.name);
    const shown = all ? relation.columns : main ? relation.columns.slice(0, FIRST_COLUMNS) : [];
    const hidden = relation.columns.length - shown.length;
    return html`<div class="line">
        <a class=${main ? "" : "part"} href=${routeHref({ page: "notebook", path: session.path, cell: cell.id })}>${relation.name}</a>
        <small>${rows}</small>
      </div>
      ${shown.map((column) => html`<div class="column"><span>${column.name}</span><small title=${column.type}>${column.type}</small></div>`)}
      ${
        hidden > 0 || all
          ? html`<div class="more">
              <button class="ask" aria-expanded=${String(all)} @click=${() => this.#toggle(relation.name)}>
                ${all ? "Show fewer columns" : `${hidden} ${shown.length > 0 ? "more " : ""}${hidden === 1 ? "column" : "columns"}`}
              </button>
            </div>`
          : nothing
      }`;
  }

  #finding(problem: Problem) {
    return html`<div class="finding ${problem.severity}">
      ${
        problem.cell === null
          ? nothing
          : html`<button class="ask" @click=${() => emit(this, "go-cell", { cell: problem.cell })}><b>${problem.cell}</b></button>: `
      }${withCode(problem.message)}<i>${withCode(problem.hint)}</i>
    </div>`;
  }

  #toggle(relation: string): void {
    const opened = new Set(this.opened);
    if (!opened.delete(relation)) opened.add(relation);
    this.opened = opened;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-knows": SegKnows;
  }
}

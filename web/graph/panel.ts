import { css, html, LitElement, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { CellView } from "../../server/run/view.ts";
import "../parts/button.ts";
import "../parts/empty.ts";
import { emit } from "../parts/emit.ts";
import { Ticker } from "../parts/ticker.ts";
import type { Session } from "../state/session.ts";
import { Watch } from "../state/watchable.ts";
import { base } from "../theme/base.ts";
import "./graph.ts";
import "./timeline.ts";
import { timelineOf } from "./timeline-rows.ts";

/** Below the notebook: who reads whom, and the newest run's timeline. Events: `go-cell`, `close`. */
@customElement("seg-graph-panel")
export class SegGraphPanel extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: grid;
        grid-template-rows: auto minmax(0, 1fr);
        font: var(--size-2) / 1.5 var(--font);
        color: var(--ink-2);
        background: var(--paper);
      }
      header {
        display: flex;
        align-items: center;
        justify-content: space-between;
        padding: 4px var(--gap-3);
        border-bottom: 1px solid var(--line);
      }
      h2 {
        margin: 0;
        color: var(--ink);
        font-size: var(--size-2);
        font-weight: 600;
      }
      .inside {
        /* What is written for readers of screens alone stands within. */
        position: relative;
        overflow: auto;
        container: panel / inline-size;
      }
      .both {
        display: grid;
      }
      .both > * {
        position: relative;
        min-width: 0;
        padding: var(--gap-3);
      }
      /* Beside each other, each is scrolled by itself. */
      @container panel (min-width: 900px) {
        .both {
          grid-template: minmax(0, 1fr) / fit-content(64%) minmax(340px, 1fr);
          height: 100%;
        }
        .both > * {
          overflow: auto;
          scrollbar-gutter: stable;
        }
      }
      h3 {
        margin: 0 0 var(--gap-2);
        color: var(--ink);
        font-size: var(--size-2);
        font-weight: 600;
      }
    `,
  ];

  @property({ attribute: false }) session: Session | null = null;

  constructor() {
    super();
    new Watch(this, () => [this.session]);
    new Ticker(this, () => this.session?.runner.running ?? false);
  }

  override render() {
    const { session } = this;
    if (session === null) return nothing;
    const cells = session.cells;
    const timeline = timelineOf(cells, session.runner.progress, Date.now());
    return html`<header>
        <h2>Graph and run</h2>
        <seg-button kind="quiet" @click=${() => emit(this, "close", null)}>Close</seg-button>
      </header>
      <div class="inside" @keydown=${this.#key}>
        <div class="both">
        ${
          cells.length === 0
            ? html`<seg-empty heading="No cells yet" text="Each cell will stand here, with arrows from what it reads."></seg-empty>`
            : html`<seg-graph .cells=${cells} .at=${session.at}></seg-graph>`
        }
        ${
          timeline.rows.length === 0
            ? html`<seg-empty heading=${idleWords(cells)} text="The next run shows here when each cell was at work."></seg-empty>`
            : html`<div>
                <h3>${session.runner.running ? "This run" : "The last run"}</h3>
                <seg-timeline .timeline=${timeline}></seg-timeline>
              </div>`
        }
        </div>
      </div>`;
  }

  /** To the cell at hand in the graph, from where the arrow keys go on. */
  override focus(): void {
    const graph = this.renderRoot.querySelector("seg-graph");
    if (graph === null) this.renderRoot.querySelector("seg-button")?.focus();
    else void graph.updateComplete.then(() => graph.focus());
  }

  readonly #key = (event: KeyboardEvent): void => {
    if (event.key === "Escape") emit(this, "close", null);
  };
}

/** Why there is no timeline. */
function idleWords(cells: readonly CellView[]): string {
  const hasResults = cells.some(({ kind, state }) => kind !== "input" && state === "fresh");
  return hasResults ? "The last run computed nothing: its results were there" : "Nothing has been run yet";
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-graph-panel": SegGraphPanel;
  }
}

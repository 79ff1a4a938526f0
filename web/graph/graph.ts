import { css, html, LitElement, nothing, svg } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { STATE_WORDS } from "../../server/figures/cell-words.ts";
import type { CellView } from "../../server/run/view.ts";
import { emit } from "../parts/emit.ts";
import { base } from "../theme/base.ts";
import { type Arrow, curve, type GraphLayout, graphLayout, NODE_HEIGHT, NODE_WIDTH, neighbour } from "./layout.ts";

const EMPTY: GraphLayout = { width: 0, height: 0, cells: [], arrows: [] };

/**
 * The notebook's cells with what each reads, left to right. Arrow keys go along the arrows, Enter goes to the cell.
 * Event: `go-cell` with the cell.
 */
@customElement("seg-graph")
export class SegGraph extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        overflow: auto;
      }
      svg {
        display: block;
        font: var(--size-1) / 1.3 var(--font);
      }
      path {
        fill: none;
        stroke: var(--line-strong);
        stroke-width: 1.25;
      }
      path.lit {
        stroke: var(--accent);
        stroke-width: 2;
      }
      marker path {
        fill: var(--line-strong);
        stroke: none;
      }
      rect {
        fill: var(--card);
        stroke: var(--line-strong);
      }
      .stale rect,
      .unknown rect,
      .cancelled rect,
      .waiting rect {
        stroke: var(--stale);
        stroke-dasharray: 4 3;
      }
      .waiting rect {
        stroke: var(--running);
      }
      .running rect {
        fill: var(--running-soft);
        stroke: var(--running);
        stroke-width: 2;
      }
      .failed rect,
      .blocked rect {
        fill: var(--failed-soft);
        stroke: var(--failed);
      }
      text {
        fill: var(--ink-2);
      }
      .id {
        fill: var(--ink);
        font-family: var(--mono);
        font-size: 12px;
        font-weight: 600;
      }
      g[role="button"] {
        cursor: pointer;
        outline: none;
      }
      g:hover rect {
        fill: var(--sunk);
      }
      g:focus-visible rect {
        stroke: var(--accent);
        stroke-width: 3;
        stroke-dasharray: none;
      }
    `,
  ];

  @property({ attribute: false }) cells: readonly CellView[] = [];
  /** The cell at hand. */
  @property() at: string | null = null;
  @state() private focused: string | null = null;
  #layout = EMPTY;
  #drawn = "";

  override willUpdate(): void {
    // A run changes states many times a second, the graph itself seldom.
    const reads = JSON.stringify(
      this.cells.map(({ id, reads, relations }) => [id, reads, relations.map((r) => r.name)]),
    );
    if (reads === this.#drawn) return;
    this.#drawn = reads;
    this.#layout = graphLayout(this.cells);
  }

  override render() {
    const { width, height, cells, arrows } = this.#layout;
    const entry = cells.some((cell) => cell.id === this.focused) ? this.focused : (this.at ?? cells[0]?.id ?? null);
    return html`<svg
      role="group"
      aria-label="Graph of the notebook's cells"
      width=${width}
      height=${height}
      viewBox=${`0 0 ${width} ${height}`}
      @keydown=${this.#key}
    >
      <defs>
        <marker id="tip" viewBox="0 0 6 6" refX="6" refY="3" markerWidth="6" markerHeight="6" orient="auto">
          <path d="M0 0L6 3L0 6Z"></path>
        </marker>
      </defs>
      ${arrows.map((arrow) => this.#arrow(arrow))}
      ${cells.map((placed) => {
        const cell = this.cells.find((each) => each.id === placed.id);
        return cell === undefined ? nothing : this.#cell(cell, placed, { isEntry: placed.id === entry });
      })}
    </svg>`;
  }

  #arrow({ from, to, points }: Arrow) {
    const lit = this.focused !== null && (from === this.focused || to === this.focused);
    return svg`<path class=${lit ? "lit" : ""} d=${curve(points)} marker-end="url(#tip)"></path>`;
  }

  #cell(cell: CellView, { x, y }: { x: number; y: number }, { isEntry }: { isEntry: boolean }) {
    const state = cell.kind === "input" ? "" : STATE_WORDS[cell.state];
    const words = [cell.kind, state].filter((word) => word !== "").join(" · ");
    return svg`<g
      role="button"
      id=${`cell-${cell.id}`}
      class=${cell.state}
      tabindex=${isEntry ? 0 : -1}
      transform=${`translate(${x - NODE_WIDTH / 2} ${y - NODE_HEIGHT / 2})`}
      aria-label=${`${cell.id}, ${words}`}
      aria-current=${cell.id === this.at ? "location" : nothing}
      @click=${() => emit(this, "go-cell", { cell: cell.id })}
      @focus=${() => {
        this.focused = cell.id;
      }}
    >
      <title>${cell.id}: ${words}${cell.reason === null ? "" : `, ${cell.reason}`}</title>
      <rect width=${NODE_WIDTH} height=${NODE_HEIGHT} rx="7"></rect>
      <text class="id" x="10" y="17">${shortened(cell.id)}</text>
      <text x="10" y="31">${words}</text>
    </g>`;
  }

  override focus(): void {
    this.renderRoot.querySelector<SVGGElement>('g[tabindex="0"]')?.focus();
  }

  readonly #key = (event: KeyboardEvent): void => {
    const at = this.focused;
    if (at === null) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      emit(this, "go-cell", { cell: at });
      return;
    }
    if (!event.key.startsWith("Arrow")) return;
    event.preventDefault();
    event.stopPropagation();
    const next = neighbour(at, event.key, this.#layout);
    if (next !== null) this.renderRoot.querySelector<SVGGElement>(`[id="cell-${CSS.escape(next)}"]`)?.focus();
  };
}

/** Ids may have 63 letters and a box holds eighteen; the whole one is in its title. */
function shortened(id: string): string {
  return id.length > 18 ? `${id.slice(0, 17)}…` : id;
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-graph": SegGraph;
  }
}

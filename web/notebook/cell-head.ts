import { css, html, LitElement, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { Cell } from "../../server/notebook/model.ts";
import type { CellView } from "../../server/run/view.ts";
import { kindOnPage } from "../cells/kinds.ts";
import { emit } from "../parts/emit.ts";
import "../parts/menu.ts";
import "./kind-field.ts";
import "./rename-field.ts";
import { measureWords } from "../../server/figures/cell-words.ts";
import { homeOf } from "../state/graph.ts";
import { routeHref } from "../state/route.ts";
import type { Session } from "../state/session.ts";
import { base } from "../theme/base.ts";

/** A cell's head line: kind, id, what it reads, what it came to, and what can be done. Events: `fold`, `run-cell`, `cell-action`,
 * `rename-cell`, `cell-kind`, `drag-cell`, and `left` where a field in it was left. */
@customElement("seg-cell-head")
export class SegCellHead extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: flex;
        align-items: center;
        gap: 0 var(--gap-2);
        min-height: 30px;
        margin-bottom: 3px;
        color: var(--ink-3);
        font: var(--size-2) / 1.5 var(--font);
      }
      h2 {
        flex: 0 1 auto;
        display: flex;
        align-items: baseline;
        gap: var(--gap-2);
        margin: 0;
        font: inherit;
      }
      .id {
        color: var(--ink);
        font: 600 var(--size-2) var(--mono);
        text-decoration: none;
      }
      .reads {
        min-width: 0;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .reads a {
        color: inherit;
        text-decoration-color: var(--line-strong);
        text-underline-offset: 3px;
      }
      .measure {
        font-variant-numeric: tabular-nums;
        white-space: nowrap;
      }
      .failed,
      .blocked {
        color: var(--failed);
      }
      .stale,
      .cancelled {
        color: var(--stale);
      }
      .running,
      .waiting {
        color: var(--running);
      }
      .actions {
        display: flex;
        flex: none;
        gap: 2px;
        /* The cell around shows them while it is pointed at or has the focus. */
        max-width: var(--cell-actions, 0);
        margin-left: auto;
        overflow: clip;
        overflow-clip-margin: 4px;
      }
      :host(:focus-within) .actions,
      .actions.seen {
        max-width: none;
      }
      .act {
        min-height: 28px;
        padding: 3px 9px;
        border: 0;
        border-radius: 7px;
        background: none;
        color: var(--ink-2);
        font: 500 var(--size-2) / 1.5 var(--font);
        cursor: pointer;
      }
      .move {
        cursor: grab;
        touch-action: none;
      }
      .act:hover {
        background: var(--sunk);
        color: var(--ink);
      }
      @media (hover: none) {
        .actions {
          max-width: none;
        }
      }
      @media (max-width: 899px) {
        :host {
          flex-wrap: wrap;
        }
        .measure {
          order: 3;
          flex-basis: 100%;
        }
      }
    `,
  ];

  @property({ attribute: false }) session: Session | null = null;
  @property({ attribute: false }) cell: Cell | null = null;
  @property({ attribute: false }) view: CellView | null = null;
  @property({ attribute: false }) folded = false;
  @property({ attribute: false }) outputFolded = false;
  /** Whether it is the cell at hand. */
  @property({ attribute: false }) at = false;
  /** What of it is being changed. */
  @state() private open: "id" | "kind" | null = null;

  override render() {
    const { session, cell, view } = this;
    if (session === null || cell === null) return nothing;
    const kind = kindOnPage(cell.kind);
    const manner = kind?.manner(view?.body) ?? "";
    const runs = kind !== null && cell.kind !== "input" && !session.file.readOnly;
    const going = view?.state === "running" || view?.state === "waiting";
    return html`<h2>
        ${
          this.open === "kind"
            ? html`<seg-kind .cell=${cell.id} .kind=${cell.kind} @leave=${this.#leave}></seg-kind>`
            : html`<span>${cell.kind}</span>`
        }
        ${
          this.open === "id"
            ? html`<seg-rename .session=${session} .cell=${cell.id} @leave=${this.#leave}></seg-rename>`
            : html`<span class="id">${cell.id}</span>`
        }
      </h2>
      <span class="reads">${this.#reads(session, view)}${manner === "" ? nothing : html` · ${manner}`}</span>
      <span class="actions ${this.at || going || (runs && view?.state !== "fresh") ? "seen" : ""}">
        ${runs ? this.#runOrCancel(session, cell.id, going) : nothing}
        <button
          class="act"
          aria-label=${`${this.folded ? "Edit" : "Fold"} the text of ${cell.id}`}
          aria-expanded=${String(!this.folded)}
          @click=${() => emit(this, "fold", null)}
        >
          ${this.folded ? "Edit" : "Fold"}
        </button>
        ${session.file.readOnly ? nothing : this.#moveAndMore(cell.id)}
      </span>
      ${
        view === null || cell.kind === "input"
          ? html`<span class="measure"></span>`
          : html`<span class="measure ${view.state}">${measureWords(view, { noun: kind?.rows ?? "rows" })}</span>`
      }`;
  }

  /** Opens the field for another id. */
  async rename(): Promise<void> {
    await this.#show("id");
  }

  /** Opens the choice of another kind. */
  async chooseKind(): Promise<void> {
    await this.#show("kind");
  }

  async #show(which: "id" | "kind"): Promise<void> {
    if (this.session?.file.readOnly !== false) return;
    this.open = which;
    await this.updateComplete;
  }

  #leave(event: CustomEvent<{ back: boolean }>): void {
    event.stopPropagation();
    if (this.open === null) return;
    this.open = null;
    if (event.detail.back) emit(this, "left", null);
  }

  #moveAndMore(id: string) {
    const items = ITEMS.map((item) =>
      item.id === "output" && this.outputFolded ? { ...item, label: "Show the output" } : item,
    );
    return html`<button
        class="act move"
        aria-label=${`Move ${id}: drag it, or press arrow up and arrow down`}
        @pointerdown=${(event: PointerEvent) => emit(this, "drag-cell", { cell: id, event })}
        @keydown=${this.#moveKey}
      >
        Move
      </button>
      <seg-menu label="More" .items=${items} @pick=${this.#picked}></seg-menu>`;
  }

  #moveKey(event: KeyboardEvent): void {
    const action = { ArrowUp: "up", ArrowDown: "down" }[event.key];
    if (action === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    emit(this, "cell-action", { cell: this.cell?.id, action });
    // The handle keeps the focus, so that the next press moves it on.
    requestAnimationFrame(() => this.renderRoot.querySelector<HTMLElement>(".move")?.focus());
  }

  #runOrCancel(session: Session, id: string, going: boolean) {
    if (!going) return html`<button class="act" aria-label=${`Run ${id}`} @click=${this.#run}>Run</button>`;
    const cancel = () => void session.runner.cancel();
    return html`<button class="act" aria-label=${`Cancel the run of ${id}`} @click=${cancel}>Cancel</button>`;
  }

  #reads(session: Session, view: CellView | null) {
    if (view === null || view.reads.length === 0) return nothing;
    const last = view.reads.length - 1;
    return html`reads
    ${view.reads.map((id, place) => {
      const between = place === 0 ? "" : place === last ? " and " : ", ";
      const cell = homeOf(id, session.cells);
      return html`${between}<a href=${routeHref({ page: "notebook", path: session.path, cell })}>${id}</a>`;
    })}`;
  }

  #run(): void {
    emit(this, "run-cell", { cell: this.cell?.id, next: false });
  }

  #picked(event: CustomEvent<{ id: string }>): void {
    event.stopPropagation();
    emit(this, "cell-action", { cell: this.cell?.id, action: event.detail.id });
  }
}

const ITEMS = [
  { id: "rename", label: "Rename…" },
  { id: "kind", label: "Change kind…" },
  { id: "up", label: "Move up", apart: true },
  { id: "down", label: "Move down" },
  { id: "duplicate", label: "Duplicate" },
  { id: "copy", label: "Copy", apart: true },
  { id: "cut", label: "Cut" },
  { id: "paste", label: "Paste below" },
  { id: "output", label: "Fold the output", apart: true },
  { id: "recompute", label: "Compute anew", hint: "without the cache" },
  { id: "delete", label: "Delete", apart: true },
];

declare global {
  interface HTMLElementTagNameMap {
    "seg-cell-head": SegCellHead;
  }
}

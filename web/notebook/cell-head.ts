import { html, LitElement, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { Cell } from "../../server/notebook/model.ts";
import type { CellView } from "../../server/run/view.ts";
import { kindOnPage } from "../cells/kinds.ts";
import { emit } from "../parts/emit.ts";
import "../parts/menu.ts";
import { cellHeadStyle } from "./cell-head-style.ts";
import "./kind-field.ts";
import "./rename-field.ts";
import { measureWords } from "../../server/figures/cell-words.ts";
import { formatPercent } from "../../server/figures/format.ts";
import { EXPLAINED } from "../segments/explained-kinds.ts";
import { homeOf } from "../state/graph.ts";
import { routeHref } from "../state/route.ts";
import type { Session } from "../state/session.ts";
import { base } from "../theme/base.ts";

/** A cell's head line: kind, id, what it reads, what it came to, and what can be done. Events: `fold`, `run-cell`, `cell-action`,
 * `rename-cell`, `cell-kind`, `drag-cell`, and `left` where a field in it was left. */
@customElement("seg-cell-head")
export class SegCellHead extends LitElement {
  static override styles = [base, cellHeadStyle];

  @property({ attribute: false }) session: Session | null = null;
  @property({ attribute: false }) cell: Cell | null = null;
  @property({ attribute: false }) view: CellView | null = null;
  /** How far it is while it runs, 0 to 1; null where nobody knows. */
  @property({ attribute: false }) progress: number | null = null;
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
          : html`<span class="measure ${view.state}">${measureWords(view, { noun: kind?.rows ?? "rows" })}${this.#far(view)}</span>`
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
    const isExplained = EXPLAINED.has(this.cell?.kind ?? "");
    const items = ITEMS.filter((item) => item.id !== "explain" || isExplained).map((item) =>
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
    // The handle keeps the focus, so that the next press moves it on.
    const done = () => this.renderRoot.querySelector<HTMLElement>(".move")?.focus();
    emit(this, "cell-action", { cell: this.cell?.id, action, done });
  }

  #far(view: CellView) {
    if (view.state !== "running" || this.progress === null) return nothing;
    return html`, ${formatPercent(this.progress, { digits: 0 })}`;
  }

  #runOrCancel(session: Session, id: string, going: boolean) {
    const cancel = () => void session.runner.cancelCell(id);
    const says = going ? `Cancel ${id}; other cells go on` : `Run ${id}`;
    // One button for both, so that who pressed it keeps the focus.
    return html`<button class="act" aria-label=${says} @click=${going ? cancel : this.#run}>
      ${going ? "Cancel" : "Run"}
    </button>`;
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
  { id: "explain", label: "SQL and plan…", apart: true },
  { id: "output", label: "Fold the output", apart: true },
  { id: "recompute", label: "Compute anew", hint: "without the cache" },
  { id: "delete", label: "Delete", apart: true },
];

declare global {
  interface HTMLElementTagNameMap {
    "seg-cell-head": SegCellHead;
  }
}

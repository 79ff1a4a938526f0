import { html, LitElement, nothing, type PropertyValues } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { togetherTold } from "../../server/figures/together-told.ts";
import type { Cell, Problem } from "../../server/notebook/model.ts";
import type { CellView } from "../../server/run/view.ts";
import { kindOnPage } from "../cells/kinds.ts";
import "../parts/button.ts";
import "../parts/dialog.ts";
import "../parts/editor.ts";
import { emit } from "../parts/emit.ts";
import "../parts/menu.ts";
import { withCode } from "../parts/problem.ts";
import "../parts/state-bar.ts";
import type { CompleteFunction, EditorEdit } from "../parts/editor.ts";
import "../segments/explain.ts";
import { EXPLAINED } from "../segments/explained-kinds.ts";
import "../segments/guards/guards.ts";
import type { Session } from "../state/session.ts";
import { editorText, withEditorText } from "../state/structure.ts";
import { base } from "../theme/base.ts";
import { isInBody } from "./body-problems.ts";
import { cellFrameStyle } from "./cell-frame-style.ts";
import { cellProblems, editorProblems } from "./cell-problems.ts";
import { completionsFor } from "./completions.ts";
import type { FoldedPart, Folds } from "./folds.ts";
import { Near } from "./near.ts";
import "./cell-head.ts";

/** One cell: what it is and how it stands, its text, what is wrong with it, and what it yields. */
@customElement("seg-cell")
export class SegCell extends LitElement {
  static override styles = [base, cellFrameStyle];

  @property({ attribute: false }) session: Session | null = null;
  @property({ attribute: false }) cell: Cell | null = null;
  @property({ attribute: false }) view: CellView | null = null;
  /** How far its computation is, from 0 to 1, while it runs. */
  @property({ attribute: false }) progress: number | null = null;
  @property({ attribute: false }) folds: Folds | null = null;
  /** Whether it is the cell at hand. */
  @property({ type: Boolean }) at = false;
  /** Whether its head is all that is seen of it. */
  @property({ type: Boolean, reflect: true }) small = false;
  /** Counts up when the reader folds, for what they chose is kept outside. */
  @state() private foldings = 0;
  /** Its text is shown for as long as something in it is looked at. */
  @state() private peeked = false;
  /** Whether it is shown how the cell is computed. */
  @state() private explained = false;
  #complete: readonly CompleteFunction[] = [];
  readonly #near = new Near(this);

  override willUpdate(changed: PropertyValues<this>): void {
    this.small = this.#isSmall;
    if (!changed.has("session") && !changed.has("cell")) return;
    const { session, cell } = this;
    if (session === null || cell === null) return;
    if (changed.has("session") || changed.get("cell")?.id !== cell.id)
      this.#complete = completionsFor(session, cell.id);
  }

  override render() {
    const { session, cell } = this;
    if (session === null || cell === null) return nothing;
    const { view } = this;
    const stateNow = cell.kind === "input" && view?.state === "stale" ? "fresh" : (view?.state ?? "unknown");
    const folded = this.#folded;
    return html`<section
      id=${cell.id}
      class=${this.at ? "at" : ""}
      tabindex="-1"
      aria-label=${`${cell.kind} ${cell.id}`}
      @focusin=${() => session.goTo(cell.id)}
    >
      <seg-state-bar state=${stateNow} .progress=${this.progress}></seg-state-bar>
      <div>
        <seg-cell-head
          .session=${session}
          .cell=${cell}
          .view=${view}
          .progress=${this.progress}
          .folded=${folded}
          .outputFolded=${this.#outputFolded}
          .at=${this.at}
          @fold=${() => this.fold(!folded)}
          @left=${() => this.focus()}
        ></seg-cell-head>
        <div
          class="card"
          ?hidden=${this.small}
          @show-problem=${(event: CustomEvent<Problem>) => void this.goTo(event.detail)}
        >
          ${this.#reason(view)} ${folded ? nothing : this.#text(session, cell)}
          ${cellProblems(this.#allProblems(session, cell), {
            ...{ cell, folded },
            edit: () => void this.edit(),
            toHead: () => emit(this, "show-exclude", null),
          })}
          ${this.#guards(session, cell)}
          ${this.#outputFolded ? nothing : this.#output(session, cell)}
        </div>
      </div>
      ${this.explained ? this.#explanation(session, cell) : nothing}
    </section>`;
  }

  /** Puts the focus on the cell as a whole. */
  override focus(): void {
    this.renderRoot.querySelector("section")?.focus({ preventScroll: true });
  }

  /** Unfolds the text and puts the cursor into it. */
  async edit(): Promise<void> {
    if (this.#folded) this.fold(false);
    await this.updateComplete;
    this.renderRoot.querySelector("seg-editor")?.focus();
  }

  /** Opens the field for another id in its head. */
  async rename(): Promise<void> {
    await this.#head?.rename();
  }

  /** Opens the choice of another kind in its head. */
  async chooseKind(): Promise<void> {
    await this.#head?.chooseKind();
  }

  /** Shows how it is computed, where it is of a kind that has rules or features. */
  explain(): void {
    this.explained = EXPLAINED.has(this.cell?.kind ?? "");
  }

  /** Shows what it yields, and in it a panel of a segment. */
  async openSegment(entry: string, segment: string): Promise<void> {
    if (this.#outputFolded) this.foldOutput();
    await this.updateComplete;
    const output = this.renderRoot.querySelector("seg-segments-output");
    await output?.updateComplete;
    output?.openSegment(entry, segment);
  }

  fold(folded: boolean): void {
    this.#fold("text", folded);
  }

  /** Folds what it yields away, or shows it again. */
  foldOutput(): void {
    this.#fold("output", !this.#outputFolded);
  }

  /** Folds text and output away; shows both where both are. */
  foldAll(folded: boolean = !(this.#folded && this.#outputFolded)): void {
    this.#fold("text", folded);
    this.#fold("output", folded);
  }

  /** Whether anything but the head is seen of it. */
  get unfolded(): boolean {
    return !this.#folded || !this.#outputFolded;
  }

  /** Shows a stretch of its text, marked, even where that is folded away; the focus stays where it is. */
  async mark(from: number, to: number): Promise<void> {
    this.peeked = true;
    await this.updateComplete;
    const editor = this.renderRoot.querySelector("seg-editor");
    await editor?.updateComplete;
    editor?.mark(from, to);
  }

  /** Puts the cursor where a problem is; without a place in the text, the focus on the cell. */
  async goTo(problem: Problem): Promise<void> {
    const { cell } = this;
    if (cell === null || !isInBody(problem, cell)) {
      this.focus();
      return;
    }
    if (this.#folded) this.fold(false);
    await this.updateComplete;
    const editor = this.renderRoot.querySelector("seg-editor");
    await editor?.updateComplete;
    editor?.moveTo((problem.line ?? 0) - cell.bodyLine + 1, problem.column ?? 1, `${problem.message} ${problem.hint}`);
  }

  /** Ends what `mark` began. */
  unmark(): void {
    this.renderRoot.querySelector("seg-editor")?.mark(0, 0);
    this.peeked = false;
  }

  get #head() {
    return this.renderRoot.querySelector("seg-cell-head");
  }

  #fold(part: FoldedPart, folded: boolean): void {
    if (this.cell === null) return;
    this.folds?.choose(this.cell.id, part, folded);
    this.foldings += 1;
  }

  get #folded(): boolean {
    const { cell, view } = this;
    if (cell === null || this.peeked) return false;
    const chosen = this.folds?.of(cell.id, "text") ?? null;
    if (chosen !== null) return chosen;
    const kind = kindOnPage(cell.kind);
    const quiet = view === null || view.state === "fresh" || view.state === "running" || view.state === "waiting";
    return kind?.foldedWhenFresh === true && (quiet || cell.kind === "input");
  }

  get #outputFolded(): boolean {
    return this.cell !== null && this.folds?.of(this.cell.id, "output") === true;
  }

  get #isSmall(): boolean {
    const { session, cell } = this;
    if (session === null || cell === null || !this.#folded || this.#allProblems(session, cell).length > 0) return false;
    return this.#outputFolded || cell.kind === "input" || this.view === null;
  }

  #reason(view: CellView | null) {
    // Why a run computed what is fresh now is no longer of interest here.
    const words = view?.state === "blocked" ? "Blocked" : view?.state === "stale" ? "Stale" : null;
    if (view === null || words === null || view.reasons.length === 0) return nothing;
    return html`<div class="why">${words}: ${withCode(togetherTold(view.reasons))}</div>`;
  }

  #text(session: Session, cell: Cell) {
    const kind = kindOnPage(cell.kind);
    return html`<div class="text">
      <seg-editor
        .value=${editorText(cell)}
        .language=${kind?.language ?? "yaml"}
        .problems=${editorProblems(this.#allProblems(session, cell), cell)}
        .problemsText=${editorText(session.planned(cell))}
        .completions=${this.#complete}
        .readOnly=${session.file.readOnly}
        label=${`Text of ${cell.id}`}
        @edit=${(event: CustomEvent<EditorEdit>) => this.#edited(event.detail)}
        @escape=${() => this.focus()}
      ></seg-editor>
    </div>`;
  }

  /** What is found of segments; a segments cell that has some lists it under them. */
  #explanation(session: Session, cell: Cell) {
    const closed = () => {
      this.explained = false;
    };
    return html`<seg-dialog class="wide" open heading=${`How ${cell.id} is computed`} @close=${closed}>
      <seg-explain .session=${session} .cell=${cell.id}></seg-explain>
    </seg-dialog>`;
  }

  #guards(session: Session, cell: Cell) {
    if (cell.kind === "segments" && this.view?.state === "fresh" && !this.#outputFolded) return nothing;
    return html`<seg-guards .session=${session} .cell=${cell}></seg-guards>`;
  }

  /** The plan's problems, and those that parsing found where there is no plan yet. */
  #allProblems(session: Session, cell: Cell): readonly Problem[] {
    if (this.view !== null) return this.view.problems;
    return session.notebook.problems.filter((problem) => problem.cell === cell.id);
  }

  #output(session: Session, cell: Cell) {
    const kind = kindOnPage(cell.kind);
    if (kind === null) {
      return html`<div class="unknown">
        <b>${cell.kind}</b> is not a kind of cell that this Segbook knows. It is kept as it is and never run.
      </div>`;
    }
    if (this.view === null) return nothing;
    if (!this.#near.value) return html`<div class="output far"></div>`;
    const old = !isMade(this.view) && kind.greys !== "itself";
    return html`<div class="output ${old ? "old" : ""}">${kind.output({ session, cell, view: this.view })}</div>`;
  }

  #edited({ value, how }: EditorEdit): void {
    const { session, cell } = this;
    if (session === null || cell === null) return;
    const text = withEditorText(session.notebook, cell, value);
    if (typeof text === "string") session.type(text, { cell: cell.id, where: `cell ${cell.id}`, how });
  }
}

/** Whether what is shown is that of the cell as it is; while it runs, what else it yields may be on its way. */
function isMade({ id, state, relations }: CellView): boolean {
  if (state !== "running" && state !== "waiting") return state === "fresh";
  return relations.some(({ name, rows }) => name === id && rows !== null);
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-cell": SegCell;
  }
}

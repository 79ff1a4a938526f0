import { html, LitElement, nothing, type PropertyValues } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { styleMap } from "lit/directives/style-map.js";
import { settingWords } from "../../server/figures/settings.ts";
import type { Block } from "../../server/notebook/model.ts";
import "../parts/button.ts";
import "../parts/empty.ts";
import "../parts/problem.ts";
import type { Session } from "../state/session.ts";
import { proseText } from "../state/structure.ts";
import { Watch } from "../state/watchable.ts";
import { base } from "../theme/base.ts";
import { sheet } from "../theme/sheet.ts";
import "./add-cell.ts";
import { behind, cellBefore, keyOf } from "./block-keys.ts";
import "./cell-frame.ts";
import type { SegCell } from "./cell-frame.ts";
import "./draft.ts";
import { CellDrag } from "./drag.ts";
import { Finding } from "./finding.ts";
import { Folds } from "./folds.ts";
import "./head-form.ts";
import "./inputs.ts";
import "./prose.ts";
import { Stay } from "./stay.ts";
import { viewStyle } from "./view-style.ts";

/** An open notebook, read like a page. */
@customElement("seg-notebook")
export class SegNotebook extends LitElement {
  static override styles = [base, sheet, viewStyle];

  @property({ attribute: false }) session: Session | null = null;
  @state() private settings = false;
  #folds: Folds | null = null;
  readonly #stay = new Stay(this);
  readonly #finding = new Finding(this);
  readonly #drag = new CellDrag(this, () => this.#draggable());

  constructor() {
    super();
    new Watch(this, () => [this.session]);
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("session")) return;
    this.#folds = this.session === null ? null : new Folds(this.session.path);
    this.settings = false;
    this.#finding.close();
  }

  override render() {
    const { session } = this;
    if (session === null) return nothing;
    const { blocks } = session.notebook;
    const shown = blocks.map((block, place) => ({
      block,
      key: keyOf(blocks, place),
      after: cellBefore(blocks, place),
    }));
    const first = shown.findIndex(({ block }) => block.type === "cell");
    const intro = first < 0 ? shown : shown.slice(0, first);
    const rest = first < 0 ? [] : shown.slice(first);
    return html`${this.#finding.render()} ${this.#title(session)} ${this.#problems(session)}
      <seg-draft .file=${session.file}></seg-draft>
      ${this.#blocks(session, intro)}
      <seg-inputs .session=${session}></seg-inputs>
      ${this.#blocks(session, rest)}
      ${
        session.notebook.cells.length === 0
          ? html`<seg-empty
              heading="This notebook has no cells yet"
              text="Begin with a source: it declares the files to read and what is expected of them."
            ></seg-empty>`
          : nothing
      }
      ${session.file.readOnly ? nothing : html`<seg-add last .below=${session.notebook.cells.at(-1)?.id ?? null}></seg-add>`}
      ${this.#dragged()}`;
  }

  /** What is folded away, as the reader left it. */
  get folds(): Folds | null {
    return this.#folds;
  }

  /** Opens the finding, or goes back to it. */
  find(): void {
    this.#finding.begin();
  }

  /** Folds every cell away, or where all are, unfolds them. */
  foldAll(): void {
    const cells = [...this.renderRoot.querySelectorAll("seg-cell")];
    const folded = cells.some((cell) => cell.unfolded);
    for (const cell of cells) cell.foldAll(folded);
  }

  /** Puts the cursor into the words that follow a cell; null is the first cell's place. */
  async editProse(after: string | null): Promise<void> {
    await this.updateComplete;
    const blocks = this.session?.notebook.blocks ?? [];
    const words = blocks[behind(blocks, after)];
    const prose = [...this.renderRoot.querySelectorAll("seg-prose")].find(({ block }) => block === words);
    prose?.scrollIntoView({ block: "nearest" });
    await prose?.edit();
  }

  /** The element of a cell. */
  cell(id: string): SegCell | null {
    return [...this.renderRoot.querySelectorAll("seg-cell")].find((element) => element.cell?.id === id) ?? null;
  }

  /** Shows a cell and puts the focus on it; with `start` at the top of what is seen. */
  async show(id: string, block: "start" | "nearest" = "nearest"): Promise<void> {
    this.session?.goTo(id);
    await this.updateComplete;
    const element = this.cell(id);
    await element?.updateComplete;
    element?.focus();
    if (element) this.#stay.on(element, block);
  }

  /** Opens a panel of a segments cell: below one of its segments, or for a new one. */
  async openSegment({ cell, entry, segment }: { cell: string; entry: string; segment: string }): Promise<void> {
    await this.show(cell);
    await this.cell(cell)?.openSegment(entry, segment);
  }

  /** The head is a form first; its text is one button further. */
  readonly #openSettings = (event: Event): void => {
    event.preventDefault();
    this.settings = !this.settings;
    void this.updateComplete.then(() => this.renderRoot.querySelector("seg-head-form")?.focus());
  };

  /** To what the head says of whoever is left out. */
  async #showExclude(): Promise<void> {
    this.settings = true;
    await this.updateComplete;
    this.renderRoot.querySelector("seg-head-form")?.focusOn("exclude");
  }

  async #settingsAsText(): Promise<void> {
    this.settings = false;
    await this.updateComplete;
    await this.renderRoot.querySelector("seg-prose")?.editText();
  }

  #closeSettings(): void {
    this.settings = false;
    this.renderRoot.querySelector("seg-prose")?.focus();
  }

  #dragged() {
    const { cell, line, pointer } = this.#drag;
    if (cell === null) return nothing;
    return html`${line === null ? nothing : html`<div class="drop" style=${styleMap({ top: `${line}px` })}></div>`}
      <div class="carried" style=${styleMap({ left: `${pointer.x}px`, top: `${pointer.y}px` })}>${cell}</div>`;
  }

  #draggable() {
    return [...this.renderRoot.querySelectorAll("seg-cell")].flatMap((element) =>
      element.cell === null ? [] : [{ id: element.cell.id, element }],
    );
  }

  #title(session: Session) {
    const head = session.notebook.blocks.find((block) => block.type === "head");
    const settings = settingWords(session.notebook.head, session.plan);
    return html`<h1>${session.title}</h1>
      ${
        head === undefined || head.type !== "head"
          ? nothing
          : html`<seg-prose
              class=${this.#finding.isIn(head) ? "found" : ""}
              .session=${session}
              .block=${head}
              name="Settings of the notebook"
              @edit-head=${this.#openSettings}
            >
              <span class="settings">${settings}</span>
            </seg-prose>`
      }
      ${
        this.settings
          ? html`<seg-head-form
              .session=${session}
              @as-text=${() => void this.#settingsAsText()}
              @leave=${() => this.#closeSettings()}
            ></seg-head-form>`
          : nothing
      }`;
  }

  #problems(session: Session) {
    const problems = session.plan?.problems ?? session.notebook.problems.filter((problem) => problem.cell === null);
    const failures = [session.planner.problem, session.runner.problem].filter((problem) => problem !== null);
    const all = [...failures, ...problems];
    if (all.length === 0) return nothing;
    return html`<div class="file-problems">
      ${all.map(
        (problem) => html`<seg-problem .problem=${problem}>
          ${
            problem === session.planner.problem
              ? html`<seg-button slot="action" @click=${() => void session.planner.now()}>Try again</seg-button>`
              : nothing
          }
        </seg-problem>`,
      )}
    </div>`;
  }

  #blocks(session: Session, blocks: readonly { block: Block; key: string; after: string | null }[]) {
    return repeat(
      blocks,
      ({ key }) => key,
      ({ block, after }) => this.#block(session, block, after),
    );
  }

  #block(session: Session, block: Block, after: string | null) {
    if (block.type === "head") return nothing;
    if (block.type !== "cell") {
      return proseText(block) === ""
        ? nothing
        : html`<seg-prose
            class=${this.#finding.isIn(block) ? "found" : ""}
            .session=${session}
            .block=${block}
            name="Text"
            .heading=${session.title}
          ></seg-prose>`;
    }
    const { cell } = block;
    return html`${session.file.readOnly ? nothing : html`<seg-add .below=${after}></seg-add>`}
      <seg-cell
        class="${this.#drag.cell === cell.id ? "moved" : ""} ${this.#finding.isIn(block) ? "found" : ""}"
        @show-exclude=${() => void this.#showExclude()}
        @drag-cell=${(event: CustomEvent<{ cell: string; event: PointerEvent }>) => this.#drag.begin(cell.id, event.detail.event)}
        .session=${session}
        .cell=${cell}
        .view=${session.cell(cell.id)}
        .progress=${session.runner.progress?.heard.get(cell.id)?.progress ?? null}
        .folds=${this.#folds}
        ?at=${session.at === cell.id}
      ></seg-cell>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-notebook": SegNotebook;
  }
}

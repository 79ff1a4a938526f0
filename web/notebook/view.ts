import { css, html, LitElement, nothing, type PropertyValues } from "lit";
import { customElement, property } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import type { Block } from "../../server/notebook/model.ts";
import "../parts/button.ts";
import "../parts/empty.ts";
import "../parts/problem.ts";
import type { Session } from "../state/session.ts";
import { proseText } from "../state/structure.ts";
import { Watch } from "../state/watchable.ts";
import { base } from "../theme/base.ts";
import "./add-cell.ts";
import "./cell-frame.ts";
import type { SegCell } from "./cell-frame.ts";
import "./draft.ts";
import { Folds } from "./folds.ts";
import "./inputs.ts";
import "./prose.ts";
import { settingWords } from "../../server/figures/settings.ts";
import { Stay } from "./stay.ts";

/** An open notebook, read like a page. */
@customElement("seg-notebook")
export class SegNotebook extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        max-width: 980px;
        margin: 0 auto;
        padding: var(--gap-4) var(--gap-5) 120px;
        font: var(--size-3) / 1.5 var(--font);
      }
      h1 {
        margin: 0 0 6px;
        font-size: var(--size-5);
        font-weight: 650;
        letter-spacing: -0.02em;
      }
      .settings {
        color: var(--ink-3);
        font-size: var(--size-2);
      }
      .file-problems {
        display: grid;
        gap: 1px;
        margin-bottom: var(--gap-4);
        border-radius: var(--radius);
        overflow: hidden;
      }
      @media (max-width: 899px) {
        :host {
          padding: var(--gap-3) var(--gap-4) 96px;
        }
      }
      @media (max-width: 520px) {
        :host {
          padding: var(--gap-3) var(--gap-3) 96px 22px;
        }
      }
    `,
  ];

  @property({ attribute: false }) session: Session | null = null;
  #folds: Folds | null = null;
  readonly #stay = new Stay(this);

  constructor() {
    super();
    new Watch(this, () => [this.session]);
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("session")) this.#folds = this.session === null ? null : new Folds(this.session.path);
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
    return html`${this.#title(session)} ${this.#problems(session)}
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
      ${session.file.readOnly ? nothing : html`<seg-add last .below=${session.notebook.cells.at(-1)?.id ?? null}></seg-add>`}`;
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

  #title(session: Session) {
    const head = session.notebook.blocks.find((block) => block.type === "head");
    const settings = settingWords(session.notebook.head, session.plan);
    return html`<h1>${session.title}</h1>
      ${
        head === undefined || head.type !== "head"
          ? nothing
          : html`<seg-prose .session=${session} .block=${head} name="Settings of the notebook">
              <span class="settings">${settings}</span>
            </seg-prose>`
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
        : html`<seg-prose .session=${session} .block=${block} name="Text" .heading=${session.title}></seg-prose>`;
    }
    const { cell } = block;
    return html`${session.file.readOnly ? nothing : html`<seg-add .below=${after}></seg-add>`}
      <seg-cell
        .session=${session}
        .cell=${cell}
        .view=${session.cell(cell.id)}
        .progress=${session.runner.progress?.heard.get(cell.id)?.progress ?? null}
        .folds=${this.#folds}
        ?at=${session.at === cell.id}
      ></seg-cell>`;
  }
}

/** Cells are known by their ids and prose by the cell before it, so that an edit leaves every other element in place. */
function keyOf(blocks: readonly Block[], place: number): string {
  const block = blocks[place];
  const twins = blocks
    .slice(0, place)
    .filter((before) => before.type === "cell" && block?.type === "cell" && before.cell.id === block.cell.id);
  if (block?.type === "cell") return `cell ${block.cell.id} ${twins.length}`;
  const since = blocks
    .slice(0, place)
    .reverse()
    .findIndex((before) => before.type === "cell");
  return `text ${cellBefore(blocks, place) ?? ""} ${since}`;
}

function cellBefore(blocks: readonly Block[], place: number): string | null {
  for (let before = place - 1; before >= 0; before--) {
    const block = blocks[before];
    if (block?.type === "cell") return block.cell.id;
  }
  return null;
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-notebook": SegNotebook;
  }
}

import { html, LitElement, nothing, type PropertyValues } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { type SideRow, sideRows } from "../../server/notebook/diff/lines.ts";
import { piecesOf } from "../../server/notebook/diff/pieces.ts";
import "../parts/button.ts";
import "../parts/dialog.ts";
import { emit } from "../parts/emit.ts";
import { listWords } from "../parts/list-words.ts";
import { type Choice, type Merge, type Merged, mergedText, openPieces, together } from "../state/merge.ts";
import type { NotebookFile } from "../state/notebook-file.ts";
import { conflictOf } from "../state/saving.ts";
import { Watch } from "../state/watchable.ts";
import { base } from "../theme/base.ts";
import { conflictStyle } from "./conflict-style.ts";

/** Both versions of what was changed here and elsewhere at once, piece by piece, to choose between. Event: `close`. */
@customElement("seg-conflict")
export class SegConflict extends LitElement {
  static override styles = [base, conflictStyle];

  @property({ attribute: false }) file: NotebookFile | null = null;
  @property({ type: Boolean }) open = false;
  @state() private choices: ReadonlyMap<string, Choice> = new Map();

  constructor() {
    super();
    new Watch(this, () => [this.file]);
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("open") && this.open) this.choices = new Map();
  }

  override render() {
    const { file } = this;
    const merge = file === null ? null : conflictOf(file.state);
    if (file === null || merge === null) return nothing;
    const open = openPieces(merge);
    const text = mergedText(merge, this.choices);
    return html`<seg-dialog
      heading="The file was changed elsewhere"
      .open=${this.open}
      @close=${() => emit(this, "close", null)}
    >
      <p>
        Somebody, or another program, wrote ${file.path} while you were editing it here. Nothing is lost: choose for each
        piece that both of you changed. ${elsewhere(merge)}
      </p>
      ${this.open ? open.map((piece) => this.#piece(piece)) : nothing}
      <seg-button slot="action" @click=${() => this.#all("theirs", open)}>Theirs everywhere</seg-button>
      <seg-button slot="action" @click=${() => this.#all("mine", open)}>Mine everywhere</seg-button>
      <seg-button
        slot="action"
        kind="primary"
        ?disabled=${text === null}
        @click=${() => text !== null && file.settle(text)}
        >${text === null ? `Choose ${open.length - this.choices.size} more` : "Save what is chosen"}</seg-button
      >
    </seg-dialog>`;
  }

  #piece(piece: Merged) {
    const { key, name, mine, theirs } = piece;
    const rows = sideRows(piecesOf(mine ?? "", theirs ?? ""));
    const both = together(piece);
    return html`<fieldset>
      <legend>${name}</legend>
      <div class="choices">
        ${this.#choice(key, "mine", mine === null ? "Mine: deleted" : "Mine")}
        ${this.#choice(key, "theirs", theirs === null ? "Theirs: deleted" : "Theirs")}
        ${both === null ? nothing : this.#choice(key, "together", "Both, line by line")}
      </div>
      ${
        this.choices.get(key) === "together" && both !== null
          ? html`<pre tabindex="0" aria-label=${`${name}, both together`}>${both}</pre>`
          : html`<div class="both" tabindex="0" role="region" aria-label=${`${name}, mine and theirs`}>
              <table>
                <thead>
                  <tr><th scope="col">Mine, not saved</th><th scope="col">Theirs, in the file</th></tr>
                </thead>
                <tbody>
                  ${rows.map((row) => html`<tr>${side(row, "before")}${side(row, "after")}</tr>`)}
                </tbody>
              </table>
            </div>`
      }
    </fieldset>`;
  }

  #choice(key: string, choice: Choice, words: string) {
    return html`<label>
      <input
        type="radio"
        name=${key}
        .checked=${this.choices.get(key) === choice}
        @change=${() => this.#choose([key], choice)}
      />
      ${words}
    </label>`;
  }

  #all(choice: Choice, open: readonly Merged[]): void {
    this.#choose(
      open.map(({ key }) => key),
      choice,
    );
  }

  #choose(keys: readonly string[], choice: Choice): void {
    this.choices = new Map([...this.choices, ...keys.map((key) => [key, choice] as const)]);
  }
}

/** What needs no choice. */
function elsewhere({ pieces }: Merge): string {
  const named = (of: Merged["of"]) => pieces.filter((piece) => piece.of === of).map(({ name }) => name);
  const [theirs, mine] = [named("theirs"), named("mine")];
  const taken = theirs.length === 0 ? "" : `Taken from the file: ${listWords(theirs)}. `;
  return mine.length === 0 ? taken : `${taken}Kept from here: ${listWords(mine)}.`;
}

/** A line of one side; what the other has not is marked, in words for those who don't see it. */
function side(row: SideRow, which: "before" | "after") {
  const pieces = row[which];
  if (pieces === null) return html`<td class="none"></td>`;
  const differs = pieces.some((piece) => piece.in !== "both");
  return html`<td class=${differs ? "other" : nothing}>${pieces.map((piece) => (piece.in === "both" ? piece.text : html`<mark>${piece.text}</mark>`))}</td>`;
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-conflict": SegConflict;
  }
}

import { css, html, LitElement, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import "../parts/button.ts";
import "../parts/dialog.ts";
import { emit } from "../parts/emit.ts";
import type { NotebookFile } from "../state/notebook-file.ts";
import { patchBetween } from "../state/patch.ts";
import { Watch } from "../state/watchable.ts";
import { base } from "../theme/base.ts";

/** Both versions of a notebook that somebody else changed while it was edited here. Event: `close`. */
@customElement("seg-conflict")
export class SegConflict extends LitElement {
  static override styles = [
    base,
    css`
      seg-dialog {
        --dialog-width: 920px;
      }
      p {
        margin: 0 0 var(--gap-3);
      }
      .both {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(320px, 100%), 1fr));
        gap: var(--gap-3);
      }
      h3 {
        margin: 0 0 4px;
        font-size: var(--size-2);
        font-weight: 600;
        color: var(--ink);
      }
      pre {
        max-height: 44vh;
        margin: 0;
        padding: var(--gap-2) var(--gap-3);
        overflow: auto;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--sunk);
        color: var(--ink);
        font: 12px / 1.6 var(--mono);
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
      mark {
        background: var(--stale-soft);
        color: inherit;
        outline: 1px solid var(--stale);
      }
    `,
  ];

  @property({ attribute: false }) file: NotebookFile | null = null;
  @property({ type: Boolean }) open = false;

  constructor() {
    super();
    new Watch(this, () => [this.file]);
  }

  override render() {
    const { file } = this;
    const theirs = file?.state.theirs ?? null;
    if (file === null || theirs === null) return nothing;
    const { start, removed, inserted } = patchBetween(file.text, theirs.text);
    return html`<seg-dialog
      heading="The file was changed elsewhere"
      .open=${this.open}
      @close=${() => emit(this, "close", null)}
    >
      <p>
        Somebody, or another program, wrote ${file.path} while you were editing it here. Nothing is lost: both versions are
        below, and the stretch that differs is marked.
      </p>
      <div class="both">
        <div>
          <h3>Yours, not saved</h3>
          <pre tabindex="0" aria-label="Your version">${around(file.text, start, removed)}</pre>
        </div>
        <div>
          <h3>Theirs, in the file</h3>
          <pre tabindex="0" aria-label="Their version">${around(theirs.text, start, inserted)}</pre>
        </div>
      </div>
      <seg-button slot="action" @click=${() => file.takeTheirs()}>Take theirs</seg-button>
      <seg-button slot="action" kind="primary" @click=${() => file.keepMine()}>Keep mine and save it</seg-button>
    </seg-dialog>`;
  }
}

const CONTEXT = 400;

/** The stretch that differs with some of what stands before and after it. */
function around(text: string, start: number, middle: string) {
  const from = start > CONTEXT ? text.lastIndexOf("\n", start - CONTEXT) + 1 : 0;
  const end = start + middle.length;
  const after = text.indexOf("\n", end + CONTEXT);
  const to = after < 0 ? text.length : after;
  return html`${from > 0 ? "…\n" : ""}${text.slice(from, start)}<mark>${middle}</mark>${text.slice(end, to)}${to < text.length ? "\n…" : ""}`;
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-conflict": SegConflict;
  }
}

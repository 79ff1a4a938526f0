import { css, html, LitElement, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import "../parts/button.ts";
import "../parts/dialog.ts";
import { emit } from "../parts/emit.ts";
import { type Hunk, lineDiff } from "../state/line-diff.ts";
import type { NotebookFile } from "../state/notebook-file.ts";

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
    const hunks = lineDiff(file.text, theirs.text);
    return html`<seg-dialog
      heading="The file was changed elsewhere"
      .open=${this.open}
      @close=${() => emit(this, "close", null)}
    >
      <p>
        Somebody, or another program, wrote ${file.path} while you were editing it here. Nothing is lost: both versions are
        below, and the lines that differ are marked.
      </p>
      <div class="both">
        <div>
          <h3>Yours, not saved</h3>
          <pre tabindex="0" aria-label="Your version">${told(hunks, "mine")}</pre>
        </div>
        <div>
          <h3>Theirs, in the file</h3>
          <pre tabindex="0" aria-label="Their version">${told(hunks, "theirs")}</pre>
        </div>
      </div>
      <seg-button slot="action" @click=${() => file.takeTheirs()}>Take theirs</seg-button>
      <seg-button slot="action" kind="primary" @click=${() => file.keepMine()}>Keep mine and save it</seg-button>
    </seg-dialog>`;
  }
}

const CONTEXT = 3;

/** One side's lines: those that differ marked, long stretches that are the same left out. */
function told(hunks: readonly Hunk[], side: "mine" | "theirs") {
  return hunks.map((hunk, place) => {
    if (!("same" in hunk)) return html`<mark>${hunk[side].map((line) => `${line}\n`).join("")}</mark>`;
    const before = place > 0 ? CONTEXT : 0;
    const after = place < hunks.length - 1 ? CONTEXT : 0;
    const lines = hunk.same;
    if (lines.length <= before + after + 1) return lines.map((line) => `${line}\n`).join("");
    const shown = [...lines.slice(0, before), "…", ...lines.slice(lines.length - after)];
    return shown.map((line) => `${line}\n`).join("");
  });
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-conflict": SegConflict;
  }
}

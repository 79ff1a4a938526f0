import { css, html, LitElement, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import "../parts/button.ts";
import { formatMoment } from "../../server/figures/format-time.ts";
import type { NotebookFile } from "../state/notebook-file.ts";
import { Watch } from "../state/watchable.ts";
import { base } from "../theme/base.ts";

/** Offers typing of an earlier visit that never reached the file. */
@customElement("seg-draft")
export class SegDraft extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        font: var(--size-2) / 1.5 var(--font);
      }
      .offer {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--gap-2);
        margin-bottom: var(--gap-4);
        padding: var(--gap-2) 14px;
        border-radius: var(--radius);
        background: var(--stale-soft);
        color: var(--ink);
      }
      .offer span {
        flex: 1;
        min-width: 24ch;
      }
    `,
  ];

  @property({ attribute: false }) file: NotebookFile | null = null;

  constructor() {
    super();
    new Watch(this, () => [this.file]);
  }

  override render() {
    const { file } = this;
    const draft = file?.draft ?? null;
    if (file === null || draft === null) return nothing;
    const when = formatMoment(new Date(draft.at).toISOString());
    return html`<div class="offer" role="status">
      <span>What you typed here until ${when} did not reach the file. It is still in this browser.</span>
      <seg-button kind="primary" @click=${() => void file.restoreDraft()}>Put it back</seg-button>
      <seg-button kind="quiet" @click=${() => file.discardDraft()}>Forget it</seg-button>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-draft": SegDraft;
  }
}

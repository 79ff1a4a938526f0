import { css, html, LitElement, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { PartDiff } from "../../server/notebook/diff/model.ts";
import { base } from "../theme/base.ts";

/** Neighbours that are the same on both sides, folded away. */
@customElement("seg-diff-unchanged")
export class SegDiffUnchanged extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        color: var(--ink-3);
        font-size: var(--size-2);
      }
      summary {
        padding: 2px 0;
        cursor: pointer;
        width: fit-content;
        max-width: 100%;
      }
      summary:hover {
        color: var(--ink);
      }
      code {
        font: 0.95em var(--mono);
      }
      pre {
        margin: var(--gap-2) 0;
        padding: var(--gap-2) var(--gap-3);
        border: 1px solid var(--line);
        border-radius: var(--radius);
        color: var(--ink-2);
        font: 12px / 1.6 var(--mono);
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
    `,
  ];

  @property({ attribute: false }) parts: readonly PartDiff[] = [];

  override render() {
    const { parts } = this;
    if (parts.length === 0) return nothing;
    const ids = parts.flatMap(({ after }) => (after?.cell ? [after.cell.id] : []));
    const others = parts.length - ids.length;
    const text = others === 0 ? "" : others === 1 ? "one paragraph" : `${others} paragraphs`;
    const names = ids.slice(0, 4).map((id, at) => html`${at > 0 ? ", " : ""}<code>${id}</code>`);
    const more = ids.length > 4 ? ` and ${ids.length - 4} more cells` : "";
    return html`<details>
      <summary>The same: ${names}${more}${ids.length > 0 && others > 0 ? ", " : ""}${text}</summary>
      <pre>${parts.map(({ pieces, after }) => pieces.map((piece) => piece.text).join("") + (after?.gap ?? "\n"))}</pre>
    </details>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-diff-unchanged": SegDiffUnchanged;
  }
}

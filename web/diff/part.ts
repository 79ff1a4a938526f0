import { css, html, LitElement, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { PartDiff } from "../../server/notebook/diff/model.ts";
import { partWords } from "../../server/notebook/diff/tell.ts";
import { withCode } from "../parts/problem.ts";
import { base } from "../theme/base.ts";
import "./lines.ts";

const SIGNS = { added: "+", removed: "−", changed: "~", same: "", spacing: "", form: "" } as const;

/** One cell, paragraph or head that is not the same on both sides. */
@customElement("seg-diff-part")
export class SegDiffPart extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--card);
        box-shadow: var(--shadow);
        overflow: hidden;
        scroll-margin: 80px;
      }
      :host(:focus-visible),
      :host(:focus) {
        outline: 2px solid var(--accent);
        outline-offset: 2px;
      }
      header {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        gap: 0 var(--gap-2);
        padding: 7px 14px;
        color: var(--ink-2);
        font-size: var(--size-2);
      }
      h2 {
        margin: 0;
        font-size: var(--size-2);
        font-weight: 400;
      }
      h2 b {
        color: var(--ink);
        font: 600 var(--size-2) var(--mono);
      }
      .sign {
        width: 1ch;
        font: 600 var(--size-2) var(--mono);
      }
      .added {
        color: var(--up);
      }
      .removed {
        color: var(--down);
      }
      code {
        color: var(--ink);
        font: 0.95em var(--mono);
      }
      .place {
        margin-left: auto;
        color: var(--ink-3);
        font-size: var(--size-1);
        font-variant-numeric: tabular-nums;
      }
      summary {
        padding: 5px 14px;
        border-top: 1px solid var(--line);
        color: var(--ink-2);
        font-size: var(--size-2);
        cursor: pointer;
      }
      summary:focus-visible {
        outline-offset: -2px;
      }
    `,
  ];

  @property({ attribute: false }) change: PartDiff | null = null;

  override render() {
    const part = this.change;
    if (part === null) return nothing;
    const words = partWords(part);
    const lines = html`<seg-diff-lines .change=${part}></seg-diff-lines>`;
    const isOpen = part.state === "changed" || part.state === "added" || part.state === "removed";
    return html`<section aria-label=${`${spokenName(part)}: ${words.join(", ").replaceAll("`", "")}`}>
      <header>
        <span class="sign ${part.state}" aria-hidden="true">${SIGNS[part.state]}</span>
        <h2>${partName(part)}</h2>
        <span>${withCode(words.join(", "))}</span>
        <span class="place">${placeWords(part)}</span>
      </header>
      ${isOpen ? lines : html`<details><summary>Show it</summary>${lines}</details>`}
    </section>`;
  }
}

/** `segments audiences`, `text below orders`. */
export function partName(part: PartDiff) {
  const side = part.after ?? part.before;
  if (side?.cell) return html`${side.cell.kind} <b>${side.cell.id}</b>`;
  if (part.type === "head") return "Settings of the notebook";
  const what = part.type === "listing" ? "Listing" : "Text";
  return side?.below ? html`${what} below <b>${side.below}</b>` : `${what} at the top`;
}

function spokenName({ type, before, after }: PartDiff): string {
  const side = after ?? before;
  if (side?.cell) return `${side.cell.kind} ${side.cell.id}`;
  return type === "head" ? "Settings of the notebook" : `Text below ${side?.below ?? "the title"}`;
}

function placeWords({ before, after }: PartDiff): string {
  const [was, is] = [before?.line, after?.line];
  return was !== undefined && is !== undefined && was !== is ? `line ${was} → ${is}` : `line ${is ?? was ?? 1}`;
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-diff-part": SegDiffPart;
  }
}

import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { type SideRow, sideRows, type UnifiedLine, unifiedLines } from "../../server/notebook/diff/lines.ts";
import type { PartDiff, Piece } from "../../server/notebook/diff/model.ts";
import { Wide } from "../shell/wide.ts";
import { base } from "../theme/base.ts";
import { foldedRows } from "./folded-rows.ts";

/** The lines of a part: in two columns where the page is wide, else in one. Words that changed are struck or underlined. */
@customElement("seg-diff-lines")
export class SegDiffLines extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        padding: 3px 0;
        border-top: 1px solid var(--line);
        background: var(--sunk);
        color: var(--ink);
        font: 12px / 1.6 var(--mono);
        font-variant-ligatures: none;
      }
      .row {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
      }
      .wide .row {
        grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
      }
      .wide .line + .line {
        border-left: 1px solid var(--line);
      }
      .line {
        display: grid;
        grid-template-columns: 2.5ch minmax(0, 1fr);
        padding: 0 12px 0 10px;
        min-height: 1.6em;
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
      .line.before {
        background: color-mix(in oklab, var(--down) 9%, transparent);
      }
      .line.after {
        background: color-mix(in oklab, var(--up) 10%, transparent);
      }
      .line.nobody {
        background: repeating-linear-gradient(135deg, transparent 0 6px, var(--line) 6px 7px);
      }
      .line > i {
        color: var(--ink-2);
        font-style: normal;
        user-select: none;
      }
      del,
      ins {
        padding: 1px 0;
        border-radius: 2px;
        text-decoration-thickness: 1.5px;
      }
      del {
        background: color-mix(in oklab, var(--down) 20%, transparent);
        text-decoration-line: line-through;
      }
      ins {
        background: color-mix(in oklab, var(--up) 20%, transparent);
        text-decoration-line: underline;
        text-underline-offset: 3px;
      }
      /* Its line has a sign and a ground of its own. */
      .whole {
        background: none;
        text-decoration: none;
      }
      button {
        display: block;
        width: 100%;
        padding: 1px 14px;
        border: 0;
        background: var(--band);
        color: var(--ink-2);
        font: var(--size-1) / 1.7 var(--font);
        text-align: left;
        cursor: pointer;
      }
      button:hover {
        color: var(--ink);
      }
      button:focus-visible {
        outline-offset: -2px;
      }
    `,
  ];

  @property({ attribute: false }) change: PartDiff | null = null;
  /** Whether stretches that are the same are shown too. */
  @state() private whole = false;
  readonly #wide = new Wide(this);

  override render() {
    const part = this.change;
    if (part === null) return nothing;
    const isBoth = part.before !== null && part.after !== null;
    if (!this.#wide.value || !isBoth) {
      const rows = unifiedLines(part.pieces);
      return html`<div>${this.#rows(rows, (line) => line.in !== "both", unifiedRow)}</div>`;
    }
    const rows = sideRows(part.pieces);
    return html`<div class="wide">${this.#rows(rows, isChanged, sideRow)}</div>`;
  }

  #rows<T>(rows: readonly T[], changed: (row: T) => boolean, show: (row: T) => TemplateResult) {
    if (this.whole) return rows.map(show);
    return foldedRows(rows, changed).map((item) =>
      "row" in item
        ? show(item.row)
        : html`<button @click=${() => this.#unfold()}>${item.folded.length} lines that are the same</button>`,
    );
  }

  #unfold(): void {
    this.whole = true;
    // The button that had the focus is gone.
    void this.updateComplete.then(() =>
      (this.getRootNode() as ShadowRoot).querySelector<HTMLElement>("summary")?.focus(),
    );
  }
}

const SIGNS = { both: "", before: "−", after: "+", mixed: "~" } as const;

function unifiedRow({ in: whose, pieces }: UnifiedLine) {
  return html`<div class="row">${line(pieces, whose)}</div>`;
}

function sideRow(row: SideRow) {
  const { before, after } = row;
  const change = (pieces: readonly Piece[] | null, side: "before" | "after") => {
    if (pieces === null) return html`<div class="line nobody"></div>`;
    const isOther = side === "before" ? after === null : before === null;
    const isWhole = isOther || (pieces.length > 0 && pieces.every((piece) => piece.in === side));
    return line(pieces, isWhole ? side : isChanged(row) ? "mixed" : "both");
  };
  return html`<div class="row">${change(before, "before")}${change(after, "after")}</div>`;
}

function isChanged({ before, after }: SideRow): boolean {
  return before === null || after === null || [...before, ...after].some((piece) => piece.in !== "both");
}

function line(pieces: readonly Piece[], whose: UnifiedLine["in"]) {
  const mark = whose === "before" || whose === "after" ? "whole" : "";
  return html`<div class="line ${whose}"><i aria-hidden="true">${SIGNS[whose]}</i><span>${pieces.map((piece) => marked(piece, mark))}</span></div>`;
}

function marked({ in: whose, text }: Piece, mark: string) {
  if (whose === "before") return html`<del class=${mark}>${text}</del>`;
  return whose === "after" ? html`<ins class=${mark}>${text}</ins>` : text;
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-diff-lines": SegDiffLines;
  }
}

import { css, html, LitElement, type PropertyValues } from "lit";
import { customElement, property } from "lit/decorators.js";
import { base } from "../theme/base.ts";
import { emit } from "./emit.ts";
import { markdownHtml } from "./markdown-html.ts";

/** Prose. Links to elsewhere open beside the page; links within the workspace send `follow` with `{ href }`. */
@customElement("seg-markdown")
export class SegMarkdown extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        font: var(--size-3) / 1.6 var(--font);
        color: var(--ink-2);
        overflow-wrap: anywhere;
      }
      .prose > :first-child {
        margin-top: 0;
      }
      .prose > :last-child {
        margin-bottom: 0;
      }
      h1,
      h2,
      h3,
      h4 {
        margin: var(--gap-4) 0 6px;
        color: var(--ink);
        font-weight: 650;
        line-height: 1.3;
        letter-spacing: -0.01em;
      }
      h1 {
        font-size: var(--size-5);
        letter-spacing: -0.02em;
      }
      h2 {
        font-size: var(--size-4);
      }
      h3,
      h4 {
        font-size: var(--size-3);
      }
      p,
      ul,
      ol,
      blockquote {
        max-width: 68ch;
        margin: 0 0 var(--gap-3);
      }
      ul,
      ol {
        padding-left: 22px;
      }
      a {
        color: var(--accent);
        text-underline-offset: 3px;
      }
      strong {
        color: var(--ink);
        font-weight: 600;
      }
      code,
      pre {
        font: 0.9em / 1.6 var(--mono);
      }
      code {
        padding: 1px 4px;
        border-radius: 4px;
        background: var(--sunk);
        color: var(--ink);
      }
      pre {
        margin: 0 0 var(--gap-3);
        padding: 10px 14px;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--sunk);
        white-space: pre-wrap;
      }
      pre code {
        padding: 0;
      }
      blockquote {
        padding-left: var(--gap-3);
        border-left: 2px solid var(--line-strong);
      }
      hr {
        border: 0;
        border-top: 1px solid var(--line);
        margin: var(--gap-4) 0;
      }
      img {
        max-width: 100%;
      }
      .frame {
        overflow-x: auto;
        margin-bottom: var(--gap-3);
      }
      table {
        border-collapse: collapse;
        font-size: var(--size-2);
        font-variant-numeric: tabular-nums;
      }
      th,
      td {
        padding: 4px 12px 4px 0;
        border-bottom: 1px solid var(--line);
        text-align: left;
      }
      th {
        font-weight: 500;
        color: var(--ink-3);
      }
      [align="right"] {
        text-align: right;
      }
      [align="center"] {
        text-align: center;
      }
    `,
  ];

  @property() value = "";

  #prose = document.createElement("div");

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("value")) return;
    this.#prose.className = "prose";
    this.#prose.replaceChildren(markdownHtml(this.value));
  }

  override render() {
    return html`<div @click=${this.#clicked}>${this.#prose}</div>`;
  }

  #clicked(event: MouseEvent): void {
    const link = event
      .composedPath()
      .find((target): target is HTMLAnchorElement => target instanceof HTMLAnchorElement);
    const href = link?.getAttribute("href");
    if (!href || /^(?:https?:|mailto:|#)/i.test(href)) return;
    event.preventDefault();
    emit(this, "follow", { href });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-markdown": SegMarkdown;
  }
}

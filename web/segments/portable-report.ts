import { css, html, LitElement, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { Remark } from "../../server/run/portable/view.ts";
import { withCode } from "../parts/with-code.ts";
import { base } from "../theme/base.ts";

/** What can't be said or read, and what means something else there: each with its place and what to do. */
@customElement("seg-portable-report")
export class SegPortableReport extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        font: var(--size-2) / 1.5 var(--font);
      }
      ul {
        display: grid;
        gap: var(--gap-2);
        max-height: 260px;
        margin: 0;
        padding: 0;
        overflow: auto;
        list-style: none;
      }
      li {
        padding: var(--gap-2) var(--gap-3);
        border-radius: var(--radius);
        background: var(--sunk);
        color: var(--ink);
      }
      .error {
        background: var(--failed-soft);
      }
      .at {
        display: block;
        color: var(--ink-2);
        font: var(--size-1) / 1.5 var(--mono);
        overflow-wrap: anywhere;
      }
      code {
        font-family: var(--mono);
      }
      small {
        display: block;
        color: var(--ink-2);
        font-size: inherit;
      }
    `,
  ];

  @property({ attribute: false }) remarks: readonly Remark[] = [];

  override render() {
    const errors = this.remarks.filter(({ severity }) => severity === "error");
    const shown = [...errors, ...this.remarks.filter(({ severity }) => severity !== "error")];
    if (shown.length === 0) return nothing;
    return html`<ul aria-label="What to know of it" tabindex="0">
      ${shown.map(
        ({ severity, at, message, hint }) =>
          html`<li class=${severity}>
            ${at === "$" ? nothing : html`<code class="at">${at}</code>`}
            ${withCode(message)}
            <small>${withCode(withoutOption(hint))}</small>
          </li>`,
      )}
    </ul>`;
  }
}

/** What the command line is told by an option is chosen in fields here. */
function withoutOption(hint: string): string {
  return hint
    .replace(/, and say so: --map .*$/, ".")
    .replace(/(?:^| )Say (?:which|the id|what it is called here): --map .*$/, "");
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-portable-report": SegPortableReport;
  }
}

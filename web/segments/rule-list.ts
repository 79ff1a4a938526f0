import { css, html, LitElement, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import type { Cell } from "../../server/notebook/model.ts";
import "../parts/button.ts";
import type { Session } from "../state/session.ts";
import { base } from "../theme/base.ts";
import "./builder/builder.ts";
import { writtenRules } from "./written-rules.ts";

/** The rules of a score cell as they are written, each of which opens in the builder. */
@customElement("seg-rule-list")
export class SegRuleList extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        font: var(--size-2) / 1.5 var(--font);
      }
      ul {
        margin: 0;
        padding: 0;
        list-style: none;
      }
      .line {
        display: flex;
        align-items: flex-start;
        justify-content: space-between;
        gap: var(--gap-3);
        padding: 2px 0;
      }
      code {
        padding-top: 4px;
        color: var(--ink-2);
        font: var(--size-2) / 1.5 var(--mono);
        overflow-wrap: anywhere;
      }
      seg-rule-builder {
        margin: var(--gap-1) 0 var(--gap-2);
      }
    `,
  ];

  @property({ attribute: false }) session: Session | null = null;
  @property({ attribute: false }) cell: Cell | null = null;
  @state() private open: string | null = null;

  override render() {
    const { session, cell } = this;
    const rules = cell === null ? null : writtenRules(cell);
    if (session === null || cell === null || rules === null) return nothing;
    return html`<ul aria-label=${`Rules of ${cell.id}`}>
      ${repeat(
        rules,
        ({ name }) => name,
        (rule) => html`<li data-rule=${rule.name}>
          <div class="line">
            <code>${rule.text}</code>
            <seg-button
              kind="quiet"
              label=${`Edit rule: ${rule.text}`}
              .expanded=${this.open === rule.name}
              @click=${() => this.#toggle(rule.name)}
              >Edit rule</seg-button
            >
          </div>
          ${
            this.open === rule.name
              ? html`<seg-rule-builder
                  .session=${session}
                  .cell=${cell}
                  .rule=${{ name: rule.name, path: rule.path }}
                  @close=${() => this.#toggle(rule.name)}
                ></seg-rule-builder>`
              : nothing
          }
        </li>`,
      )}
    </ul>`;
  }

  /** The focus goes into the builder, and back to its button. */
  #toggle(name: string): void {
    this.open = this.open === name ? null : name;
    void this.updateComplete.then(() => {
      const row = this.renderRoot.querySelector(`[data-rule="${name}"]`);
      row?.querySelector<HTMLElement>(this.open === name ? "seg-rule-builder" : "seg-button")?.focus();
    });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-rule-list": SegRuleList;
  }
}

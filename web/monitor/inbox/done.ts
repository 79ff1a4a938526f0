import { css, html, LitElement, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { formatMoment } from "../../../server/figures/format-time.ts";
import type { AuditEntry } from "../../../server/monitor/life/model.ts";
import "../../parts/button.ts";
import { emit } from "../../parts/emit.ts";
import "../../parts/problem.ts";
import type { Alerts } from "../../state/alerts.ts";
import type { Api } from "../../state/api.ts";
import { Audit } from "../../state/audit.ts";
import { base } from "../../theme/base.ts";

/** What was done to alerts and annotations, and by whom; each can be taken back. Event: `take-back` with the entry. */
@customElement("seg-audit")
export class SegAudit extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        font: var(--size-2) / 1.5 var(--font);
        color: var(--ink-2);
      }
      summary {
        width: max-content;
        padding: 4px 0;
        cursor: pointer;
      }
      ol {
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        gap: 2px var(--gap-3);
        padding: 3px 0;
        border-top: 1px solid var(--line);
      }
      time {
        flex: none;
        color: var(--ink-3);
        font-variant-numeric: tabular-nums;
      }
      .gone {
        text-decoration: line-through;
      }
    `,
  ];

  @property({ attribute: false }) api: Api | null = null;
  @property({ attribute: false }) alerts: Alerts | null = null;
  @state() private open = false;
  readonly #audit = new Audit(this, () => {
    const of = this.alerts?.view ?? null;
    return this.open && this.api !== null && of !== null ? { api: this.api, of } : null;
  });

  override render() {
    const { entries, problem } = this.#audit;
    return html`<details @toggle=${(event: Event) => {
      this.open = (event.currentTarget as HTMLDetailsElement).open;
    }}>
      <summary>What was done</summary>
      ${problem === null ? nothing : html`<seg-problem .problem=${problem}></seg-problem>`}
      ${entries !== null && entries.length === 0 ? html`<p>Nothing yet.</p>` : html`<ol>${entries?.map((entry) => this.#entry(entry))}</ol>`}
    </details>`;
  }

  #entry(entry: AuditEntry) {
    const isUndoable = entry.undoneBy === null && entry.act !== "record" && entry.act !== "undo";
    return html`<li>
      <time datetime=${new Date(entry.at).toISOString()}>${formatMoment(new Date(entry.at).toISOString())}</time>
      <span class=${entry.undoneBy === null ? "" : "gone"}>${entry.text}</span>
      <span>${entry.who}</span>
      ${isUndoable ? html`<seg-button kind="quiet" label=${`Undo: ${entry.text}`} @click=${() => emit(this, "take-back", entry)}>Undo</seg-button>` : nothing}
    </li>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-audit": SegAudit;
  }
}

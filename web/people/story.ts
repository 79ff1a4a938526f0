import { css, html, LitElement, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import { exactValue } from "../../server/figures/cell-value.ts";
import { formatCount } from "../../server/figures/format.ts";
import { formatMoment } from "../../server/figures/format-time.ts";
import type { EventKind, EventsPage } from "../../server/segments/person/view.ts";
import "../parts/button.ts";
import { emit } from "../parts/emit.ts";
import "../parts/scroll-frame.ts";
import { base } from "../theme/base.ts";
import { field } from "../theme/field.ts";

/** A person's events, the newest first. Events: `only` with `{ kind }`, null for all; `more`. */
@customElement("seg-person-story")
export class SegPersonStory extends LitElement {
  static override styles = [
    base,
    field,
    css`
      :host {
        display: block;
        font: var(--size-2) / 1.5 var(--font);
      }
      .bar {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--gap-2);
        padding: 6px 14px;
        border-bottom: 1px solid var(--line);
        color: var(--ink-2);
      }
      label {
        display: flex;
        align-items: center;
        gap: var(--gap-2);
      }
      table {
        width: 100%;
        border-collapse: collapse;
      }
      td {
        padding: 4px 14px;
        border-top: 1px solid var(--line);
        vertical-align: top;
      }
      tr:first-child td {
        border-top: 0;
      }
      .at {
        white-space: nowrap;
        font-variant-numeric: tabular-nums;
      }
      .what {
        white-space: nowrap;
        font-weight: 500;
      }
      .with {
        width: 100%;
        min-width: 24ch;
        color: var(--ink-2);
        overflow-wrap: anywhere;
      }
      p {
        margin: 0;
        padding: var(--gap-3) 14px;
        color: var(--ink-2);
      }
    `,
  ];

  @property({ attribute: false }) kinds: readonly EventKind[] = [];
  @property({ attribute: false }) events: EventsPage | null = null;
  @property({ attribute: false }) kind: string | null = null;
  @property() zone = "UTC";

  override render() {
    const { events } = this;
    const there = this.kinds.filter((kind) => kind.events > 0);
    if (there.length === 0)
      return html`<p>No source of this notebook has an event of this person before the notebook's moment.</p>`;
    const rest = events === null ? 0 : events.total - events.rows.length;
    return html`<div class="bar">
        <label
          >Show
          <select @change=${this.#chosen}>
            <option value="" ?selected=${this.kind === null}>every kind of event</option>
            ${there.map(({ words, events: count }) => html`<option value=${words} ?selected=${words === this.kind}>${words} (${formatCount(count)})</option>`)}
          </select>
        </label>
        <span role="status">${events === null ? "" : `${formatCount(events.total)} ${events.total === 1 ? "event" : "events"}`}</span>
      </div>
      <seg-scroll-frame label="Events, the newest first">
        <table>
          ${events?.rows.map(
            (event) => html`<tr>
              <td class="at">${formatMoment(event.at, { zone: this.zone })}</td>
              <td class="what">${event.words}</td>
              <td class="with">
                ${Object.entries(event.properties)
                  .filter(([, value]) => value !== null)
                  .map(([name, value]) => `${name} ${exactValue(value)}`)
                  .join(" · ")}
              </td>
            </tr>`,
          )}
        </table>
      </seg-scroll-frame>
      ${rest > 0 ? html`<div class="bar"><seg-button kind="quiet" @click=${() => emit(this, "more", null)}>${formatCount(rest)} earlier events</seg-button></div>` : nothing}`;
  }

  #chosen(event: Event): void {
    const { value } = event.target as HTMLSelectElement;
    emit(this, "only", { kind: value === "" ? null : value });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-person-story": SegPersonStory;
  }
}

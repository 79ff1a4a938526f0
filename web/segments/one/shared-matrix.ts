import { css, html, LitElement, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import { formatCount, formatPercent } from "../../../server/figures/format.ts";
import type { ProfileView } from "../../../server/segments/profile/view.ts";
import "../../parts/scroll-frame.ts";
import { base } from "../../theme/base.ts";

/** How many people of each chosen segment are in each segment of the notebook that any of them shares people with. */
@customElement("seg-shared-matrix")
export class SegSharedMatrix extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        font: var(--size-2) / 1.5 var(--font);
      }
      table {
        width: 100%;
        border-collapse: collapse;
      }
      th,
      td {
        padding: 6px 14px;
        border-top: 1px solid var(--line);
        text-align: right;
        font-variant-numeric: tabular-nums;
      }
      th:first-child {
        position: sticky;
        left: 0;
        background: var(--card);
        text-align: left;
        font-weight: 500;
      }
      thead th,
      thead th:first-child {
        border-top: 0;
        color: var(--ink-2);
        font-size: var(--size-1);
        font-weight: 600;
      }
      small {
        color: var(--ink-3);
      }
    `,
  ];

  @property({ attribute: false }) profile: ProfileView | null = null;

  override render() {
    const { profile } = this;
    if (profile === null) return nothing;
    const rows = profile.overlaps.filter(({ shared }) => shared.some((people) => people > 0));
    return html`<seg-scroll-frame label="Other segments">
      <table>
        <thead>
          <tr>
            <th scope="col">Also in</th>
            ${profile.segments.map(({ name }) => html`<th scope="col">${name}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            ({ cell, name, shared }) => html`<tr>
              <th scope="row">${name} <small>${cell}</small></th>
              ${shared.map((people, index) => {
                const all = profile.segments[index]?.people ?? 0;
                return html`<td>
                  ${formatCount(people)} <small>${all === 0 ? "" : formatPercent(people / all, { digits: 1 })}</small>
                </td>`;
              })}
            </tr>`,
          )}
        </tbody>
      </table>
    </seg-scroll-frame>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-shared-matrix": SegSharedMatrix;
  }
}

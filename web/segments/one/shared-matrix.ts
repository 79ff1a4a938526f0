import { css, html, LitElement, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import { formatCount, formatPercent } from "../../../server/figures/format.ts";
import type { ProfileView } from "../../../server/segments/profile/view.ts";
import "../../parts/scroll-frame.ts";
import { base } from "../../theme/base.ts";
import { figuresTable } from "../../theme/figures-table.ts";

/** How many people of each chosen segment are in each segment of the notebook that any of them shares people with. */
@customElement("seg-shared-matrix")
export class SegSharedMatrix extends LitElement {
  static override styles = [
    base,
    figuresTable,
    css`
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

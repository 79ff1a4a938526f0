import { css, html, LitElement, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import { formatCount, formatNumber, formatPercent } from "../../../server/figures/format.ts";
import type { ProfileView } from "../../../server/segments/profile/view.ts";
import "../../parts/scroll-frame.ts";
import { routeHref } from "../../state/route.ts";
import { base } from "../../theme/base.ts";
import { figuresTable } from "../../theme/figures-table.ts";

/** Which other segments of the notebook the people of one are in: shared people, the share of each side, Jaccard. */
@customElement("seg-shared-people")
export class SegSharedPeople extends LitElement {
  static override styles = [
    base,
    figuresTable,
    css`
      small {
        margin-left: 6px;
        color: var(--ink-3);
        font: var(--size-1) var(--mono);
      }
      p {
        margin: 0;
        padding: var(--gap-3) 14px;
        color: var(--ink-2);
      }
    `,
  ];

  @property({ attribute: false }) profile: ProfileView | null = null;
  /** The notebook's path, for the links. */
  @property() path = "";

  override render() {
    const [self] = this.profile?.segments ?? [];
    if (this.profile === null || self === undefined) return nothing;
    const others = this.profile.overlaps
      .filter((other) => other.cell !== self.cell || other.name !== self.name)
      .map((other) => ({ ...other, both: other.shared[0] ?? 0 }))
      .filter(({ both }) => both > 0)
      .sort((one, other) => other.both - one.both);
    if (others.length === 0) return html`<p>Its people are in no other segment of this notebook.</p>`;
    return html`<seg-scroll-frame label="Other segments">
      <table>
        <thead>
          <tr>
            <th scope="col">Also in</th>
            <th scope="col">People in both</th>
            <th scope="col">Of ${self.name}</th>
            <th scope="col">Of the other</th>
            <th scope="col">Jaccard</th>
            <th scope="col"><span class="spoken">Side by side</span></th>
          </tr>
        </thead>
        <tbody>
          ${others.map((other) => {
            const ref = { cell: other.cell, name: other.name };
            const one = routeHref({ page: "segment", path: this.path, segments: [ref] });
            const both = routeHref({
              page: "segment",
              path: this.path,
              segments: [{ cell: self.cell, name: self.name }, ref],
            });
            return html`<tr>
              <th scope="row"><a href=${one}>${other.name}</a><small>${other.cell}</small></th>
              <td>${formatCount(other.both)}</td>
              <td>${share(other.both, self.people)}</td>
              <td>${share(other.both, other.people)}</td>
              <td>${formatNumber(other.both / (self.people + other.people - other.both), { digits: 2 })}</td>
              <td><a href=${both}>Compare<span class="spoken"> with ${other.name}</span></a></td>
            </tr>`;
          })}
        </tbody>
      </table>
    </seg-scroll-frame>`;
  }
}

function share(part: number, all: number): string {
  return all === 0 ? "—" : formatPercent(part / all, { digits: 1 });
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-shared-people": SegSharedPeople;
  }
}

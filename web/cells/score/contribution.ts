import { html, LitElement } from "lit";
import { customElement, property } from "lit/decorators.js";
import { formatCount, formatNumber, formatPercent } from "../../../server/figures/format.ts";
import type { Contribution, RuleContribution } from "../../../server/figures/score-contribution.ts";
import "../../parts/scroll-frame.ts";
import { base } from "../../theme/base.ts";
import { tableStyle } from "./table-style.ts";

/** What each rule of a score gives: to how many, how much in all and in each band, and what it decides. */
@customElement("seg-score-contribution")
export class SegScoreContribution extends LitElement {
  static override styles = [base, tableStyle];

  @property({ attribute: false }) contribution: Contribution = { bands: [], rules: [] };

  @property() label = "What each rule gives";

  override render() {
    const { bands, rules } = this.contribution;
    return html`<seg-scroll-frame label=${this.label}>
      <table>
        <caption class="spoken">${this.label}</caption>
        <thead>
          <tr>
            <th scope="col">Rule</th>
            <th scope="col" class="number">People</th>
            <th scope="col" class="number">Points</th>
            <th scope="col">Of all points</th>
            ${bands.map((band) => html`<th scope="col" class="number">Mean, ${band}</th>`)}
            <th scope="col" class="number">Without it, another band</th>
          </tr>
        </thead>
        <tbody>
          ${rules.map((rule) => this.#row(rule))}
        </tbody>
      </table>
    </seg-scroll-frame>`;
  }

  #row({ add, words, people, points, share, moved, means }: RuleContribution) {
    return html`<tr>
      <th scope="row" class="rule"><b>${signed(add)}</b>${words}</th>
      <td class="number">${formatCount(people)}</td>
      <td class="number">${formatNumber(points, { atMost: 2 })}</td>
      <td>
        <span class="with-bar"
          ><span class="track" aria-hidden="true"><i style="width:${(share ?? 0) * 100}%"></i></span
          >${share === null ? "–" : formatPercent(share, { digits: 1 })}</span
        >
      </td>
      ${means.map((mean) => html`<td class="number">${mean === null ? "–" : formatNumber(mean, { digits: 2 })}</td>`)}
      <td class="number">${formatCount(moved)}</td>
    </tr>`;
  }
}

function signed(add: number): string {
  return `${add >= 0 ? "+" : "−"}${formatNumber(Math.abs(add))}`;
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-score-contribution": SegScoreContribution;
  }
}

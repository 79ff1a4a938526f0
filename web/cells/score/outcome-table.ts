import { html, LitElement, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import { formatCount, formatNumber, formatPercent, MISSING } from "../../../server/figures/format.ts";
import { type BandOutcome, gainsWords, type ScoreOutcome } from "../../../server/figures/score-outcome.ts";
import "../../parts/scroll-frame.ts";
import { base } from "../../theme/base.ts";
import { tableStyle } from "./table-style.ts";

/** How each band performs on an outcome: its rate with its interval, and what one gains by taking the best bands first. */
@customElement("seg-outcome-table")
export class SegOutcomeTable extends LitElement {
  static override styles = [base, tableStyle];

  @property({ attribute: false }) rows: readonly BandOutcome[] = [];
  @property({ attribute: false }) outcome: ScoreOutcome = null;
  /** Whether rates are shares, rather than means of numbers. */
  @property({ type: Boolean }) shares = true;

  @property() label = "How the bands perform";

  override render() {
    const [first] = this.rows;
    const covered = first?.covered ?? null;
    const isShort = covered !== null && covered < 1;
    const most = Math.max(...this.rows.map(({ high, rate }) => high ?? rate ?? 0), Number.MIN_VALUE);
    return html`<seg-scroll-frame label=${this.label}>
        <table>
          <caption class="spoken">${this.label}</caption>
          <thead>
            <tr>
              <th scope="col">Band</th>
              <th scope="col" class="number">People</th>
              <th scope="col" class="number">${this.shares ? "With the outcome" : "Sum"}</th>
              <th scope="col">${this.shares ? "Rate" : "Mean"}, with its 95&nbsp;% interval</th>
              <th scope="col" class="number">Over everybody's</th>
              <th scope="col" class="number">People so far</th>
              <th scope="col" class="number">Outcomes so far</th>
            </tr>
          </thead>
          <tbody>
            ${this.rows.map((row) => this.#row(row, most))}
          </tbody>
        </table>
      </seg-scroll-frame>
      <p>${isShort ? this.#short(covered) : this.#words()}</p>`;
  }

  #row(row: BandOutcome, most: number) {
    const { band, people, total, rate, low, high, lift, reached, gained } = row;
    return html`<tr>
      <th scope="row">${band ?? "no band"}</th>
      <td class="number">${formatCount(people)}</td>
      <td class="number">${total === null ? MISSING : formatNumber(total, { atMost: 2 })}</td>
      <td>
        <span class="with-bar"
          ><span class="track" aria-hidden="true"
            >${rate === null ? nothing : html`<i style="width:${share(rate, most)}%"></i>`}${
              low === null || high === null
                ? nothing
                : html`<s style="left:${share(low, most)}%;width:${share(high, most) - share(low, most)}%"></s>`
            }</span
          >${rate === null ? MISSING : this.#rate(rate)}${
            low === null || high === null ? nothing : html` <small>${this.#rate(low)} to ${this.#rate(high)}</small>`
          }</span
        >
      </td>
      <td class="number">${lift === null ? MISSING : html`× ${formatNumber(lift, { digits: 2 })}`}</td>
      <td class="number">${reached === null ? MISSING : formatPercent(reached, { digits: 1 })}</td>
      <td class="number">${gained === null ? MISSING : formatPercent(gained, { digits: 1 })}</td>
    </tr>`;
  }

  #rate(rate: number): string {
    return this.shares ? formatPercent(rate, { digits: 1 }) : formatNumber(rate, { atMost: 2 });
  }

  #short(covered: number): string {
    return `No band is judged: the data covers ${formatPercent(covered, { digits: 0 })} of the time in which the outcome may happen. Set as_of in the head earlier.`;
  }

  #words() {
    const gains = gainsWords(this.rows, (one) => formatPercent(one, { digits: 1 }));
    const { outcome } = this;
    if (outcome === null || "event" in outcome) return gains;
    return html`${gains} A column is no later than the score itself: it describes the bands and foretells nothing.`;
  }
}

function share(value: number, most: number): number {
  return Math.max(0, Math.min(100, (value / most) * 100));
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-outcome-table": SegOutcomeTable;
  }
}

import { css, html, LitElement, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { formatNumber, formatPercent, MISSING } from "../../../server/figures/format.ts";
import type { Step, Waterfall } from "../../../server/figures/waterfall.ts";
import { oneOf } from "../../parts/one-of.ts";
import "../../parts/scroll-frame.ts";
import { base } from "../../theme/base.ts";
import { figuresTable } from "../../theme/figures-table.ts";
import { sectionStyle } from "./section-style.ts";

/** A change taken apart by one column of the sends: from the rate before, part by part, to the rate after. */
@customElement("seg-waterfall")
export class SegWaterfall extends LitElement {
  static override styles = [
    base,
    sectionStyle,
    figuresTable,
    css`
      .bar {
        position: relative;
        display: block;
        width: clamp(160px, 30vw, 340px);
        height: 14px;
      }
      .bar i {
        position: absolute;
        top: 1px;
        height: 12px;
        min-width: 2px;
        border-radius: 2px;
        background: currentColor;
      }
      .bar .down {
        background: repeating-linear-gradient(135deg, currentColor 0 3px, transparent 3px 5px);
        border: 1px solid currentColor;
      }
      .total .bar i {
        background: var(--ink-3);
      }
.axis {
        display: flex;
        justify-content: space-between;
        color: var(--ink-3);
        font-size: var(--size-1);
        font-variant-numeric: tabular-nums;
      }
      .broken .total .bar i {
        border-left: 3px double var(--card);
      }
      td.shape {
        width: 1px;
        text-align: left;
      }
      small {
        color: var(--ink-3);
        font-size: var(--size-1);
      }
      .total th,
      .total td {
        font-weight: 600;
      }
    `,
  ];

  @property({ attribute: false }) waterfalls: readonly Waterfall[] = [];
  @state() private column: string | null = null;

  override render() {
    const shown = this.waterfalls.find(({ column }) => column === this.column) ?? this.waterfalls[0];
    if (shown === undefined) return nothing;
    const columns = this.waterfalls.map(({ column }) => [column, columnWords(column)] as const);
    return html`${
      columns.length < 2
        ? nothing
        : html`<div class="tabs" role="group" aria-label="Taken apart by">
            <span class="words">by</span>${oneOf(columns, shown.column, (column) => {
              this.column = column;
            })}
          </div>`
    }
      ${this.#table(shown)}`;
  }

  #table(shown: Waterfall) {
    const ends = shown.steps.flatMap(({ from, to }) => [from, to]).concat(shown.before, shown.after);
    const [least, most] = [Math.min(...ends), Math.max(...ends)];
    const room = (most - least || most || 1) * 0.06;
    // Steps that are small beside the rate itself would not be seen from zero.
    const low = least < (most - least) * 2 ? Math.min(0, least) : least - room;
    const high = most + room;
    const at = (value: number) => ((value - low) / (high - low)) * 100;
    const bar = (from: number, to: number, look: string) =>
      html`<span class="bar" aria-hidden="true"
        ><i class=${look} style="left:${Math.min(at(from), at(to)).toFixed(2)}%;width:${Math.abs(at(to) - at(from)).toFixed(2)}%"></i
      ></span>`;
    return html`<seg-scroll-frame label=${`Parts by ${columnWords(shown.column)}`}>
      <table class=${low > 0 ? "broken" : ""}>
        <thead>
          <tr>
            <th scope="col">${columnWords(shown.column)}</th>
            <td class="shape"><span class="bar axis" aria-hidden="true"><span>${formatPercent(low)}</span><span>${formatPercent(high)}</span></span></td>
            <th scope="col">Adds</th>
            <th scope="col">by its rate</th>
            <th scope="col">by its share</th>
            <th scope="col">Rate</th>
            <th scope="col">Share of sends</th>
          </tr>
        </thead>
        <tbody>
          <tr class="total">
            <th scope="row">before</th>
            <td class="shape">${bar(low, shown.before, "")}</td>
            <td>${formatPercent(shown.before)}</td>
            <td colspan="4"></td>
          </tr>
          ${shown.steps.map((step) => this.#step(step, bar(step.from, step.to, step.to < step.from ? "down" : "up")))}
          <tr class="total">
            <th scope="row">after</th>
            <td class="shape">${bar(low, shown.after, "")}</td>
            <td>${formatPercent(shown.after)}</td>
            <td colspan="4"></td>
          </tr>
        </tbody>
      </table>
    </seg-scroll-frame>
    <p class="pad rule">${low > 0 ? `The bars begin at ${formatPercent(low)}, not at zero, so that the steps are seen.` : "The bars begin at zero."} ${sumWords(shown)}</p>`;
  }

  #step(step: Step, bar: unknown) {
    const { mix, rate } = step;
    return html`<tr>
      <th scope="row">${step.part}</th>
      <td class="shape">${bar}</td>
      <td class=${mix + rate < 0 ? "down" : "up"}>${points(mix + rate)}</td>
      <td>${points(rate)}</td>
      <td>${points(mix)}</td>
      <td>${fromTo(step.rateBefore, step.rateAfter)}</td>
      <td>${fromTo(step.shareBefore, step.shareAfter)}</td>
    </tr>`;
  }
}

function fromTo(before: number | null, after: number | null) {
  if (before === null && after === null) return MISSING;
  const write = (value: number | null) => (value === null ? MISSING : formatPercent(value));
  return html`${write(before)} <span aria-hidden="true">→</span><span class="spoken">to</span> ${write(after)}`;
}

/** A column as the sentence of an alert names it. */
function columnWords(column: string): string {
  return column.replaceAll("_", " ");
}

/** `▼ −0.42 points`: a difference of rates. */
function points(difference: number): string {
  const size = formatNumber(Math.abs(difference) * 100, { digits: 2 });
  if (Math.abs(difference) < 0.00005) return size;
  return difference < 0 ? `▼ −${size}` : `▲ +${size}`;
}

function sumWords({ mix, rate, before, after, column }: Waterfall): string {
  const all = after - before;
  const parts = { rate: all === 0 ? 0 : rate / all, mix: all === 0 ? 0 : mix / all };
  const share = (part: number) => `${part < -0.005 ? "−" : ""}${formatPercent(Math.abs(part), { digits: 0 })}`;
  const beyond = Math.max(parts.rate, parts.mix) > 1.005 ? " What is beyond 100 % is taken back by the other." : "";
  return `Steps are in percentage points. By ${columnWords(column)}, ${share(parts.rate)} of the change is that the same parts did otherwise, and ${share(parts.mix)} that there was more of some and less of others.${beyond}`;
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-waterfall": SegWaterfall;
  }
}

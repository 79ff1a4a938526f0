import { css, html, LitElement, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import { formatCount, formatPercent, MISSING } from "../../../server/figures/format.ts";
import { momentWords } from "../../../server/figures/settings.ts";
import type { GroupRates, Rate, RatedSends, RatesView } from "../../../server/segments/rates/view.ts";
import "../../parts/scroll-frame.ts";
import { routeHref } from "../../state/route.ts";
import { base } from "../../theme/base.ts";

const RATES = [
  ["open", "Opened"],
  ["click", "Clicked"],
  ["unsubscribe", "Unsubscribed"],
] as const;

/** What the people of segments and everybody do with what is sent to them: each rate with its interval, on one scale. */
@customElement("seg-segment-rates")
export class SegSegmentRates extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        font: var(--size-2) / 1.5 var(--font);
      }
      table {
        width: 100%;
        /* Collapsed lines would be the table's, and covered by the column that stays. */
        border-collapse: separate;
        border-spacing: 0;
        font-variant-numeric: tabular-nums;
      }
      th,
      td {
        padding: 6px 14px;
        border-top: 1px solid var(--line);
        text-align: left;
        vertical-align: top;
      }
      thead th,
      thead th:first-child {
        border-top: 0;
        color: var(--ink-2);
        font-size: var(--size-1);
        font-weight: 600;
        vertical-align: bottom;
      }
      th:first-child {
        position: sticky;
        left: 0;
        min-width: 12ch;
        background: var(--card);
        font-weight: 500;
        overflow-wrap: anywhere;
      }
      .count {
        text-align: right;
      }
      small {
        display: block;
        color: var(--ink-3);
        font-size: var(--size-1);
        font-weight: 400;
      }
      td small {
        display: inline;
        margin-left: 4px;
        color: var(--ink-2);
        white-space: nowrap;
      }
      .count small {
        display: block;
      }
      .strip {
        position: relative;
        display: block;
        min-width: 120px;
        height: 12px;
        margin: 3px 6px 3px 0;
        border-bottom: 1px solid var(--line-strong);
      }
      .strip s {
        position: absolute;
        top: 5px;
        height: 2px;
        min-width: 1px;
        background: var(--accent);
      }
      .strip b {
        position: absolute;
        top: 2px;
        width: 8px;
        height: 8px;
        margin-left: -4px;
        border-radius: 50%;
        background: var(--accent);
      }
      .all .strip s {
        background: var(--ink-3);
      }
      .all .strip b {
        border-radius: 1px;
        background: var(--ink-2);
      }
      p a {
        color: inherit;
      }
      p {
        margin: 0;
        padding: var(--gap-3) 14px;
        color: var(--ink-2);
      }
      seg-scroll-frame + p {
        padding-block: 6px;
        border-top: 1px solid var(--line);
      }
    `,
  ];

  @property({ attribute: false }) rates: RatesView | null = null;
  /** The notebook's path, for the link. */
  @property() path = "";
  @property() zone = "UTC";

  override render() {
    const { rates } = this;
    if (rates === null) return nothing;
    if (rates.sends === null || rates.everybody === null) {
      return html`<p>
        This notebook has no sends: no monitor says where they are, and no source has a person's key, <code>sent_at</code>
        and <code>opened_at</code> or <code>clicked_at</code>.
      </p>`;
    }
    const groups = [...rates.segments, { name: "Everybody", ...rates.everybody }];
    const shown = RATES.filter(([name]) => rates.everybody?.[name] !== null);
    const scales = shown.map(([name]) => scaleOf(groups.flatMap((group) => group[name] ?? [])));
    return html`<seg-scroll-frame label="Sends and rates">
        <table>
          <thead>
            <tr>
              <th scope="col">Sends to</th>
              <th scope="col" class="count">Delivered</th>
              ${shown.map(
                ([, words], index) =>
                  html`<th scope="col">${words}<small aria-hidden="true">0 to ${formatPercent(scales[index] ?? 1, { digits: 0 })}</small></th>`,
              )}
            </tr>
          </thead>
          <tbody>
            ${groups.map(
              (group) => html`<tr class=${group.name === "Everybody" && !("cell" in group) ? "all" : ""}>
                <th scope="row">${group.name}</th>
                <td class="count">${delivered(group)}</td>
                ${shown.map(([name], index) => html`<td>${shownRate(group[name], scales[index] ?? 1)}</td>`)}
              </tr>`,
            )}
          </tbody>
        </table>
      </seg-scroll-frame>
      ${this.#about(rates.sends)}`;
  }

  #about({ relation, from, until, matureAfter, byPeople }: RatedSends) {
    const href = routeHref({ page: "notebook", path: this.path, cell: relation });
    const moment = (at: string) => momentWords(at, this.zone);
    const waits = matureAfter.startsWith("0 ") ? "" : `, and effects within ${matureAfter} of delivery`;
    return html`<p>
      Of <a href=${href}>${relation}</a>: sends from ${moment(from)} to ${moment(until)}${waits}, to those who are in
      today. ${byPeople ? "Opens by people: sends that a machine opened are left out of that rate." : "It is not known which opens a machine made."}
      Intervals are Wilson's at 95&nbsp;%, each send by itself.
    </p>`;
  }
}

function delivered({ delivered: count, maturing }: GroupRates) {
  return html`${formatCount(count)}${maturing === 0 ? nothing : html`<small>${formatCount(maturing)} too new to count</small>`}`;
}

function shownRate(rate: Rate | null, most: number) {
  if (rate === null || rate.rate === null || rate.low === null || rate.high === null) return MISSING;
  const digits = most < 0.05 ? 2 : 1;
  const percent = (share: number) => formatPercent(share, { digits });
  const at = (share: number) => `${((share / most) * 100).toFixed(2)}%`;
  return html`<span class="strip" aria-hidden="true"
      ><s style="left:${at(rate.low)};width:${at(rate.high - rate.low)}"></s><b style="left:${at(rate.rate)}"></b></span
    >${percent(rate.rate)}<small>${percent(rate.low)} to ${percent(rate.high)}</small>`;
}

/** The end of the scale: a round share that no interval goes beyond. */
function scaleOf(rates: readonly Rate[]): number {
  const most = Math.max(0, ...rates.map(({ high }) => high ?? 0));
  return [0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.75].find((end) => most <= end) ?? 1;
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-segment-rates": SegSegmentRates;
  }
}

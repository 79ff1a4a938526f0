import { html, nothing } from "lit";
import { formatCount } from "../../../server/figures/format.ts";
import { formatDay } from "../../../server/figures/format-time.ts";
import { formatRate, lastDayOf, ratesOf } from "../../../server/figures/replay-words.ts";
import type { ReplayView } from "../../../server/run/replay/view.ts";
import "../../parts/scroll-frame.ts";

/** The weeks as a table, the newest first; a week's name shows its people. */
export function weeksTable({ weeks, sends, segment }: ReplayView, choose: (week: number) => void) {
  const rows = weeks.map((week, index) => ({ week, index })).reverse();
  return html`<seg-scroll-frame label=${`Weeks of ${segment}`}>
    <table>
      <thead>
        <tr>
          <th scope="col">Week to</th>
          <th scope="col">In it</th>
          <th scope="col">Came</th>
          <th scope="col">Left</th>
          ${
            sends === null
              ? nothing
              : html`<th scope="col">Delivered</th>
                  <th scope="col">Open rate</th>
                  <th scope="col">Click rate</th>`
          }
        </tr>
      </thead>
      <tbody>
        ${rows.map(({ week, index }) => {
          const { open, click } = ratesOf(week);
          return html`<tr>
            <th scope="row">
              <button class="ask" @click=${() => choose(index)}>${formatDay(lastDayOf(week))}</button>
            </th>
            <td>${formatCount(week.size)}</td>
            <td>${formatCount(week.entered)}</td>
            <td>${formatCount(week.left)}</td>
            ${
              week.sends === null
                ? nothing
                : html`<td>${formatCount(week.sends.delivered)}${week.sends.mature ? nothing : html`<span class="young"> so far</span>`}</td>
                    <td>${formatRate(open)}</td>
                    <td>${formatRate(click)}</td>`
            }
          </tr>`;
        })}
      </tbody>
    </table>
  </seg-scroll-frame>`;
}

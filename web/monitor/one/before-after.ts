import { html, nothing } from "lit";
import { isCount } from "../../../server/figures/alert-words.ts";
import type { Alert } from "../../../server/figures/alerts.ts";
import { formatPercent, MISSING } from "../../../server/figures/format.ts";
import { formatDay } from "../../../server/figures/format-time.ts";
import { writeValue } from "../../../server/figures/series-words.ts";
import "../../parts/scroll-frame.ts";

const VERDICTS: Readonly<Record<string, string>> = {
  rate: "the same parts did otherwise",
  mix: "there is more of some parts and less of others",
  both: "some of each: other parts, and they did otherwise",
  gradual: "little by little",
  spike: "for a few periods only",
};

/** A change in figures: before and after, how far, since when and of what kind; in a table of the page that shows it. */
export function beforeAndAfter(alert: Alert) {
  const { before, after, change, low, high, changeAt, changeFrom, changeTo } = alert;
  const unit = isCount(alert.metric) ? ("count" as const) : ("share" as const);
  const signed = (share: number) => `${share < 0 ? "−" : "+"}${formatPercent(Math.abs(share), { digits: 1 })}`;
  const rows = [
    ["Before", writeValue(before, unit)],
    ["After", writeValue(after, unit)],
    [
      "Change",
      change === null
        ? MISSING
        : `${signed(change)}${low === null || high === null ? "" : ` (${signed(low)} to ${signed(high)}, at 95 %)`}`,
    ],
    [
      "Since",
      changeAt === null
        ? MISSING
        : `${formatDay(changeAt)}${changeFrom === null || changeTo === null ? "" : `; nine times in ten from ${formatDay(changeFrom)} to ${formatDay(changeTo)}`}`,
    ],
    ["Noticed", formatDay(alert.detectedAt)],
    // People of a segment are not parts that do something.
    ["Kind", unit === "count" && alert.verdict === "rate" ? "" : (VERDICTS[alert.verdict] ?? alert.verdict)],
  ] as const;
  return html`<section aria-label="Before and after">
    <h2>Before and after</h2>
    <div class="card">
      <seg-scroll-frame label="Table of before and after">
        <table>
          <tbody>
            ${rows.map(([name, words]) => (words === "" ? nothing : html`<tr><th scope="row">${name}</th><td class="words">${words}</td></tr>`))}
          </tbody>
        </table>
      </seg-scroll-frame>
    </div>
  </section>`;
}

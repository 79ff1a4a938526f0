import { html } from "lit";
import { alertParts } from "../../../server/figures/alert-words.ts";
import type { Alert } from "../../../server/figures/alerts.ts";
import { isLearning, learningWords } from "../../../server/figures/learning-words.ts";
import { periodKind } from "../../../server/figures/series-period.ts";
import type { Series } from "../../../server/figures/series-points.ts";
import type { Stale } from "../../../server/figures/staleness.ts";
import { toldWords } from "../../../server/figures/told-words.ts";
import { tierPill } from "../alert-row.ts";

interface Known {
  readonly alert: Alert | null;
  /** Where the alert is told. */
  readonly told: "in the inbox" | "here";
  readonly stale: Stale | null;
  /** Periods that a baseline takes. */
  readonly baseline: number | null;
}

/** How a series stands, in a sentence. */
export function stands(series: Series, { alert, told, stale, baseline }: Known) {
  const paused =
    stale === null
      ? ""
      : `Paused: ${stale.state}${stale.why === "" ? "" : `. ${toldWords(stale.why, series.metric)}`} While it is, nothing new is judged.`;
  if (alert !== null && told === "in the inbox") return html`<p>${paused}</p>`;
  if (alert !== null) {
    const { title, detail } = alertParts(alert);
    const isDown = alert.direction === "down";
    return html`<p>
        <b class=${alert.direction}>${isDown ? "▼" : "▲"} ${title}</b>
        ${tierPill(alert.tier)}
      </p>
      <p>${detail} ${paused}</p>`;
  }
  if (stale !== null) return html`<p>${paused}</p>`;
  if (!isLearning(series)) return html`<p>It is steady: nothing speaks for a change.</p>`;
  const words = learningWords(series, { baseline, period: periodKind([series]) });
  return html`<p>It is ${words}: nothing is judged before that.</p>`;
}

import { html } from "lit";
import { momentWords } from "../../server/figures/settings.ts";
import "../parts/problem.ts";
import type { RecordedHistory } from "../state/history.ts";

const LOST = "The connection was lost before it was heard how this refresh ended.";

/** What the server has recorded, where it was not heard how a refresh ended; `before` is how many refreshes it had then. */
export function lostWords({ isReading, value, problem }: RecordedHistory, before: number | null, zone: string) {
  if (problem !== null && !isReading)
    return html`<p role="status">${LOST}</p><seg-problem .problem=${problem}></seg-problem>`;
  if (isReading || value === null) return html`<p role="status">${LOST} Asking what was recorded …</p>`;
  const last = value.refreshes.at(-1);
  // A run that still goes is heard of again, and then it is no longer lost.
  if (last === undefined || value.refreshes.length === before)
    return html`<p role="status">${LOST} Nothing has been recorded since it was asked for; if it still runs, this says what comes of it.</p>`;
  const asOf = html`<b>${momentWords(last.asOf, zone)}</b>`;
  if (before === null) return html`<p role="status">${LOST} What was recorded last is as of ${asOf}.</p>`;
  return html`<p role="status">${LOST} A refresh was recorded meanwhile, as of ${asOf}.</p>`;
}

import { clustersOverTime } from "../../figures/cluster-drift.ts";
import { FATE_HEADS, fateWords, thenWords } from "../../figures/cluster-drift-words.ts";
import type { ResultPage } from "../../run/view.ts";
import { html, type Markup } from "../markup.ts";

/** What refreshes found of the clusters, folded away; null where none has recorded any. */
export function clusterOverTime(page: ResultPage, { label }: { label: string }): Markup | null {
  const [newest, ...earlier] = clustersOverTime(page);
  if (newest === undefined) return null;
  return html`<details><summary>Over time</summary><p class="pad">${thenWords(newest)}</p>
<div class="frame" tabindex="0" role="region" aria-label="${label}"><table class="data">
<thead><tr>${FATE_HEADS.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${newest.fates.map((fate) => html`<tr><th scope="row">${fate.name}</th>${fateWords(fate).map((words) => html`<td>${words}</td>`)}</tr>`)}</tbody></table></div>
${earlier.map((then) => html`<p class="pad quiet">${thenWords(then)}</p>`)}</details>`;
}

import { type Choice, type ChoiceRow, silhouetteWords } from "../../figures/cluster-choice.ts";
import { formatNumber } from "../../figures/format.ts";
import { html, type Markup } from "../markup.ts";

/** What there is to choose a number of clusters by, folded away. */
export function clusterChoice(choice: Choice, { k, label }: { k: number; label: string }): Markup {
  const sample = choice.isSampled ? ["of a sample"] : [];
  const heads = ["Stability", "Silhouette", ...sample, "the same, columns shuffled", "Calinski–Harabasz"];
  return html`<details><summary>How many</summary><p class="pad">${choice.reason}</p>
<div class="frame" tabindex="0" role="region" aria-label="${label}"><table class="data">
<thead><tr><th scope="col">Clusters</th>${[...heads, "Davies–Bouldin, less is better"].map((name) => html`<th scope="col" class="n">${name}</th>`)}</tr></thead>
<tbody>${choice.rows.map((row) => choiceRow(row, choice, k))}</tbody></table></div><p class="pad">${silhouetteWords(choice)}.</p></details>`;
}

function choiceRow(row: ChoiceRow, { recommended, isSampled }: Choice, k: number): Markup {
  const said = [...(row.k === recommended ? ["recommended"] : []), ...(row.k === k ? ["as it is cut"] : [])].join(", ");
  const figures = [
    figure(row.stability, 2),
    figure(row.silhouette, 2),
    ...(isSampled ? [figure(row.sampled, 2)] : []),
    figure(row.shuffled, 2),
    figure(row.calinskiHarabasz, 0),
    figure(row.daviesBouldin, 2),
  ];
  return html`<tr><td>${row.k} <span class="quiet">${said}</span></td>${figures.map((text) => html`<td class="n">${text}</td>`)}</tr>`;
}

function figure(value: number | null, digits: number): string {
  return value === null ? "—" : formatNumber(value, { digits });
}

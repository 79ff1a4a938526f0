import { formatCount, formatPercent } from "../../figures/format.ts";
import type { Heat } from "../../figures/heatmap-rows.ts";
import { columnPlaces, heatMark, heatTint, heatValue } from "../../figures/heatmap-words.ts";
import { html, type Markup } from "../markup.ts";

/** Clusters against columns: each cell in its column's own units, tinted by how far it is from everybody. */
export function heatTable(
  heat: Heat,
  look: { label: string; colour: (cluster: number) => string; measure?: "mean" | "median" },
): Markup {
  const digits = heat.columns.map((_, place) => columnPlaces(heat, place));
  const people = heat.rows.reduce((sum, row) => sum + row.size, 0);
  const heads = heat.columns.map((column) => html`<th scope="col">${column.label ?? column.name}</th>`);
  const rows = heat.rows.map(
    (row) =>
      html`<tr><th scope="row">${
        row.cluster === null ? null : html`<i style="background:${look.colour(row.cluster)}"></i>`
      }${row.name}</th><td>${formatCount(row.size)}</td><td>${formatPercent(row.share, { digits: 1 })}</td>${row.cells.map(
        (cell, place) => {
          const mark = heatMark(cell.z ?? 0);
          const arrow =
            mark === null
              ? null
              : html`<span class="arrow" role="img" aria-label="${mark.words}">${mark.arrow}</span> `;
          return html`<td style="${heatTint(cell.z ?? 0)}">${arrow}${heatValue(cell.value, heat.columns[place], digits[place] ?? 0)}</td>`;
        },
      )}</tr>`,
  );
  const everybody = heat.everybody.map(
    (value, place) => html`<td>${heatValue(value, heat.columns[place], digits[place] ?? 0)}</td>`,
  );
  return html`<div><div class="frame" tabindex="0" role="region" aria-label="${look.label}"><table class="heat"><thead><tr><th scope="col">segment</th><th scope="col">people</th><th scope="col">share</th>${heads}</tr></thead><tbody>${rows}<tr class="all"><th scope="row">Everybody</th><td>${formatCount(people)}</td><td></td>${everybody}</tr></tbody></table></div><p class="cap">Tinted by the distance ${look.measure === "median" ? "of means " : null}from everybody's mean; ▲ and ▼ mark one standard deviation or more.</p></div>`;
}

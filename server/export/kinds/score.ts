import { formatCount, formatNumber } from "../../figures/format.ts";
import { field, segmentSizes } from "../../figures/segmentation.ts";
import type { ColumnSummary } from "../../run/view.ts";
import { histogram } from "../column-summary.ts";
import { html, type Markup } from "../markup.ts";
import { bars } from "./bars.ts";
import { foldedTable, type KindOnPaper, summaryOf } from "./output.ts";

/** Points for behaviours: the bands, how the scores spread, and what each rule gives. */
export const score: KindOnPaper = {
  rows: "people",
  manner: () => "",
  output: async (context) => {
    const { view } = context;
    const summary = await summaryOf(context);
    if (summary === null) return { shown: null, folds: [] };
    const sizes = segmentSizes(view, summary, summary.rows);
    const scores = summary.columns.find((column) => column.name === "score");
    const shown = html`<div class="pad two wide"><div><h3>Bands</h3>${bars(sizes, { label: `Bands of ${view.id}`, rest: null })}</div><div><h3>Scores of ${formatCount(summary.rows)} people</h3>${
      scores === undefined ? null : spread(scores)
    }</div></div>${points(view.body, view.words)}`;
    const folds = [
      await foldedTable(context, "_contribution", "What each rule gives"),
      await foldedTable(context, "_outcome", "How the bands perform"),
      await foldedTable(context, "", "People"),
    ];
    return { shown, folds };
  },
};

function spread(scores: ColumnSummary): Markup {
  const mean = `mean ${formatNumber(scores.mean ?? 0, { atMost: 1 })}`;
  return html`<div class="scores">${histogram(scores.histogram)}<span class="ends"><span>${scores.min}</span><span>${mean}</span><span>${scores.max}</span></span></div>`;
}

/** `+10 placed an order after 1 Oct 2026`, one line a rule. */
function points(body: unknown, words: Readonly<Record<string, string>>): Markup | null {
  const rules = field(body, "points");
  if (!Array.isArray(rules)) return null;
  return html`<ul class="points">${rules.map((rule: unknown, place) => {
    const add = Number(field(rule, "add"));
    const sentence = words[`points_${place + 1}`] ?? String(field(rule, "when"));
    return html`<li><b>${add >= 0 ? "+" : "−"}${formatNumber(Math.abs(add))}</b> ${sentence}</li>`;
  })}</ul>`;
}

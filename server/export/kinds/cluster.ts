import { choiceOf } from "../../figures/cluster-choice.ts";
import {
  type ClusterRule,
  clusterManner,
  clusterNames,
  mergesOf,
  qualitiesOf,
  rulesOf,
} from "../../figures/cluster-relations.ts";
import { type ClusterWords, clusterWords } from "../../figures/cluster-words.ts";
import { formatNumber } from "../../figures/format.ts";
import { profileHeat } from "../../figures/heatmap-rows.ts";
import { withUnits } from "../../figures/heatmap-words.ts";
import { html, type Markup } from "../markup.ts";
import { dendrogram } from "./dendrogram.ts";
import { heatTable } from "./heat-table.ts";
import { foldedTable, type KindOnPaper, type OutputContext, rowsOf } from "./output.ts";

const SHOWN_MERGES = 60;
const MOST_PROFILE = 5_000;

/** Clusters: where they part, what each is like in the columns' own units, and in a sentence what sets it apart. */
export const cluster: KindOnPaper = {
  rows: "people",
  manner: clusterManner,
  output: async (context) => {
    const people = await foldedTable(context, "", "People");
    const profile = await rowsOf(context, "_profile", { limit: MOST_PROFILE });
    if (profile === null) return { shown: null, folds: [people] };
    const { view, theme } = context;
    const heat = withUnits(profileHeat(profile, clusterNames(view.body)));
    const rules = await rowsOf(context, "_rules", { limit: 100 });
    const lines = clusterWords(heat, rules === null ? new Map<number, ClusterRule>() : rulesOf(rules));
    const colour = (number: number) => colourOf(theme.named.series(), number);
    const tree = await treeOf(context, { k: heat.rows.length, colour });
    const shown = html`<div class="pad ${tree === null ? "" : "two"}">${tree}${heatTable(heat, { label: `Profile of ${view.id}`, colour })}</div>
<div class="lines">${lines.map((line) => sentence(line, colour))}</div>`;
    return { shown, folds: [await foldedTable(context, "_validity", "Other numbers of clusters"), people] };
  },
};

async function treeOf(
  context: OutputContext,
  { k, colour }: { k: number; colour: (number: number) => string },
): Promise<Markup | null> {
  const merges = await rowsOf(context, "_merges", { limit: SHOWN_MERGES, sort: "step", descending: true });
  if (merges === null || merges.rows.length === 0) return null;
  const validity = await rowsOf(context, "_validity", { limit: 100 });
  const qualities = qualitiesOf(validity);
  const recommended = choiceOf(validity, await rowsOf(context, "_choice", { limit: 100 }))?.recommended ?? null;
  return dendrogram(mergesOf(merges), {
    ...{ k, colour, qualities, recommended },
    label: `Dendrogram of ${context.view.id}`,
  });
}

function sentence(line: ClusterWords, colour: (number: number) => string): Markup {
  const kept = (value: number | null) => (value === null ? "—" : formatNumber(value, { digits: 2 }));
  const rule =
    line.rule === null
      ? null
      : html` As a rule: <code>${line.rule.text}</code>, precision ${kept(line.rule.precision)}, recall ${kept(line.rule.recall)}.`;
  return html`<p><i style="background:${colour(line.cluster)}"></i><b>${line.name}</b>: ${line.sentence}${rule}</p>`;
}

function colourOf(series: readonly string[], number: number): string {
  return series[(number - 1) % series.length] ?? "currentColor";
}

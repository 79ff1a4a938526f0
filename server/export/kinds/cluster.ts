import { type Choice, choiceOf, showsNoClusters } from "../../figures/cluster-choice.ts";
import {
  type ClusterRule,
  clusterManner,
  clusterNames,
  mergesOf,
  mixedRules,
  qualitiesOf,
  rulesOf,
} from "../../figures/cluster-relations.ts";
import { scaledColumns } from "../../figures/cluster-scaling.ts";
import { type ClusterWords, clusterWords } from "../../figures/cluster-words.ts";
import { numbersBySize } from "../../figures/dendrogram-numbers.ts";
import { formatNumber } from "../../figures/format.ts";
import { profileHeat } from "../../figures/heatmap-rows.ts";
import { withUnits } from "../../figures/heatmap-words.ts";
import type { ResultPage } from "../../run/view.ts";
import { html, type Markup } from "../markup.ts";
import { clusterChoice } from "./cluster-choice.ts";
import { clusterLines } from "./cluster-lines.ts";
import { clusterMap } from "./cluster-map.ts";
import { clusterOverTime } from "./cluster-over-time.ts";
import { clusterScaling } from "./cluster-scaling.ts";
import { dendrogram } from "./dendrogram.ts";
import { heatTable } from "./heat-table.ts";
import { foldedTable, type KindOnPaper, type OutputContext, rowsOf } from "./output.ts";

const SHOWN_MERGES = 60;
const MOST_PROFILE = 5_000;
const MOST_SCALING = 20_000;

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
    const validity = await rowsOf(context, "_validity", { limit: 100 });
    const choice = choiceOf(validity, await rowsOf(context, "_choice", { limit: 100 }));
    const numbers = numbersBySize(heat.rows);
    const tree = await treeOf(context, { numbers, colour, validity, choice });
    const mixed = mixedRules(view.problems);
    const shown = html`${doubt(context, choice)}<div class="pad ${tree === null ? "" : "two"}">${tree}${heatTable(heat, { label: `Profile of ${view.id}`, colour })}</div>
<div class="lines">${lines.map((line) => sentence(line, { colour, mixed: mixed.get(line.cluster) ?? null }))}</div>`;
    const names = new Map(heat.rows.map((row) => [row.cluster ?? 0, row.name]));
    const scaling = await rowsOf(context, "_scaling", { limit: MOST_SCALING });
    const drift = await rowsOf(context, "_drift", { limit: MOST_PROFILE });
    const folds = [
      scaling === null ? null : medians(context, { profile, scaling, colour }),
      choice === null
        ? null
        : clusterChoice(choice, { k: heat.rows.length, label: `Numbers of clusters of ${view.id}` }),
      await clusterMap(context, { names, colour }),
      clusterLines(heat, { label: `Profiles of ${view.id}`, colour }),
      scaling === null ? null : clusterScaling(scaling, { label: `Columns of ${view.id} before and after scaling` }),
      drift === null ? null : clusterOverTime(drift, { label: `Clusters of ${view.id} since the refresh before` }),
      people,
    ];
    return { shown, folds };
  },
};

/** The profile by medians, folded away. */
function medians(
  { view }: OutputContext,
  { profile, scaling, colour }: { profile: ResultPage; scaling: ResultPage; colour: (number: number) => string },
): Markup {
  const heat = withUnits(profileHeat(profile, clusterNames(view.body), "median"));
  const given = new Map(scaledColumns(scaling).map(({ column, given }) => [column, given.median]));
  const everybody = heat.columns.map(({ name }) => given.get(name) ?? null);
  const look = { label: `Medians of ${view.id}`, colour, measure: "median" } as const;
  return html`<details><summary>Medians</summary><div class="pad">${heatTable({ ...heat, everybody }, look)}</div></details>`;
}

interface Cutting {
  readonly numbers: readonly number[];
  readonly colour: (number: number) => string;
  readonly validity: ResultPage | null;
  readonly choice: Choice | null;
}

async function treeOf(context: OutputContext, { numbers, colour, validity, choice }: Cutting): Promise<Markup | null> {
  const merges = await rowsOf(context, "_merges", { limit: SHOWN_MERGES, sort: "step", descending: true });
  if (merges === null || merges.rows.length === 0) return null;
  return dendrogram(mergesOf(merges), {
    ...{ numbers, colour, qualities: qualitiesOf(validity), recommended: choice?.recommended ?? null },
    label: `Dendrogram of ${context.view.id}`,
  });
}

/** Said before anything is shown of clusters that are none. */
function doubt({ view }: OutputContext, choice: Choice | null): Markup | null {
  if (!showsNoClusters(choice, view.problems)) return null;
  return html`<p class="why"><b>The data shows no clusters.</b> What follows are bands: take them as such, not as kinds of people.</p>`;
}

function sentence(
  line: ClusterWords,
  { colour, mixed }: { colour: (number: number) => string; mixed: string | null },
): Markup {
  const kept = (value: number | null) => (value === null ? "—" : formatNumber(value, { digits: 2 }));
  const rule =
    line.rule === null
      ? null
      : html` As a rule: <code>${line.rule.text}</code>, precision ${kept(line.rule.precision)}, recall ${kept(line.rule.recall)}.${mixed === null ? null : ` ${mixed}`}`;
  const small = line.small === null ? null : ` ${line.small}`;
  return html`<p><i style="background:${colour(line.cluster)}"></i><b>${line.name}</b>: ${line.sentence}${small}${rule}</p>`;
}

function colourOf(series: readonly string[], number: number): string {
  return series[(number - 1) % series.length] ?? "currentColor";
}

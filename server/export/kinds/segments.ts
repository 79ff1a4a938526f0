import { formatCount } from "../../figures/format.ts";
import { field, populationOf, segmentSizes } from "../../figures/segmentation.ts";
import { html } from "../markup.ts";
import { bars } from "./bars.ts";
import { foldedTable, type KindOnPaper, summaryOf } from "./output.ts";

/** Named rules: how many are in each, what each rule says, and who they are. */
export const segments: KindOnPaper = {
  rows: "memberships",
  manner: (body) => (field(body, "exclusive") === true ? "the first match wins" : ""),
  output: async (context) => {
    const { view, snapshot } = context;
    const summary = await summaryOf(context);
    if (summary === null) return { shown: null, folds: [] };
    const population = populationOf(view, snapshot.view);
    const sizes = segmentSizes(view, summary, population);
    const people = sizes.reduce((sum, size) => sum + size.people, 0);
    const without = view.words.exclude === undefined ? "" : ` Left out of all: ${view.words.exclude}.`;
    const reading =
      population === null
        ? null
        : html`<p class="line">Shares are of ${formatCount(population)} people; they have ${formatCount(people)} memberships.${without}</p>`;
    const shown = html`<div class="pad">${bars(sizes, { label: `Sizes of ${view.id}`, rest: field(view.body, "otherwise") })}</div>${reading}`;
    return { shown, folds: [await foldedTable(context, "", "People")] };
  },
};

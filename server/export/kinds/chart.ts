import { refusals, type Spec } from "../../figures/chart-guard.ts";
import { chartSpec } from "../../figures/chart-spec.ts";
import { type Colours, chartConfig } from "../../figures/chart-theme.ts";
import { formatCount } from "../../figures/format.ts";
import { field } from "../../figures/segmentation.ts";
import type { ResultPage } from "../../run/view.ts";
import { cleanSvg } from "../chart/clean-svg.ts";
import { html, Markup } from "../markup.ts";
import { problemLine } from "../problem.ts";
import type { Theme } from "../theme.ts";
import type { KindOnPaper, OutputContext } from "./output.ts";

const MOST_ROWS = 5_000;
/** Characters of one picture; a page of more marks than that is nothing to look at. */
const MOST_SVG = 3_000_000;

/** A picture of a relation, drawn once where its colours are right in both themes, else once for each. */
export const chart: KindOnPaper = {
  rows: "rows",
  manner: () => "",
  output: async (context) => ({ shown: await figure(context), folds: [] }),
};

async function figure(context: OutputContext): Promise<Markup | null> {
  const of = field(context.view.body, "of");
  const page = typeof of === "string" ? await context.snapshot.page(of, { limit: MOST_ROWS }) : null;
  if (page === null || "severity" in page)
    return html`<p class="quiet pad">Run <code>${String(of ?? "")}</code> to see its picture.</p>`;
  const spec = chartSpec(context.view.body, page.columns);
  if (spec === null) return null;
  const refused = refusals(spec);
  if (refused.length > 0)
    return html`${refused.map(({ path, message, hint }) => problemLine({ severity: "error", place: path, message, hint }))}`;
  const drawn = await pictures(context, spec, page);
  const rest = page.total - page.rows.length;
  return html`${drawn}${rest > 0 ? html`<p class="cap pad">The first ${formatCount(page.rows.length)} of ${formatCount(page.total)} rows.</p>` : null}`;
}

async function pictures(context: OutputContext, spec: Spec, page: ResultPage): Promise<Markup> {
  const { view, theme, painter, signal } = context;
  const label = typeof spec.description === "string" ? spec.description : `Chart ${view.id}`;
  const configs = [configFor(theme, "light"), configFor(theme, "dark")];
  const drawn = await painter.draw({ spec, data: page, label, configs }, signal);
  if ("failed" in drawn) return cantBeDrawn(drawn.failed);
  const clean: string[] = [];
  for (const [place, picture] of drawn.pictures.entries()) {
    if (picture.length > MOST_SVG) return cantBeDrawn("it has more marks than a page can hold.");
    const svg = cleanSvg(picture, `${view.id}-${place}`);
    if (svg === null) return cantBeDrawn("the picture is not one that may stand in a page.");
    clean.push(svg);
  }
  const [light = "", dark = ""] = clean;
  const same = light.replaceAll(`${view.id}-0-`, "") === dark.replaceAll(`${view.id}-1-`, "");
  const shown = same
    ? html`<div>${new Markup(light)}</div>`
    : html`<div class="by-day">${new Markup(light)}</div><div class="by-night">${new Markup(dark)}</div>`;
  const notes = drawn.warnings.slice(0, 3).map((message) => problemLine({ severity: "note", message, hint: "" }));
  return html`<figure class="frame chart" tabindex="0" role="img" aria-label="${label}">${shown}</figure>${notes}`;
}

/** Plain colours by name; those between which others are found by value. */
function configFor(theme: Theme, mode: "light" | "dark") {
  const named = chartConfig(theme.named);
  const fixed = chartConfig(theme.fixed[mode] satisfies Colours);
  return { ...named, range: { ...fixed.range, category: named.range?.category } } as typeof named;
}

function cantBeDrawn(why: string): Markup {
  return problemLine({ severity: "error", message: `The chart can't be drawn: ${why}`, hint: "Look at its spec." });
}

import { axesWords, mapAxes, mapPoints } from "../../figures/cluster-map.ts";
import { formatCount } from "../../figures/format.ts";
import { glyphPath } from "../../figures/glyphs.ts";
import { extentOf, scatterPaths } from "../../figures/scatter-drawing.ts";
import { html, type Markup } from "../markup.ts";
import { type OutputContext, rowsOf } from "./output.ts";

const WIDTH = 860;
const HEIGHT = 320;
/** More make the page heavy and the picture no clearer. */
const PEOPLE = 2_000;
/** As many as there can be. */
const MOST = 50_000;

/** People along the two directions in which they differ most, folded away; null where they were not computed. */
export async function clusterMap(
  context: OutputContext,
  look: { names: ReadonlyMap<number, string>; colour: (cluster: number) => string },
): Promise<Markup | null> {
  const map = await rowsOf(context, "_map", { limit: MOST });
  const components = await rowsOf(context, "_components", { limit: 500 });
  if (map === null || components === null || map.rows.length === 0) return null;
  // In the order of the key: every so many-th is as good as drawn by lot, and the same each time.
  const step = Math.ceil(map.rows.length / PEOPLE);
  const points = mapPoints(map).filter((_, at) => at % step === 0);
  const frame = { width: WIDTH, height: HEIGHT, extent: extentOf(points) };
  const all = context.view.rows ?? map.rows.length;
  const some = points.length < all ? `${formatCount(points.length)} of ${formatCount(all)} people. ` : "";
  const words = `Map of the people of ${context.view.id}`;
  return html`<details><summary>Map <span class="quiet">${formatCount(points.length)}</span></summary><figure class="pad"><div class="keys">${[
    ...look.names,
  ].map(
    ([number, name]) =>
      html`<span><svg width="14" height="14" aria-hidden="true"><path d="${glyphPath(number, 7, 7, 4.2)}" fill="${look.colour(number)}"/></svg>${name}</span>`,
  )}</div><svg class="map" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${words}">${scatterPaths(
    points,
    frame,
  ).map(
    ({ group, path }) => html`<path d="${path}" fill="${look.colour(group)}"/>`,
  )}</svg><figcaption>${some}${axesWords(mapAxes(components)).join(" ")}</figcaption></figure></details>`;
}

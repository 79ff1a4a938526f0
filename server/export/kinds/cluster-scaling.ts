import { hasLongTail, type StageShape, scaledColumns, TRANSFORM_WORDS } from "../../figures/cluster-scaling.ts";
import { formatNumber } from "../../figures/format.ts";
import type { ResultPage } from "../../run/view.ts";
import { html, type Markup } from "../markup.ts";

const WIDTH = 120;
const HEIGHT = 22;

/** Each column before and after it is made comparable, folded away. */
export function clusterScaling(page: ResultPage, { label }: { label: string }): Markup {
  return html`<details><summary>Before and after scaling</summary>
<div class="frame" tabindex="0" role="region" aria-label="${label}"><table class="data">
<thead><tr><th scope="col">column</th><th scope="col">compared by</th><th scope="col">before</th><th scope="col">after</th></tr></thead>
<tbody>${scaledColumns(page).map(
    ({ column, given, compared }) =>
      html`<tr><td>${column}</td><td>${TRANSFORM_WORDS[compared.transform] ?? compared.transform}</td>${stage(given)}${stage(compared)}</tr>`,
  )}</tbody></table></div></details>`;
}

function stage(shape: StageShape): Markup {
  const most = Math.max(1, ...shape.bars);
  const wide = WIDTH / Math.max(1, shape.bars.length);
  const tail = hasLongTail(shape) ? ", a long tail" : "";
  return html`<td><svg class="histogram" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true">${shape.bars.map(
    (people, at) => {
      const height = (people / most) * HEIGHT;
      return people === 0
        ? null
        : html`<rect x="${(at * wide).toFixed(1)}" y="${(HEIGHT - height).toFixed(1)}" width="${(wide - 0.5).toFixed(1)}" height="${height.toFixed(1)}"/>`;
    },
  )}</svg><span class="quiet">skewness ${formatNumber(shape.skewness, { digits: 1 })}${tail}</span></td>`;
}

import { glyphPath, groupDash } from "../../figures/glyphs.ts";
import type { Heat } from "../../figures/heatmap-rows.ts";
import {
  type ParallelFrame,
  type ParallelLine,
  parallelFrame,
  parallelPath,
  parallelWords,
  parallelX,
  rangeWords,
} from "../../figures/parallel-drawing.ts";
import { profileLines } from "../../figures/profile-lines.ts";
import { html, type Markup } from "../markup.ts";

const WIDTH = 860;
const HEIGHT = 220;
const FOOT = 20;

/** Each cluster as a line over the columns, in standard deviations from everybody, folded away. */
export function clusterLines(
  heat: Heat,
  { label, colour }: { label: string; colour: (cluster: number) => string },
): Markup {
  const { lines, columns } = profileLines(heat);
  const frame = parallelFrame(lines, { columns: columns.length, width: WIDTH, height: HEIGHT });
  const heads = columns.map((name, place) => {
    const x = parallelX(place, frame).toFixed(1);
    return html`<path class="axis" d="M${x} 7V${HEIGHT - 7}"/><text x="${x}" y="${HEIGHT + FOOT - 6}" text-anchor="middle">${name}</text>`;
  });
  return html`<details><summary>Profiles side by side</summary><figure class="pad"><div class="keys">${lines.map(
    ({ name, group }) =>
      html`<span><svg width="34" height="14" aria-hidden="true"><path d="M0 7H34" fill="none" stroke="${colour(group)}" stroke-dasharray="${groupDash(group)}"/><path d="${glyphPath(group, 17, 7, 3.6)}" fill="${colour(group)}"/></svg>${name}</span>`,
  )}</div><svg class="profiles" viewBox="0 0 ${WIDTH} ${HEIGHT + FOOT}" role="img" aria-label="${parallelWords(label, columns, lines)}">${heads}<path class="everybody" d="M0 ${HEIGHT / 2}H${WIDTH}"/>${lines.map(
    (line) => drawn(line, frame, colour(line.group)),
  )}</svg><figcaption>${rangeWords(frame)}</figcaption></figure></details>`;
}

function drawn(line: ParallelLine, frame: ParallelFrame, colour: string): Markup {
  const { path, points } = parallelPath(line, frame);
  return html`<path d="${path}" fill="none" stroke="${colour}" stroke-width="1.75" stroke-dasharray="${groupDash(line.group)}"/>${points.map(
    ({ x, y }) => html`<path d="${glyphPath(line.group, x, y, 3.6)}" fill="${colour}"/>`,
  )}`;
}

import type { CutQuality } from "../../figures/cluster-relations.ts";
import { drawDendrogram } from "../../figures/dendrogram-drawing.ts";
import { cutHeight, type Merge, mergeTree, shownHeights } from "../../figures/dendrogram-tree.ts";
import { formatCount, formatNumber } from "../../figures/format.ts";
import { html, type Markup } from "../markup.ts";

const WIDTH = 250;
const HEIGHT = 172;
const TOP = 10;
const FOOT = 24;
const TIPS = 24;

export interface DendrogramLook {
  /** Of the clusters that it is cut into, largest first. */
  readonly numbers: readonly number[];
  readonly colour: (cluster: number) => string;
  readonly qualities: readonly CutQuality[];
  readonly recommended: number | null;
  readonly label: string;
}

/** The last merges of a clustering with the line that cuts them into k clusters; null where there are none. */
export function dendrogram(merges: readonly Merge[], look: DendrogramLook): Markup | null {
  const { numbers } = look;
  const k = numbers.length;
  const tree = mergeTree(merges, Math.max(TIPS, k));
  if (tree === null) return null;
  const heights = shownHeights(tree);
  const highest = heights[0] ?? 1;
  const y = (height: number) => TOP + (1 - height / (highest * 1.06 || 1)) * (HEIGHT - TOP);
  const cut = y(cutHeight(heights, k));
  const { lines, clusters } = drawDendrogram(tree, { width: WIDTH, k, numbers, y, cut });
  const half = Math.max(2, WIDTH / 2 / (heights.length + 1) - 2);
  const sizes = [...clusters]
    .sort((a, b) => a.number - b.number)
    .map(({ number, size }) => `${number}${size === null ? "" : `: ${formatCount(size)}`}`);
  const words = `${look.label}: ${formatCount(tree.size ?? 0)} in ${clusters.length} clusters (${sizes.join(", ")})`;
  return html`<figure><svg class="tree" viewBox="0 0 ${WIDTH} ${HEIGHT + FOOT}" role="img" aria-label="${words}">${lines.map(
    ({ path, cluster }) =>
      html`<path d="${path}" stroke="${cluster === null ? "var(--ink-3)" : look.colour(cluster)}"/>`,
  )}<line class="cut" x1="0" x2="${WIDTH}" y1="${cut.toFixed(1)}" y2="${cut.toFixed(1)}"/>${clusters.map(
    ({ number, from, to }) =>
      html`<rect x="${(from - half).toFixed(1)}" y="${HEIGHT + 3}" width="${(to - from + 2 * half).toFixed(1)}" height="3" fill="${look.colour(number)}"/><text x="${((from + to) / 2).toFixed(1)}" y="${HEIGHT + 19}">${number}</text>`,
  )}</svg><figcaption>${caption(look)}</figcaption></figure>`;
}

/** `Cut at 4: stability 0.93 (3: 0.88, 5: 0.71). Recommended.` */
function caption({ numbers, qualities, recommended }: DendrogramLook): string {
  const k = numbers.length;
  const of = (quality: CutQuality | undefined) =>
    quality?.stability == null ? null : formatNumber(quality.stability, { digits: 2 });
  const own = of(qualities.find((quality) => quality.k === k));
  const others = qualities
    .filter((quality) => quality.k !== k && Math.abs(quality.k - k) <= 2 && quality.stability !== null)
    .map((quality) => `${quality.k}: ${of(quality)}`);
  const quality = own === null ? "" : `: stability ${own}${others.length > 0 ? ` (${others.join(", ")})` : ""}`;
  const advice = recommended === null ? "" : recommended === k ? " Recommended." : ` Recommended is ${recommended}.`;
  return `Cut at ${k}${quality}.${advice}`;
}

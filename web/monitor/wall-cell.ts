import { html, nothing, svg } from "lit";
import { drawSeries, type SeriesDrawing } from "../../server/figures/series-drawing.ts";
import type { SeriesTile } from "../../server/figures/series-tiles.ts";
import { lastValue, writeValue } from "../../server/figures/series-words.ts";

const HEIGHT = 42;
const EDGE = 3;
/** Between a day and its month, which stay on one line. */
const DAY_AND_MONTH = /(?<=\d) (?=\p{L})/gu;

const drawn = new WeakMap<SeriesTile, { readonly width: number; readonly drawing: SeriesDrawing }>();

/** A series in the place that a wall has for it: its figure, how it stands, and its course. */
export function wallCell(tile: SeriesTile, width: number) {
  const direction = tile.tone === "alert" || tile.tone === "watch" ? (tile.change?.direction ?? "") : "";
  return html`<span class="said">
      <b>${writeValue(tile.now ?? lastValue(tile.points), tile.unit)}</b>
      <span class=${direction || tile.tone}>${tile.status.replaceAll(DAY_AND_MONTH, "\u00a0")}</span>
    </span>
    ${course(tile, { width, direction })}`;
}

function course(tile: SeriesTile, { width, direction }: { width: number; direction: string }) {
  const known = drawn.get(tile);
  const drawing =
    known?.width === width
      ? known.drawing
      : drawSeries(tile.points, { width, height: HEIGHT, edge: EDGE, range: "usual" });
  drawn.set(tile, { width, drawing });
  const changed = changePlace(tile);
  const at = changed < 0 ? undefined : drawing.places[changed]?.x.toFixed(1);
  return html`<svg
    class=${tile.tone === "alert" ? `drifts ${direction}` : ""}
    viewBox="0 0 ${width} ${HEIGHT}"
    preserveAspectRatio="none"
    aria-hidden="true"
  >
    <path class="band" d=${drawing.band} />
    ${at === undefined ? nothing : svg`<line class="change" x1=${at} x2=${at} y1="0" y2=${HEIGHT} />`}
    <path class="line" d=${drawing.line} />
    <path class="line young" d=${drawing.young} />
    ${tile.points.map((point, index) => (point.mature ? nothing : hollow(drawing.places[index])))}
  </svg>`;
}

function changePlace({ change, points }: SeriesTile): number {
  return change === null ? -1 : points.findIndex(({ period }) => period >= change.at);
}

function hollow(place: SeriesDrawing["places"][number] | undefined) {
  if (place === undefined || place.y === null) return nothing;
  return svg`<circle class="hollow" cx=${place.x.toFixed(1)} cy=${place.y.toFixed(1)} r="2" />`;
}

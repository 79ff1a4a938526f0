import { drawSeries, type SeriesDrawing } from "../../figures/series-drawing.ts";
import type { SeriesPoint } from "../../figures/series-points.ts";
import type { SeriesTile } from "../../figures/series-tiles.ts";
import { lastValue, seriesWords, spanWords, writeValue } from "../../figures/series-words.ts";
import { html, type Markup } from "../markup.ts";

const FRAME = { width: 236, height: 78, edge: 4 };

/** One watched series: what was expected, what came, where it changed. */
export function seriesTile(tile: SeriesTile): Markup {
  const { points, change, unit, status, tone } = tile;
  const flagged = tone === "alert" || tone === "watch" ? (change?.direction ?? "") : "";
  const drawing = drawSeries(points, FRAME);
  const words = seriesWords(points, { now: tile.now ?? null, status, unit });
  return html`<li class="${tone === "alert" ? `alert ${flagged}` : ""}"><h3><span>${tile.segment}</span> <span>${tile.title ?? tile.metric}</span></h3><p class="now"><b>${writeValue(tile.now ?? lastValue(points), unit)}</b> <span class="${flagged}">${status}</span></p><svg class="series ${tone === "alert" ? flagged : ""}" viewBox="0 0 ${FRAME.width} ${FRAME.height}" role="img" aria-label="${words}"><path class="band" d="${drawing.band}"/>${mark(tile, drawing)}<path class="course" d="${drawing.line}"/><path class="course young" d="${drawing.young}"/>${stretches(tile, drawing)}${points.map((point, index) => hollow(point, drawing.places[index]))}</svg><p class="cap">${spanWords(points)}</p></li>`;
}

/** The first changed period, and the stretch that holds it. */
function mark({ change, points }: SeriesTile, drawing: SeriesDrawing): Markup | null {
  if (change === null) return null;
  const x = (day: string | null) => drawing.places[periodIndex(points, day)]?.x;
  const at = x(change.at);
  if (at === undefined) return null;
  const [from, to] = [x(change.from) ?? at, x(change.to) ?? at];
  return html`<g class="${change.direction}"><rect class="span" x="${from.toFixed(1)}" y="0" width="${Math.max(1, to - from).toFixed(1)}" height="${FRAME.height}"/><line class="change" x1="${at.toFixed(1)}" x2="${at.toFixed(1)}" y1="0" y2="${FRAME.height}"/></g>`;
}

/** A line along the foot under what is flagged. */
function stretches({ tone, change }: SeriesTile, drawing: SeriesDrawing): Markup | null {
  if (tone !== "alert" && tone !== "watch") return null;
  const y = FRAME.height - 1.5;
  return html`<g class="${change?.direction ?? ""}">${drawing.flagged.map(
    ({ from, to }) => html`<line class="stretch" x1="${from.toFixed(1)}" x2="${to.toFixed(1)}" y1="${y}" y2="${y}"/>`,
  )}</g>`;
}

function hollow(point: SeriesPoint, place: SeriesDrawing["places"][number] | undefined): Markup | null {
  if (point.mature || place === undefined || place.y === null) return null;
  return html`<circle class="hollow" cx="${place.x.toFixed(1)}" cy="${place.y.toFixed(1)}" r="2.4"/>`;
}

/** The first period that does not end before the day. */
function periodIndex(points: readonly SeriesPoint[], day: string | null): number {
  if (day === null) return -1;
  const exact = points.findIndex((point) => point.period === day);
  return exact >= 0 ? exact : points.findIndex((point) => point.period > day);
}

import { alertParts } from "../../figures/alert-words.ts";
import { type Alert, alertsOf, type Incident, incidentsOf } from "../../figures/alerts.ts";
import { quietWords } from "../../figures/learning-words.ts";
import { field } from "../../figures/segmentation.ts";
import { seriesOf } from "../../figures/series-points.ts";
import { surroundings, tilesOf } from "../../figures/series-tiles.ts";
import { html, type Markup } from "../markup.ts";
import { foldedTable, type KindOnPaper, rowsOf } from "./output.ts";
import { seriesTile } from "./series-tile.ts";

const MOST_ALERTS = 500;
const MOST_POINTS = 60_000;

/** Watched segments: what drifts, since when and by how much, and every series. */
export const monitor: KindOnPaper = {
  rows: "alerts",
  manner: (body) => {
    const period = field(body, "period");
    return typeof period === "string" ? `by ${period}` : "";
  },
  output: async (context) => {
    const page = await rowsOf(context, "", { limit: MOST_ALERTS });
    if (page === null) return { shown: null, folds: [] };
    const alerts = alertsOf(page);
    const grouped = await rowsOf(context, "_incidents", { limit: MOST_ALERTS });
    const incidents = grouped === null ? [] : incidentsOf(grouped);
    const points = await rowsOf(context, "_series", { limit: MOST_POINTS });
    const series = points === null ? [] : seriesOf(points);
    const tiles = tilesOf(series, surroundings(alerts), "recent");
    const drifts =
      alerts.length + incidents.length === 0
        ? html`<p class="line first">${quietWords(series)}</p>`
        : html`<ul class="drifts" aria-label="Drifts">${incidents.map(incidentLine)}${alerts.map(alertLine)}</ul>`;
    const wall = html`<ul class="wall" aria-label="Series of ${context.view.id}">${tiles.map(seriesTile)}</ul>`;
    const shown = html`${drifts}${tiles.length === 0 ? null : wall}`;
    return { shown, folds: [await foldedTable(context, "", "Drifts as rows")] };
  },
};

function alertLine(alert: Alert): Markup {
  const down = alert.direction === "down";
  const { title, detail } = alertParts(alert);
  const tone = alert.tier === "watch" ? "stale" : "failed";
  return html`<li><span class="${alert.direction}" role="img" aria-label="${down ? "down" : "up"}">${down ? "▼" : "▲"}</span><div><b>${title}</b> <span class="pill ${tone}">${alert.tier}</span><p>${detail}</p></div></li>`;
}

function incidentLine(incident: Incident): Markup {
  return html`<li><span aria-hidden="true">◆</span><div><b>Many segments moved together</b> <span class="pill stale">incident</span><p>${incident.explanation}</p></div></li>`;
}

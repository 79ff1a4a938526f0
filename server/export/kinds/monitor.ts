import { alertParts } from "../../figures/alert-words.ts";
import { type Alert, alertsOf, type Incident, incidentsOf } from "../../figures/alerts.ts";
import { formatCount } from "../../figures/format.ts";
import { quietWords } from "../../figures/learning-words.ts";
import { field } from "../../figures/segmentation.ts";
import { type PeriodKind, periodKind } from "../../figures/series-period.ts";
import { seriesOf } from "../../figures/series-points.ts";
import { surroundings, tilesOf } from "../../figures/series-tiles.ts";
import { insideOf, standingDrifts, watchingOf } from "../../figures/standing-drifts.ts";
import type { ResultPage } from "../../run/view.ts";
import { html, type Markup } from "../markup.ts";
import { foldedTable, type KindOnPaper, rowsOf } from "./output.ts";
import { seriesTile } from "./series-tile.ts";

const MOST_ALERTS = 500;
/** So many points are read at most; of each series the newest are drawn. */
const MOST_POINTS = 1_000_000;

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
    const kind = periodKind(series);
    const standing = standingDrifts(alerts, null, watchingOf(context.view.body, kind)).map(({ found }) => found);
    const tiles = tilesOf(series, surroundings(standing), "recent");
    const drifts =
      alerts.length + incidents.length === 0
        ? html`<p class="line first">${quietWords(series)}</p>`
        : html`<ul class="drifts" aria-label="Drifts">${driftLines(incidents, alerts, kind)}</ul>`;
    const wall = html`<ul class="wall" aria-label="Series of ${context.view.id}">${tiles.map(seriesTile)}</ul>`;
    const shown = html`${drifts}${cutLine(page, "drifts")}${tiles.length === 0 ? null : wall}${points === null ? null : cutLine(points, "points, and so of the series")}`;
    return { shown, folds: [await foldedTable(context, "", "Drifts as rows")] };
  },
};

/** Incidents with the alerts inside them, then the alerts that are in none. */
export function driftLines(incidents: readonly Incident[], alerts: readonly Alert[], kind: PeriodKind): Markup[] {
  let apart = alerts;
  const common = incidents.map((incident) => {
    const inside = insideOf(incident, apart, kind);
    apart = apart.filter((alert) => !inside.includes(alert));
    return incidentLine(incident, inside);
  });
  return [...common, ...apart.map(alertLine)];
}

/** What is left out is said. */
function cutLine({ rows, total }: ResultPage, what: string): Markup | null {
  if (rows.length >= total) return null;
  return html`<p class="line">Shown are the first ${formatCount(rows.length)} of ${formatCount(total)} ${what}.</p>`;
}

function alertLine(alert: Alert): Markup {
  const down = alert.direction === "down";
  const { title, detail } = alertParts(alert);
  const tone = alert.tier === "watch" ? "stale" : "failed";
  return html`<li><span class="${alert.direction}" role="img" aria-label="${down ? "down" : "up"}">${down ? "▼" : "▲"}</span><div><b>${title}</b> <span class="pill ${tone}">${alert.tier}</span><p>${detail}</p></div></li>`;
}

function incidentLine(incident: Incident, inside: readonly Alert[]): Markup {
  const alerts =
    inside.length === 0
      ? null
      : html`<ul class="drifts" aria-label="Alerts of this incident">${inside.map(alertLine)}</ul>`;
  return html`<li><span aria-hidden="true">◆</span><div><b>Many segments moved together</b> <span class="pill stale">incident</span><p>${incident.explanation}</p>${alerts}</div></li>`;
}

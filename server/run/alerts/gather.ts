import { createHash } from "node:crypto";
import type { MonitorBody } from "../../cells/monitor/schema.ts";
import { literal } from "../../language/quote.ts";
import type { Report, SeriesStanding } from "../../monitor/life/model.ts";
import type { JudgedSeries } from "../../monitor/life/revisions.ts";
import type { Alert, Incident } from "../../monitor/model.ts";
import { comparePeriods } from "../../monitor/period.ts";
import type { ResultCache, Stored } from "../cache.ts";
import type { CellOutcome } from "../execute.ts";
import type { Plan } from "../plan.ts";
import { ownRebaselines } from "../rebaselines.ts";
import { mainPart, type StudiedCell } from "../studied.ts";
import type { Gathered } from "./gathered.ts";
import { writtenMark } from "./written.ts";

export interface GatherOptions {
  readonly path: string;
  readonly plan: Plan;
  readonly outcomes: readonly CellOutcome[];
  readonly cache: ResultCache;
  readonly signal: AbortSignal;
}

/** What a run's monitors came to, for whoever keeps their alerts. */
export async function gather({ path, plan, outcomes, cache, signal }: GatherOptions): Promise<Gathered> {
  const cells = plan.cells.filter(({ cell }) => plan.studies.names.cell(cell.id) === cell).map(({ cell }) => cell);
  const monitors = cells.filter(({ kind }) => kind === "monitor");
  const reports: Report[] = [];
  for (const { studied, state } of outcomes) {
    const stored = mainPart(studied)?.stored ?? null;
    const isThere = (state === "computed" || state === "found") && stored !== null;
    if (!monitors.includes(studied.cell) || !isThere || studied.reading === null) continue;
    const { period, metrics, min_relative_change: minRelativeChange } = studied.reading.body as MonitorBody;
    reports.push({
      ...{ notebook: path, cell: studied.cell.id, period, metrics, minRelativeChange, asOf: plan.clock.asOf },
      ...(await found(stored, { plan, cache, signal })),
      rebaselines: ownRebaselines(studied, plan.studies.request),
      definition: definitionOf(studied, plan),
      judged: await cohortsOf(stored, { plan, cache, signal }),
      written: writtenMark(studied.cell),
      standings: await standingsOf(stored, { plan, cache, signal }),
    });
  }
  return { notebook: path, cells: monitors.map(({ id }) => id), reports };
}

/** The cell as it is written, and the segmentations that it watches. */
function definitionOf(studied: StudiedCell, plan: Plan): string {
  const body = studied.reading?.body as MonitorBody | undefined;
  const watched = body?.segments ?? [];
  const cells = [studied, ...plan.cells.filter(({ cell }) => watched.includes(cell.id))];
  const written = cells.map(({ study, reading }) => study?.canonical ?? reading?.canonical);
  return createHash("sha256").update(JSON.stringify(written)).digest("hex").slice(0, 32);
}

type Around = Pick<GatherOptions, "plan" | "cache" | "signal">;
type Found = Pick<Report, "alerts" | "incidents" | "series">;

async function found(stored: Stored, around: Around): Promise<Found> {
  const alerts = (await rowsOf(stored, "", PERIODS, around)).map(toAlert);
  const own = new Set(alerts.map(({ segment, metric }) => JSON.stringify([segment, metric])));
  const told = await rowsOf(stored, "_incidents", ["opened_at"], around);
  const judged = await judgedOf(stored, around);
  const segments = [...new Set(judged.map(({ segment }) => segment))];
  return {
    alerts,
    incidents: told.map((row) => toIncident(row, segments)),
    series: judged.filter(({ segment, metric }) => own.has(JSON.stringify([segment, metric]))),
  };
}

type Row = Readonly<Record<string, unknown>>;

const PERIODS = ["detected_at", "confirmed_at", "change_at", "change_from", "change_to"];

async function rowsOf(stored: Stored, suffix: string, periods: readonly string[], around: Around): Promise<Row[]> {
  const as = periods.map((name) => `${name}::VARCHAR AS ${name}`).join(", ");
  const sql = `SELECT * REPLACE (${as}) FROM ${fileOf(stored, suffix, around.cache)}`;
  return around.plan.studies.request.engine.rows({ sql, signal: around.signal });
}

/** Judged periods of each series, in order. */
async function judgedOf(stored: Stored, { plan, cache, signal }: Around): Promise<Report["series"][number][]> {
  const sql = `
    SELECT segment, metric, list(period::VARCHAR ORDER BY period) AS periods
    FROM ${fileOf(stored, "_series", cache)} WHERE mature AND rate IS NOT NULL GROUP BY ALL ORDER BY ALL`;
  const rows = await plan.studies.request.engine.rows({ sql, signal });
  return rows.map(({ segment, metric, periods }) => ({
    ...{ segment: String(segment), metric: String(metric) },
    periods: (Array.isArray(periods) ? periods.map(String) : []).sort(comparePeriods),
  }));
}

/** Of so many periods of each series it is held what they were judged with. */
const HELD_PERIODS = 60;

/** The last cohorts of each series that were judged, but for those whose people are today's: these change with them. */
async function cohortsOf(stored: Stored, { plan, cache, signal }: Around): Promise<JudgedSeries[]> {
  const sql = `
    SELECT segment, metric, list(period::VARCHAR ORDER BY period) AS periods, list(delivered ORDER BY period) AS ns, list(events ORDER BY period) AS xs
    FROM (
      SELECT s.* FROM ${fileOf(stored, "_series", cache)} AS s JOIN ${fileOf(stored, "_counts", cache)} AS c USING (segment, period)
      WHERE s.mature AND s.rate IS NOT NULL AND s.delivered IS NOT NULL AND c.members_by IS DISTINCT FROM 'today'
      QUALIFY row_number() OVER (PARTITION BY s.segment, s.metric ORDER BY period DESC) <= ${HELD_PERIODS}
    )
    GROUP BY ALL ORDER BY ALL`;
  const rows = await plan.studies.request.engine.rows({ sql, signal });
  const listed = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
  return rows.map(({ segment, metric, periods, ns, xs }) => ({
    ...{ segment: String(segment), metric: String(metric) },
    cohorts: listed(periods)
      .map((period, i) => [String(period), Number(listed(ns)[i]), Number(listed(xs)[i])] as const)
      .sort(([a], [b]) => comparePeriods(a, b)),
  }));
}

/** Of each series with a baseline, how surely it is off it. */
async function standingsOf(stored: Stored, { plan, cache, signal }: Around): Promise<SeriesStanding[]> {
  const sql = `
    SELECT segment, metric, e_value FROM ${fileOf(stored, "_sight", cache)}
    WHERE e_value IS NOT NULL ORDER BY segment, metric`;
  const rows = await plan.studies.request.engine.rows({ sql, signal });
  return rows.map(({ segment, metric, e_value: eValue }) => ({
    ...{ segment: String(segment), metric: String(metric) },
    // What is beyond every number is told as the largest there is.
    eValue: Math.min(Number(eValue), Number.MAX_VALUE),
  }));
}

function fileOf(stored: Stored, suffix: string, cache: ResultCache): string {
  const relation = stored.relations.find((one) => one.suffix === suffix);
  if (relation === undefined) throw new Error(`a monitor's result lacks ${suffix}`);
  return `read_parquet(${literal(cache.path(stored, relation))})`;
}

function toAlert(row: Row): Alert {
  const text = (name: string) => String(row[name]);
  const number = (name: string) => Number(row[name] ?? 0);
  const known = (name: string) => (typeof row[name] === "number" && Number.isFinite(row[name]) ? row[name] : null);
  return {
    ...{ segment: text("segment"), metric: text("metric") },
    tier: text("tier") as Alert["tier"],
    direction: text("direction") as Alert["direction"],
    ...{ detected_at: text("detected_at"), change_at: text("change_at") },
    confirmed_at: row.confirmed_at === null ? null : text("confirmed_at"),
    ...{ change_from: text("change_from"), change_to: text("change_to") },
    ...{ rate_before: number("rate_before"), rate_after: number("rate_after") },
    ...{ relative_change: known("relative_change"), low: known("low"), high: known("high") },
    // What is beyond every number is told as the largest there is.
    evidence: Math.min(number("evidence"), Number.MAX_VALUE),
    verdict: text("verdict") as Alert["verdict"],
    explanation: text("explanation"),
  };
}

function toIncident({ opened_at, metric, direction, segments, explanation }: Row, known: readonly string[]): Incident {
  return {
    ...{ opened_at: String(opened_at), metric: String(metric), direction: direction as Incident["direction"] },
    ...{ segments: namesIn(String(segments), known), explanation: String(explanation) },
  };
}

/** The segments of a list of names between commas, where names may hold commas too: the longest that is known counts. */
export function namesIn(text: string, known: readonly string[]): string[] {
  const longest = known.toSorted((a, b) => b.length - a.length);
  const found: string[] = [];
  for (let rest = text; rest !== ""; ) {
    const name = longest.find((one) => rest === one || rest.startsWith(`${one}, `)) ?? rest.split(", ")[0] ?? rest;
    found.push(name);
    rest = rest.slice(name.length + 2);
  }
  return found;
}

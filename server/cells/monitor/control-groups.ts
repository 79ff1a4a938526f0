import { literal, name as quoted } from "../../language/quote.ts";
import { dayWords } from "../../monitor/period.ts";
import type { Fault, KnownEvent, RunContext } from "../kind.ts";
import { parametersOf } from "../sql.ts";
import { loaded } from "./load-rows.ts";
import { recordedSql, type Segmentation } from "./members.ts";
import { type Groups, newcombe, timesUntilKnown } from "./newcombe.ts";
import { wallSql } from "./period.ts";
import { controlColumns } from "./yields.ts";

const DAY = 86_400_000;
/** What would take longer from now on is not told to the day. */
const MOST_DAYS = 365;

/**
 * Writes `<id>_control`: of each segment of which some are held out, how many of them converted since they are, and how
 * many of the others. Everybody counts from when they were first seen in the segment since then, whether they stay or not;
 * whoever was held out and then not, or the other way round, in neither.
 */
export async function writeControl(
  segmentations: readonly Segmentation[],
  event: KnownEvent | null,
  context: RunContext,
): Promise<Fault[]> {
  const rows = event === null ? [] : await rowsOf(segmentations, event, context);
  await context.writeColumns("_control", loaded(controlColumns(), rows));
  if (event === null || rows.length > 0 || !segmentations.some(({ hasHeldOut }) => hasHeldOut)) return [];
  return [
    {
      code: "control-unrecorded",
      severity: "note",
      message:
        "The control groups can't be compared yet: no refresh before this moment has recorded who is held out, and since when.",
      hint: "Record one: `segbook run NOTEBOOK --refresh`, or Refresh in the page.",
    },
  ];
}

async function rowsOf(segmentations: readonly Segmentation[], event: KnownEvent, context: RunContext) {
  const { engine, signal, clock, head } = context;
  const controlled = segmentations.filter(({ hasHeldOut }) => hasHeldOut);
  if (controlled.length === 0) return [];
  const all = segmentations.map(
    (one) => `SELECT ${literal(one.relation)} AS cell, * FROM (${recordedSql(one, head.entity, clock.zone)})`,
  );
  const cells = controlled.map(({ relation }) => literal(relation)).join(", ");
  const found = await engine.rows({
    sql: `
      WITH stays AS (${all.join(" UNION ALL ")}),
      called AS (SELECT segment, count(DISTINCT cell) AS cells FROM stays GROUP BY segment),
      begins AS (SELECT cell, segment, min(since) AS begin FROM stays WHERE held_out GROUP BY cell, segment),
      people AS (
        SELECT cell, segment, entity, min(begin) AS begin, min(greatest(since, begin)) AS since, bool_or(held_out) AS is_held
        FROM stays JOIN begins USING (cell, segment) WHERE until > begin AND since < $as_of AND cell IN (${cells})
        GROUP BY cell, segment, entity
        HAVING bool_or(held_out) = bool_and(held_out)
      ),
      conversions AS (${await conversionsSql(event, context)})
      SELECT CASE WHEN cells > 1 THEN cell || '.' || segment ELSE segment END AS segment, strftime(min(begin), '%Y-%m-%d') AS since,
        epoch_ms(min(begin)) AS begin, epoch_ms($as_of::TIMESTAMP) AS now,
        count(*) FILTER (WHERE NOT is_held) AS mailed, count(*) FILTER (WHERE NOT is_held AND last >= since) AS mailed_conversions,
        count(*) FILTER (WHERE is_held) AS held_out, count(*) FILTER (WHERE is_held AND last >= since) AS held_out_conversions
      FROM people JOIN called USING (segment) LEFT JOIN conversions ON conversions.entity = people.entity::VARCHAR
      GROUP BY cell, segment, cells ORDER BY 1`,
    parameters: parametersOf(context.inputs, ["as_of"]),
    signal,
  });
  return found.map((row) => {
    const count = (name: string) => Number(row[name] ?? 0);
    const groups: Groups = {
      ...{ mailed: count("mailed"), mailedConversions: count("mailed_conversions") },
      ...{ heldOut: count("held_out"), heldOutConversions: count("held_out_conversions") },
    };
    const span = { begin: count("begin"), now: count("now") };
    return {
      ...{ segment: String(row.segment), conversion: event.words, since: String(row.since) },
      ...{ mailed: groups.mailed, mailed_conversions: groups.mailedConversions },
      ...{ held_out: groups.heldOut, held_out_conversions: groups.heldOutConversions },
      ...comparison(groups, { ...span, segment: String(row.segment), converted: event.words }),
    };
  });
}

/** The last time that anybody converted before `$as_of`, by a key as text. */
async function conversionsSql(event: KnownEvent, { relation, clock }: RunContext): Promise<string> {
  const type = (await relation(event.relation)).find(({ name }) => name === event.at)?.type ?? "";
  const at = wallSql(quoted(event.at), type, clock.zone) ?? "NULL::TIMESTAMP";
  const { where } = event;
  const own = where === null ? "" : ` AND ${quoted(where.column)}::VARCHAR = ${literal(where.value)}`;
  return `SELECT ${quoted(event.entity)}::VARCHAR AS entity, max(${at}) AS last FROM ${quoted(event.relation)} WHERE ${at} < $as_of${own} GROUP BY 1`;
}

/** The difference with its interval, and when it will be known, as columns of the relation. */
function comparison(groups: Groups, { segment, converted, begin, now }: Compared) {
  const found = newcombe(groups);
  if (found === null) {
    const told = `${segment}: there is nobody yet to compare with.`;
    return { difference: null, low: null, high: null, known_by: null, told };
  }
  const { mailed, mailedConversions, heldOut, heldOutConversions } = groups;
  const shares = `${percent(mailedConversions / mailed)} of those mailed and ${percent(heldOutConversions / heldOut)} of those held out had “${converted}”`;
  const say = (when: string) =>
    `${segment}: ${shares}, a difference of ${points(found.difference)} points (${points(found.low)} to ${points(found.high)}); ${when}.`;
  const elapsed = Math.max(1, now - begin);
  const times = timesUntilKnown(groups, (elapsed + MOST_DAYS * DAY) / elapsed);
  if (times === null)
    return { ...found, known_by: null, told: say("it will not be known within a year at this difference") };
  const isoDay = (moment: number) => new Date(moment).toISOString().slice(0, 10);
  const day = isoDay(times === 1 ? now : begin + times * elapsed);
  const when =
    times === 1 ? "that is known by now" : `it will be known about ${dayWords(day, isoDay(now))}, at this difference`;
  return { ...found, known_by: day, told: say(when) };
}

interface Compared {
  readonly segment: string;
  /** What a conversion is, in words. */
  readonly converted: string;
  readonly begin: number;
  readonly now: number;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

/** A difference of shares, in points of per cent. */
function points(difference: number): string {
  const size = (100 * Math.abs(difference)).toFixed(1);
  return size === "0.0" ? size : `${difference < 0 ? "−" : "+"}${size}`;
}

import { happenedSql } from "../cells/monitor/happened.ts";
import { maturity, type SendColumn } from "../cells/monitor/schema.ts";
import { wilson } from "../cells/score/wilson.ts";
import type { PlainValue } from "../engine/engine.ts";
import { literal, name as quoted } from "../language/quote.ts";
import type { Problem } from "../notebook/model.ts";
import { flag, flagsSql, KEY } from "../segments/profile/members.ts";
import type { SegmentRef } from "../segments/profile/view.ts";
import type { GroupRates, Rate, RatesView } from "../segments/rates/view.ts";
import type { ResultCache } from "./cache.ts";
import { locate } from "./locate.ts";
import type { Plan } from "./plan.ts";
import { sendColumns, sendsOf } from "./replay/sends.ts";
import { segmentCells } from "./segment-cells.ts";
import { daysBefore, offsetTime, wallTime } from "./wall-time.ts";

/** How far back sends are looked at. */
const DAYS = 28;

/** The relation inside the query. */
const ROWS = "segbook sends";

/** What today's people of segments, and everybody, do with what was sent to them in the last 28 days; or what has no result. */
export async function ratesOf(
  plan: Plan,
  asked: readonly SegmentRef[],
  { cache, signal }: { cache: ResultCache; signal: AbortSignal },
): Promise<RatesView | Problem> {
  const found = await segmentCells(plan, asked, cache);
  if ("code" in found) return found;
  const sends = await sendsOf(plan, asked[0]?.cell ?? "");
  if (sends === null) return { sends: null, everybody: null, segments: [] };
  const located = await locate(plan, sends.relation, cache);
  if ("code" in located) return located;
  const { entity } = plan.notebook.head;
  const { clock } = plan;
  const columns = sendColumns(sends, located.stored.columns);
  if (!columns.has("sent_at") || !located.stored.columns.some(({ name }) => name === entity)) {
    return { sends: null, everybody: null, segments: [] };
  }
  const body = { mature_after: sends.matureAfter };
  const limit = maturity(body);
  const counted = { body, sends: ROWS, entity, columns, zone: clock.zone, weekStarts: clock.weekStarts };
  const { population, cells } = found;
  const sql = `
    WITH ${quoted(ROWS)} AS (SELECT * FROM read_parquet(${literal(located.file)})),
    ${happenedSql(counted, `sent_at${limit === null ? "" : ` + ${limit}`} <= $as_of`)},
    people AS (
      SELECT DISTINCT o.${quoted(entity)}::VARCHAR AS ${KEY}, ${asked.map((_, n) => `coalesce(m.${flag(n)}, false) AS ${flag(n)}`).join(", ")}
      FROM read_parquet(${literal(population.file)}) AS o LEFT JOIN (${flagsSql(asked, cells)}) AS m ON m.${KEY} = o.${quoted(entity)}::VARCHAR
    )
    SELECT ${[null, ...asked.keys()].map(countsSql).join(", ")}
    FROM happened JOIN people ON people.${KEY} = happened.entity::VARCHAR
    WHERE delivered AND sent_at >= $as_of - INTERVAL ${DAYS} DAY`;
  const at = { type: "TIMESTAMP", value: wallTime(clock.asOf, clock.zone).replace("T", " ") } as const;
  const [row = {}] = await located.engine.rows({ sql, parameters: { as_of: at }, signal });
  const until = offsetTime(clock.asOf, clock.zone);
  return {
    sends: {
      ...{ relation: sends.relation, matureAfter: sends.matureAfter, byPeople: columns.has("machine_open") },
      ...{ from: offsetTime(daysBefore(clock.asOf, DAYS, clock.zone), clock.zone), until },
    },
    everybody: ratesIn(row, "a", columns),
    segments: asked.map(({ cell, name }, n) => ({ cell, name, ...ratesIn(row, `s${n}`, columns) })),
  };
}

/** Counts of one asked segment, or of everybody. */
function countsSql(segment: number | null): string {
  const [prefix, those] = segment === null ? ["a", ""] : [`s${segment}`, ` AND people.${flag(segment)}`];
  const count = (name: string, what: string) => `count(*) FILTER (WHERE ${what}${those}) AS ${prefix}_${name}`;
  return [
    count("delivered", "period"),
    count("maturing", "NOT period"),
    count("by_machine", "period AND opened AND machine_open"),
    count("opened", "period AND opened AND NOT machine_open"),
    count("clicked", "period AND clicked AND NOT suspected"),
    count("unsubscribed", "period AND unsubscribed"),
  ].join(", ");
}

function ratesIn(
  row: Readonly<Record<string, PlainValue>>,
  prefix: string,
  columns: ReadonlyMap<SendColumn, unknown>,
): GroupRates {
  const count = (name: string) => Number(row[`${prefix}_${name}`] ?? 0);
  const delivered = count("delivered");
  const rate = (column: SendColumn, name: string, of = delivered) =>
    columns.has(column) ? rateOf(count(name), of) : null;
  return {
    ...{ delivered, maturing: count("maturing") },
    open: rate("opened_at", "opened", delivered - count("by_machine")),
    click: rate("clicked_at", "clicked"),
    unsubscribe: rate("unsubscribed_at", "unsubscribed"),
  };
}

function rateOf(count: number, of: number): Rate {
  const interval = wilson(count, of);
  return { of, count, rate: of === 0 ? null : count / of, low: interval?.low ?? null, high: interval?.high ?? null };
}

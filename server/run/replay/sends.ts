import { happenedSql } from "../../cells/monitor/happened.ts";
import { maturity, SEND_COLUMNS, type SendColumn } from "../../cells/monitor/schema.ts";
import type { Engine } from "../../engine/engine.ts";
import { literal, name as quoted } from "../../language/quote.ts";
import type { Clock, Column } from "../../language/vocabulary.ts";
import type { Plan } from "../plan.ts";
import { columnsOf } from "../studied.ts";
import { wallTime } from "../wall-time.ts";
import type { Masks } from "./masks.ts";
import type { ReplayRates, ReplaySends } from "./view.ts";

/** A relation with one row a send, and how its columns are called. */
export interface Sends {
  readonly relation: string;
  readonly matureAfter: string;
  /** Our name → its own, where it was said. */
  readonly names: Readonly<Partial<Record<SendColumn, string>>>;
}

const MATURE_AFTER = "48 hours";

/** The relation inside the query. */
const ROWS = "segbook sends";

/** The sends of a monitor, one that watches the cell before others; else a source whose columns are those of sends. */
export async function sendsOf(plan: Plan, cell: string): Promise<Sends | null> {
  const monitors = plan.cells.flatMap(({ cell: own, reading }) => {
    const body = own.kind === "monitor" ? (reading?.body as MonitorBody | undefined) : undefined;
    return body?.sends ? [{ body, relation: body.sends }] : [];
  });
  const monitor = monitors.find(({ body }) => body.segments?.includes(cell)) ?? monitors[0];
  if (monitor !== undefined) {
    const { relation, body } = monitor;
    return { relation, matureAfter: body.mature_after, names: body.columns };
  }
  const { entity } = plan.notebook.head;
  for (const studied of plan.cells) {
    const names = studied.cell.kind === "source" ? (columnsOf(studied, "").columns ?? []).map(({ name }) => name) : [];
    const isSends = [entity, "sent_at"].every((name) => names.includes(name));
    if (!isSends || !["opened_at", "clicked_at"].some((name) => names.includes(name))) continue;
    return { relation: studied.cell.id, matureAfter: MATURE_AFTER, names: {} };
  }
  return null;
}

interface MonitorBody {
  readonly sends: string | null;
  readonly segments: readonly string[] | null;
  readonly mature_after: string;
  readonly columns: Readonly<Partial<Record<SendColumn, string>>>;
}

/** The columns of sends by our names, as far as there are such. */
export function sendColumns({ names }: Sends, columns: readonly Column[]): Map<SendColumn, Column> {
  return new Map(
    SEND_COLUMNS.flatMap((own) => {
      const found = columns.find(({ name }) => name === (names[own] ?? own));
      return found === undefined ? [] : [[own, found] as const];
    }),
  );
}

export interface Rating {
  readonly sends: Sends;
  readonly columns: readonly Column[];
  /** The SELECT of the relation's rows. */
  readonly rows: string;
  readonly entity: string;
  readonly clocks: readonly Clock[];
  readonly masks: Masks;
}

/** For each week the sends to those who would have been in at its beginning, by one reading; null where a send has no time. */
export async function ratesOf(
  { sends, columns, rows, entity, clocks, masks }: Rating,
  { engine, signal }: { engine: Engine; signal: AbortSignal },
): Promise<{ about: ReplaySends; weeks: ReplayRates[] } | null> {
  const mapping = sendColumns(sends, columns);
  const last = clocks.at(-1);
  if (last === undefined || !mapping.has("sent_at") || !columns.some(({ name }) => name === entity)) return null;
  const body = { mature_after: sends.matureAfter };
  const walls = clocks.map((clock) => `TIMESTAMP ${literal(wallTime(clock.asOf, clock.zone).replace("T", " "))}`);
  const week = weekSql(walls, 0, walls.length);
  const asked = { body, sends: ROWS, entity, columns: mapping, zone: last.zone, weekStarts: last.weekStarts };
  const limit = maturity(body);
  const ends = `list_value(${walls.join(", ")})[week + 2]${limit === null ? "" : ` + ${limit}`}`;
  const sql = `
    WITH ${quoted(ROWS)} AS NOT MATERIALIZED (${rows}), ${happenedSql(asked, week)}
    SELECT period AS week, count(*) FILTER (WHERE delivered) AS delivered,
      count(*) FILTER (WHERE delivered AND opened AND NOT machine_open) AS opened,
      count(*) FILTER (WHERE delivered AND opened AND machine_open) AS by_machine,
      count(*) FILTER (WHERE delivered AND clicked AND NOT suspected) AS clicked
    FROM happened JOIN ${quoted(masks.table)} AS members ON happened.entity = members.k
    WHERE period >= 0 AND (m >> CAST(period AS BIGINT)) & 1 = 1
    GROUP BY 1`;
  const whole = `SELECT *, ${ends} <= $as_of AS mature FROM (SELECT unnest(range(${walls.length - 1})) AS week) LEFT JOIN (\n${sql}\n) USING (week) ORDER BY week`;
  const at = { type: "TIMESTAMP", value: wallTime(last.asOf, last.zone).replace("T", " ") } as const;
  const found = await engine.rows({ sql: whole, parameters: { as_of: at }, signal });
  const count = (value: unknown) => Number(value ?? 0);
  return {
    about: { relation: sends.relation, matureAfter: sends.matureAfter, byPeople: mapping.has("machine_open") },
    weeks: found.map((row) => ({
      delivered: count(row.delivered),
      opened: mapping.has("opened_at") ? count(row.opened) : null,
      openable: count(row.delivered) - count(row.by_machine),
      clicked: mapping.has("clicked_at") ? count(row.clicked) : null,
      mature: row.mature === true,
    })),
  };
}

/** The number of the week that a send is in: of the last moment that is not after it; −1 before the first. */
function weekSql(walls: readonly string[], low: number, high: number): string {
  if (low === high) return `CAST(${low - 1} AS BIGINT)`;
  const middle = (low + high + 1) >> 1;
  return `CASE WHEN sent_at >= ${walls[middle - 1]} THEN ${weekSql(walls, middle, high)} ELSE ${weekSql(walls, low, middle - 1)} END`;
}

import type { Part } from "../../monitor/explain/decompose.ts";
import type { RunContext } from "../kind.ts";
import { parametersOf } from "../sql.ts";
import type { Counting } from "./metrics.ts";
import type { PartColumn } from "./part-columns.ts";
import type { PartRows } from "./part-rows.ts";
import { spannedSql } from "./spans.ts";

export interface CountedParts {
  readonly column: string;
  readonly parts: readonly Part[];
}

/** What comes of a send: a column that tells one of these is its consequence, and explains nothing. */
const OUTCOMES = ["opened", "clicked", "bounced", "unsubscribed", "complained"];
/** As much of an outcome's variance does no cause of it explain. */
const CONSEQUENCE = 0.5;

export interface PartsGiven {
  readonly rows: PartRows;
  readonly spans: string;
  readonly countings: readonly Counting[];
}

/** Events and chances of each part before and after each alert's change, an alert by its index; in one pass over the rows. */
export async function countParts(
  { rows, spans, countings }: PartsGiven,
  columns: readonly PartColumn[],
  context: RunContext,
): Promise<Map<number, CountedParts[]>> {
  const { parts } = rows;
  const outcomes = OUTCOMES.filter((name) => rows.counted.includes(name));
  const chances = ["sent", "delivered"].find((name) => rows.counted.includes(name)) ?? "n";
  const found = await context.engine.rows({
    sql: `
      WITH ${rows.tables}
      SELECT alert, later, GROUPING(${parts.join(", ")}) AS which, coalesce(${parts.join(", ")}) AS part,
        coalesce(sum(n), 0)::DOUBLE AS n, coalesce(sum(x), 0)::DOUBLE AS x, sum(${chances})::DOUBLE AS chances${outcomes.map((name) => `, sum(${name})::DOUBLE AS ${name}`).join("")}
      FROM (${spannedSql(spans, "counted_rows", countings)})
      GROUP BY GROUPING SETS (${parts.map((name) => `(alert, later, ${name})`).join(", ")})
      ORDER BY alert, which, part, later`,
    parameters: parametersOf(context.inputs, rows.inputs),
    signal: context.signal,
  });
  const told = new Map<number, CountedParts[]>();
  columns.forEach(({ name, origin }, i) => {
    const which = 2 ** parts.length - 1 - 2 ** (parts.length - 1 - i);
    const byAlert = grouped(
      found.filter((row) => Number(row.which) === which),
      (row) => Number(row.alert),
    );
    for (const [alert, own] of byAlert) {
      const tells = (outcome: string) => explained(own.map((row) => [Number(row.chances), Number(row[outcome] ?? 0)]));
      if (origin === "found" && outcomes.some((outcome) => tells(outcome) >= CONSEQUENCE)) continue;
      const counted = { column: name, parts: partsOf(own) };
      told.set(alert, [...(told.get(alert) ?? []), counted]);
    }
  });
  return told;
}

type Row = Readonly<Record<string, unknown>>;

function partsOf(rows: readonly Row[]): Part[] {
  const parts = [...grouped(rows, (row) => String(row.part))].map(([name, own]) => {
    const side = (later: boolean) => {
      const row = own.find((one) => one.later === later);
      return { n: Number(row?.n ?? 0), x: Number(row?.x ?? 0) };
    };
    return { name, before: side(false), after: side(true) };
  });
  return parts.filter(({ before, after }) => before.n + after.n > 0);
}

function grouped<K>(rows: readonly Row[], keyOf: (row: Row) => K): Map<K, Row[]> {
  const groups = new Map<K, Row[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const own = groups.get(key);
    if (own === undefined) groups.set(key, [row]);
    else own.push(row);
  }
  return groups;
}

/** The share of the variance of a yes or no that lies between groups of [n, x]. */
function explained(groups: readonly (readonly [number, number])[]): number {
  const n = groups.reduce((sum, [of]) => sum + of, 0);
  const x = groups.reduce((sum, [, events]) => sum + events, 0);
  const whole = n === 0 ? 0 : (x * (n - x)) / n;
  const within = groups.reduce((sum, [of, events]) => sum + (of === 0 ? 0 : (events * (of - events)) / of), 0);
  return whole === 0 ? 0 : 1 - within / whole;
}

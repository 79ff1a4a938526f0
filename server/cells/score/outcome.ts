import { name as quoted } from "../../language/quote.ts";
import { kindOf } from "../../language/types.ts";
import type { Problem } from "../../notebook/model.ts";
import type { Read, RunContext } from "../kind.ts";
import { compileWritten, EXCLUDED, withExclude } from "../rules.ts";
import { gainsTable, type Measured, type Performance } from "./gains.ts";
import { compileOutcome, OUTCOME, type Reach, reachOf } from "./outcome-rule.ts";
import { bandsOf, type Outcome, type ScoreBody } from "./schema.ts";

/** Writes how each band performs on the chosen outcome, by the cell's own scores. */
export async function writeOutcome(reading: Read<ScoreBody>, context: RunContext): Promise<Problem[]> {
  const { outcome, of } = reading.body;
  if (outcome === null) throw new Error(`${context.cell.id} has no outcome`);
  const asked =
    "event" in outcome ? await eventOf(outcome, context, reading) : await columnOf(outcome, context, reading);
  if (Array.isArray(asked)) return asked;
  const kept = await keptSql(reading, context);
  if (Array.isArray(kept)) return kept;
  const key = quoted(context.head.entity);
  // Doubles are added in the order of their size, so that threads don't matter.
  const values = `list_sort(list(CAST(o.${quoted(OUTCOME)} AS DOUBLE)) FILTER (WHERE o.${quoted(OUTCOME)} IS NOT NULL))`;
  const numbers =
    asked.kind === "share"
      ? `count_if(o.${quoted(OUTCOME)})::DOUBLE AS total, NULL AS deviation`
      : `coalesce(list_aggregate(${values}, 'sum'), 0) AS total, list_aggregate(${values}, 'stddev_samp') AS deviation`;
  const found = await context.engine.rows({
    sql: `
      SELECT s.band, count(*) AS people, count(o.${quoted(OUTCOME)}) AS known, ${numbers}
      FROM ${quoted(context.cell.id)} AS s JOIN (\n${asked.sql}\n) AS o ON o.${key} = s.${key}
      WHERE ${kept} GROUP BY 1`,
    signal: context.signal,
  });
  const rows = [...bandsOf(reading.body).map(({ name }) => name), null].flatMap((band): Performance[] => {
    const row = found.find((one) => one.band === band);
    if (row === undefined && band === null) return [];
    const { people = 0, known = 0, total = 0, deviation = null } = row ?? {};
    return [
      {
        ...{ band, people: Number(people), known: Number(known), total: Number(total) },
        deviation: deviation === null ? null : Number(deviation),
      },
    ];
  });
  await context.writeColumns("_outcome", gainsTable(rows, asked));
  const place = reading.at(["outcome"]);
  if (asked.reach === null) {
    const message = `The outcome is a column of \`${of}\`, which may be no later than the score itself.`;
    const hint = "It describes the bands and foretells nothing; an event with `within` counts what came after.";
    return [context.problem({ code: "outcome-not-later", severity: "note", message, hint, place })];
  }
  return asked.covered === 1 ? [] : [uncovered(asked.reach, context, place)];
}

interface Asked extends Measured {
  /** The key, and the outcome as `OUTCOME`. */
  readonly sql: string;
  /** Null for a column. */
  readonly reach: Reach | null;
}

async function eventOf(
  outcome: Extract<Outcome, { event: string }>,
  context: RunContext,
  reading: Read<ScoreBody>,
): Promise<Asked | Problem[]> {
  const compiled = await compileOutcome(outcome, context, reading);
  if (!compiled.ok) return [...compiled.problems];
  const reach = await reachOf(outcome, context, reading);
  return { kind: "share", covered: reach.covered, sql: compiled.sql, reach };
}

async function columnOf(
  { column }: Extract<Outcome, { column: string }>,
  context: RunContext,
  reading: Read<ScoreBody>,
): Promise<Asked> {
  const { of } = reading.body;
  const columns = await context.relation(of);
  const type = columns.find(({ name }) => name === column)?.type ?? "";
  const sql = `SELECT ${quoted(context.head.entity)}, ${quoted(column)} AS ${quoted(OUTCOME)} FROM ${quoted(of)}`;
  return { kind: kindOf(type) === "boolean" ? "share" : "number", covered: null, sql, reach: null };
}

/** A condition that leaves out whom the head excludes. */
async function keptSql(reading: Read<ScoreBody>, context: RunContext): Promise<string | Problem[]> {
  if (context.head.exclude === null) return "TRUE";
  const subject = { of: reading.body.of, written: withExclude([], context.head.exclude) };
  const compiled = await compileWritten(subject, context, reading);
  if (!compiled.ok) return [...compiled.problems];
  const key = quoted(context.head.entity);
  return `s.${key} NOT IN (SELECT ${key} FROM (\n${compiled.sql}\n) WHERE ${quoted(EXCLUDED)} AND ${key} IS NOT NULL)`;
}

function uncovered(
  { covered, lastDay, neededDay }: Reach,
  context: RunContext,
  place: { line: number; column: number },
) {
  const ends = lastDay === null ? "There is no data of it" : `Its data ends with ${lastDay.toString()}`;
  const message = `${ends}, and the outcome may happen until ${neededDay.toString()}: ${(100 * covered).toFixed(0)} % of its time is covered, and no band is judged.`;
  const days = lastDay === null ? 0 : lastDay.until(neededDay).days;
  const hint =
    days > 0
      ? `Set \`as_of\` in the head ${days} ${days === 1 ? "day" : "days"} earlier, or take a shorter \`within\`.`
      : "Choose an event that there is data of.";
  return context.problem({ code: "outcome-not-covered", severity: "warning", message, hint, place });
}

import { literal, name as quoted } from "../../language/quote.ts";
import type { RunContext } from "../kind.ts";
import { parametersOf } from "../sql.ts";
import { type CohortPeriods, type CohortTable, isAsked } from "./cohort-sends.ts";
import { COUNTED } from "./count-counts.ts";
import { partColumns } from "./part-columns.ts";
import { firstDaySql, wallSql } from "./period.ts";
import type { MonitorBody } from "./schema.ts";

/** Makes a table of the rows of a relation that is counted already that are added up in some periods of a segment. */
export async function cohortCounts(asked: CohortPeriods, body: MonitorBody, context: RunContext): Promise<CohortTable> {
  const { engine, signal, clock } = context;
  const relation = body.counts ?? "";
  const columns = await context.relation(relation);
  const type = columns.find(({ name }) => name === "period")?.type ?? "VARCHAR";
  const wall = wallSql("period", type, clock.zone) ?? "NULL::TIMESTAMP";
  const period = body.period === "send" ? "period" : firstDaySql(wall, body.period, clock.weekStarts);
  const taken = ["segment", "period", ...COUNTED];
  const by = await partColumns({ relation, columns, taken, at: null, zone: clock.zone, by: body.by }, context);
  const shown = columns.filter(({ name }) => name !== "segment");
  const counted = COUNTED.filter((name) => columns.some((column) => column.name === name));
  const selected = [
    ...shown.map(({ name }, i) => `${quoted(name)} AS s${i}`),
    ...by.map(({ sql }, i) => `${sql} AS p${i}`),
    ...counted.map((name) => `${quoted(name)}::DOUBLE AS ${quoted(name)}`),
  ];
  const table = context.scratch("cohort");
  const select = `SELECT ${selected.join(", ")} FROM ${quoted(relation)}
    WHERE segment::VARCHAR = ${literal(asked.segment)} AND ${isAsked(period, asked)} AND coalesce(${wall} < $as_of, true)`;
  const parameters = parametersOf(context.inputs, ["as_of"]);
  await engine.execute({ sql: `CREATE TABLE ${quoted(table)} AS ${select}`, parameters, signal });
  const named = (names: readonly { name: string }[], prefix: string) =>
    names.map(({ name }, i) => ({ name, column: `${prefix}${i}` }));
  const order = shown.map((_, i) => `s${i}`).join(", ");
  return { table, shown: named(shown, "s"), parts: named(by, "p"), order, membersBy: null };
}

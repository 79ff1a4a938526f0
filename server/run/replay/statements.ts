import type { CellStatement, LookContext } from "../../cells/kind.ts";
import type { Parameters } from "../../engine/engine.ts";
import { literal, name as quoted } from "../../language/quote.ts";
import type { Kept, Pass } from "../../language/sql-pass.ts";
import type { Clock } from "../../language/vocabulary.ts";
import type { Problem } from "../../notebook/model.ts";
import { wallTime } from "../wall-time.ts";
import type { Link } from "./chain.ts";

/** The cells of a chain as of one moment. */
export interface AtMoment {
  readonly clock: Clock;
  readonly passes: readonly Pass[];
  readonly parameters: Parameters;
  /** Each cell's relation, as a table of its name. */
  readonly tables: (kept: Kept) => readonly { readonly name: string; readonly sql: string }[];
}

/** What the cells come to as of a moment, or the first that is wrong with one of them. */
export async function statementsAt(
  clock: Clock,
  links: readonly Link[],
  contextOf: (link: Link) => LookContext,
): Promise<AtMoment | Problem> {
  const statements: { name: string; statement: CellStatement & { ok: true } }[] = [];
  for (const link of links) {
    const statement = await link.kind.statement(link.reading, asOf(contextOf(link), clock), link.wanted);
    if (!statement.ok) {
      const [problem] = statement.problems;
      if (problem === undefined) throw new Error(`${link.studied.cell.id} says nothing of what is wrong`);
      return problem;
    }
    statements.push({ name: link.studied.cell.id, statement });
  }
  return {
    clock,
    passes: statements.flatMap(({ statement }) => statement.passes),
    parameters: Object.assign({}, ...statements.map(({ statement }) => statement.parameters ?? {})),
    tables: (kept) => statements.map(({ name, statement }) => ({ name, sql: statement.over(kept) })),
  };
}

/** The keys of those who are in a segment, and the moment's number, over the cells' relations as of then. */
export function memberSql({
  goal,
  column,
  segment,
  entity,
  index,
}: {
  goal: string;
  column: string;
  segment: string;
  entity: string;
  index: number;
}): string {
  const key = quoted(entity);
  return `SELECT DISTINCT ${key} AS k, CAST(${index} AS UTINYINT) AS i FROM ${quoted(goal)} WHERE ${quoted(column)} = ${literal(segment)} AND ${key} IS NOT NULL`;
}

/** The WITH before a query over the cells' relations. */
export function tablesSql(tables: readonly { readonly name: string; readonly sql: string }[]): string {
  return `WITH ${tables.map(({ name, sql }) => `${quoted(name)} AS (\n${sql}\n)`).join(",\n")}`;
}

/** The same surroundings at another moment: `$as_of` goes along. */
function asOf(context: LookContext, clock: Clock): LookContext {
  const inputs = context.inputs.map((input) =>
    input.name === "as_of" ? { ...input, value: wallTime(clock.asOf, clock.zone) } : input,
  );
  return { ...context, clock, inputs };
}

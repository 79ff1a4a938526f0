import { compileExpressions } from "../../language/compile-expressions.ts";
import { name as quoted } from "../../language/quote.ts";
import type { Statement } from "../../language/sql-pass.ts";
import type { Column, Vocabulary } from "../../language/vocabulary.ts";
import type { Problem } from "../../notebook/model.ts";
import type { FeaturesBody } from "../features.ts";
import type { LookContext, Read, StudyContext } from "../kind.ts";
import { ruleProblem } from "../rules.ts";
import { expressionSql, orderDerived } from "./derived.ts";
import { mentions } from "./mentions.ts";
import type { NamedExpression } from "./read-columns.ts";
import { rfmColumns, rfmSql } from "./rfm.ts";

export interface Compiling {
  readonly reading: Read<FeaturesBody>;
  readonly expressions: readonly NamedExpression[];
  readonly vocabulary: Vocabulary;
  /** Columns of `from`; null where there is none. */
  readonly from: readonly Column[] | null;
}

export type Compiled = (Statement & { readonly ok: true }) | { readonly ok: false; readonly problems: Problem[] };

/** The cell as one SELECT, ordered by the entity: the measures, then the template's groups, then what is SQL over them. */
export function featuresSql(compiling: Compiling, context: StudyContext | LookContext): Compiled {
  const compiled = measuresSql(compiling, context);
  if (!compiled.ok) return compiled;
  const around = (sql: string) => columnsSql(compiling, sql, context.head.entity);
  return { ...compiled, sql: around(compiled.sql), over: (kept) => around(compiled.over(kept)) };
}

/** The expressions of the language alone. */
export function measuresSql(compiling: Compiling, context: StudyContext | LookContext): Compiled {
  const { reading, expressions, vocabulary, from } = compiling;
  const { body } = reading;
  const { entity } = context.head;
  const compiled = compileExpressions({
    ...{ from: body.from, entity, columns: expressions, vocabulary, clock: context.clock, fill: body.fill },
    fromColumns: from ?? [],
  });
  if (!compiled.ok) {
    const problems = compiled.problems.map((slip) => {
      const isWritten = typeof body.columns[slip.column] === "string";
      const { code, message, hint } = slip;
      if (isWritten) return ruleProblem(slip, ["columns", slip.column], context, reading);
      return context.problem({ code, message, hint, place: reading.at([]) });
    });
    return { ok: false, problems };
  }
  return compiled;
}

/** The columns in their order, over a SELECT that gives the expressions. */
function columnsSql({ reading, expressions, from }: Compiling, compiled: string, entity: string): string {
  const { body } = reading;
  const measures = body.template === null ? compiled : rfmSql(compiled, entity);
  const own = [entity, ...(body.template === null ? [] : rfmColumns), ...expressions.map((one) => one.name)];
  const beside = besides(body, own, from ?? []);
  let sql = beside.length === 0 ? measures : withFrom(measures, body.from ?? "", beside, entity);
  const known = new Set([...own, ...beside].map((name) => name.toLowerCase()));
  for (const derived of orderDerived(body)) {
    const { name } = derived;
    // A feature may carry on a column of `from` under the same name.
    const kept = known.has(name.toLowerCase()) ? `* EXCLUDE (${quoted(name)})` : "*";
    sql = `SELECT ${kept}, ${expressionSql(derived)} FROM (\n${sql}\n)`;
    known.add(name.toLowerCase());
  }
  const names = [...new Set([entity, ...(body.template === null ? [] : rfmColumns), ...Object.keys(body.columns)])];
  return `SELECT ${names.map(quoted).join(", ")} FROM (\n${sql}\n) ORDER BY ${quoted(entity)}`;
}

/** The columns of `from` that `{sql: …}` speaks of; a feature of the same name goes first. */
function besides(body: FeaturesBody, own: readonly string[], from: readonly Column[]): string[] {
  const taken = new Set(own.map((name) => name.toLowerCase()));
  const derived = orderDerived(body);
  return from
    .map(({ name }) => name)
    .filter((name) => !taken.has(name.toLowerCase()) && derived.some(({ sql }) => mentions(sql, name)));
}

function withFrom(sql: string, from: string, columns: readonly string[], entity: string): string {
  return `SELECT features.*, ${columns.map((name) => `source.${quoted(name)}`).join(", ")}
    FROM (\n${sql}\n) AS features JOIN ${quoted(from)} AS source USING (${quoted(entity)})`;
}

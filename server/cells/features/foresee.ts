import { EngineFailure } from "../../engine/engine.ts";
import { name as quoted } from "../../language/quote.ts";
import type { Column } from "../../language/vocabulary.ts";
import type { Problem } from "../../notebook/model.ts";
import type { StudyContext } from "../kind.ts";
import { emptyRelation, parametersOf } from "../sql.ts";
import { compiledProblem, studyDerived } from "./derived.ts";
import { type Compiling, featuresSql } from "./select.ts";

type Foreseen =
  | { readonly ok: true; readonly columns: readonly Column[] | null }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Columns that the cell will yield, asked of relations without rows; null where those can't be known yet. */
export async function foresee(
  compiling: Compiling,
  events: ReadonlySet<string>,
  context: StudyContext,
): Promise<Foreseen> {
  const { reading, vocabulary, from } = compiling;
  const known = new Map(vocabulary.events.map((event) => [event.relation, event.columns]));
  const relations = new Map([...events].map((relation) => [relation, known.get(relation) ?? []]));
  if (reading.body.from !== null) relations.set(reading.body.from, from ?? []);
  if ([...relations.values()].some((columns) => columns.length === 0)) return { ok: true, columns: null };
  const compiled = featuresSql(compiling, context);
  // What a sample shows may be of another type once all of it has been read.
  if (!compiled.ok) return vocabulary.provisional ? { ok: true, columns: null } : compiled;
  const empty = [...relations].map(([name, columns]) => `${quoted(name)} AS (${emptyRelation(columns)})`);
  const { inputs } = await studyDerived(reading, context);
  const statement = `WITH ${empty.join(",\n")}\nSELECT * FROM (\n${compiled.sql}\n) LIMIT 0`;
  try {
    const { columns } = await context.engine.table({
      sql: statement,
      parameters: parametersOf(context.inputs, inputs),
      signal: context.signal,
    });
    return { ok: true, columns };
  } catch (error) {
    if (!(error instanceof EngineFailure)) throw error;
    if (vocabulary.provisional && error.kind !== "syntax" && !/not found|does not exist/i.test(error.message))
      return { ok: true, columns: null };
    return { ok: false, problems: [compiledProblem(error, statement, reading, context)] };
  }
}

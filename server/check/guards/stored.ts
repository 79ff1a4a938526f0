import { literal } from "../../language/quote.ts";
import type { Column } from "../../language/vocabulary.ts";
import type { Plan } from "../../run/plan.ts";

/** A relation of which today's result is there. */
export interface StoredResult {
  /** What stands behind FROM. */
  readonly from: string;
  readonly rows: number;
  readonly columns: readonly Column[];
}

/** Today's result of a relation; null where there is none, for check runs nothing. */
export async function storedResult(plan: Plan, name: string): Promise<StoredResult | null> {
  const holder = await plan.studies.holder(name);
  const stored = holder?.part?.stored ?? null;
  const relation = stored?.relations.find(({ suffix }) => suffix === holder?.suffix);
  if (stored === null || relation === undefined) return null;
  const path = plan.studies.request.cache.path(stored, relation);
  return { from: `read_parquet(${literal(path)})`, rows: relation.rows, columns: relation.columns };
}

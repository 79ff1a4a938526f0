import type { Engine } from "../engine/engine.ts";
import type { Problem } from "../notebook/model.ts";
import type { ResultCache, StoredRelation } from "./cache.ts";
import { keptHistory } from "./membership/kept.ts";
import { HISTORY } from "./membership/known.ts";
import type { Plan } from "./plan.ts";

export interface Located {
  readonly engine: Engine;
  readonly key: string;
  /** Absolute path of the relation's file. */
  readonly file: string;
  readonly stored: StoredRelation;
}

/** The result that holds a relation of the notebook as it stands, or why there is none. */
export async function locate(plan: Plan, relation: string, cache: ResultCache): Promise<Located | Problem> {
  const { studies } = plan;
  if (relation.toLowerCase() === HISTORY) return locateHistory(plan, cache);
  const holder = await studies.holder(relation);
  if (holder === null) {
    const message = `No cell of this notebook yields \`${relation}\`.`;
    return problem(null, { code: "unknown-relation", message, hint: studies.names.hint(relation) });
  }
  const { cell } = holder.studied;
  const stored = holder.part?.stored ? await cache.intactly(holder.part.stored) : null;
  const found = stored?.relations.find((one) => one.suffix === holder.suffix);
  if (stored !== null && found !== undefined) {
    return { engine: studies.request.engine, key: stored.key, file: cache.path(stored, found), stored: found };
  }
  const message = `\`${relation}\` has no result for the notebook as it stands.`;
  return problem(cell.id, { code: "not-computed", message, hint: `Run the cell \`${cell.id}\`.` });
}

async function locateHistory(plan: Plan, cache: ResultCache): Promise<Located | Problem> {
  const known = await plan.studies.history();
  if ("code" in known) return known;
  const kept = await keptHistory(known, plan, cache);
  const [stored] = kept.relations;
  if (stored === undefined) throw new Error("the history was kept without its relation");
  return { engine: plan.studies.request.engine, key: kept.key, file: cache.path(kept, stored), stored };
}

function problem(cell: string | null, fault: Pick<Problem, "code" | "message" | "hint">): Problem {
  return { ...fault, severity: "error", cell, line: null, column: null };
}

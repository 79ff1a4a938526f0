import type { Engine } from "../../engine/engine.ts";
import type { Problem } from "../../notebook/model.ts";
import type { ResultCache } from "../cache.ts";
import { outcomeView } from "../cell-view.ts";
import type { CellOutcome } from "../execute.ts";
import { mainPart } from "../studied.ts";
import { comparedRows } from "./rows.ts";
import { comparedSegments } from "./segments.ts";
import { type Both, comparedColumns, type StoredSide } from "./sides.ts";
import type { CellComparison, RelationComparison } from "./view.ts";

export interface CellOptions {
  readonly cache: ResultCache;
  /** Where the results are compared. */
  readonly engine: Engine;
  /** Name of the key column. */
  readonly entity: string;
  readonly signal: AbortSignal;
}

/** What a cell came to in each version; one of them may be missing. */
export interface OutcomePair {
  readonly before: CellOutcome | null;
  readonly after: CellOutcome | null;
}

/** How the results of one cell differ; null for cells that yield nothing, such as inputs and charts. */
export async function comparedCell(pair: OutcomePair, options: CellOptions): Promise<CellComparison | null> {
  const { before, after } = pair;
  const shown = after ?? before;
  if (shown === null || !yieldsRows(shown)) return null;
  const head = {
    kind: shown.studied.cell.kind,
    before: before?.studied.cell.id ?? null,
    after: after?.studied.cell.id ?? null,
  };
  const fault = faultOf(pair);
  if (fault !== null) return { ...head, state: "unknown", ...fault, relations: [] };
  const none = { why: null, problems: [] };
  if (before !== null && after !== null && isSameKey(before, after)) {
    return { ...head, state: "same", ...none, relations: [] };
  }
  const relations: RelationComparison[] = [];
  for (const both of relationPairs(pair, options.cache)) {
    if (both.before !== null && both.before.stored.sha256 === both.after?.stored.sha256) continue;
    const compared = await comparedRelation({ ...both, entity: options.entity, kind: head.kind }, options);
    if (isDifferent(compared)) relations.push(compared);
  }
  const state = before === null ? "added" : after === null ? "removed" : relations.length > 0 ? "differs" : "same";
  return { ...head, state, ...none, relations };
}

async function comparedRelation(
  both: Both & { readonly entity: string; readonly kind: string },
  { engine, signal }: CellOptions,
): Promise<RelationComparison> {
  const side = (one: StoredSide | null) => (one === null ? null : { name: one.name, rows: one.stored.rows });
  const isMain = (both.after ?? both.before)?.stored.suffix === "";
  return {
    before: side(both.before),
    after: side(both.after),
    columns: both.before && both.after ? comparedColumns(both) : { added: [], removed: [], retyped: [] },
    rows: await comparedRows(engine, both, signal),
    segments: isMain ? await comparedSegments(engine, both, signal) : null,
  };
}

/** Rows in another order are the same rows. */
function isDifferent({ before, after, columns, rows }: RelationComparison): boolean {
  if (before === null || after === null || before.rows !== after.rows) return true;
  if (columns.added.length + columns.removed.length + columns.retyped.length > 0) return true;
  if (rows === null) return true;
  return rows.gone + rows.come > 0 || (rows.by !== null && rows.changed > 0);
}

function yieldsRows({ studied }: CellOutcome): boolean {
  return studied.kind === null || studied.study === null || studied.study.yields.length > 0;
}

function isSameKey(before: CellOutcome, after: CellOutcome): boolean {
  const key = mainPart(before.studied)?.key;
  return key !== undefined && key === mainPart(after.studied)?.key;
}

/** Each relation that either side's main part has, by its suffix. */
function relationPairs({ before, after }: OutcomePair, cache: ResultCache): Both[] {
  const [was, is] = [storedSides(before, cache), storedSides(after, cache)];
  const suffixes = new Set([...is.keys(), ...was.keys()]);
  return [...suffixes].map((suffix) => ({ before: was.get(suffix) ?? null, after: is.get(suffix) ?? null }));
}

function storedSides(outcome: CellOutcome | null, cache: ResultCache): Map<string, StoredSide> {
  const stored = outcome === null ? null : (mainPart(outcome.studied)?.stored ?? null);
  if (outcome === null || stored === null) return new Map();
  const { id } = outcome.studied.cell;
  return new Map(
    stored.relations.map((relation) => [
      relation.suffix,
      { name: `${id}${relation.suffix}`, file: cache.path(stored, relation), stored: relation },
    ]),
  );
}

/** Why there is nothing to compare: a side that failed, or that waits for one that did. */
function faultOf({ before, after }: OutcomePair): { why: string; problems: Problem[] } | null {
  for (const [side, outcome] of [
    ["before", before],
    ["after", after],
  ] as const) {
    if (outcome === null || outcome.state === "computed" || outcome.state === "found") continue;
    const { problems, reason, state } = outcomeView(outcome, []);
    const why = state === "unknown" ? "its kind is unknown." : (reason ?? "it failed.");
    return { why: `In the version ${side}, ${why}`, problems: problems.filter((one) => one.severity === "error") };
  }
  return null;
}

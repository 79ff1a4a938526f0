import { asOfKind } from "../../cells/as-of/kinds.ts";
import type { PastMembers } from "../../cells/kind.ts";
import type { PastFeaturesAsk } from "../../cells/recorded.ts";
import { name as quoted } from "../../language/quote.ts";
import { throughMoments } from "./through-moments.ts";
import type { Around } from "./walk.ts";

/** Shows, moment after moment, what a segments, score or cluster cell is made of, its `of`, as of then. */
export async function pastFeatures(around: Around, { cell, moments, look }: PastFeaturesAsk): Promise<PastMembers> {
  const { plan, signal } = around;
  const own = plan.cells.find((one) => one.cell.id === cell);
  const of = (own?.reading?.body as { readonly of?: string } | undefined)?.of;
  const studied = plan.cells.find((one) => one.cell.id === of);
  if (of === undefined || studied === undefined) return { why: `nothing is known of what \`${cell}\` is made of` };
  if (asOfKind(studied.cell.kind) === null) {
    return { why: `\`${of}\` is a ${studied.cell.kind} cell, which can't be told as of another day` };
  }
  const { engine } = plan.studies.request;
  return throughMoments(around, { studied, moments }, async ({ index, make }, scratch) => {
    const table = scratch.name("features");
    await make(table, `SELECT * FROM ${quoted(of)}`);
    await look(index, table, await engine.describe({ sql: `SELECT * FROM ${quoted(table)}`, signal }));
    await scratch.remove(table);
  });
}

import type { LookContext } from "../../cells/kind.ts";
import type { Parameters } from "../../engine/engine.ts";
import { name as quoted } from "../../language/quote.ts";
import { planReplay } from "../../language/replay/replay.ts";
import type { Clock } from "../../language/vocabulary.ts";
import { isProblem } from "../../notebook/is-problem.ts";
import type { Problem } from "../../notebook/model.ts";
import type { ResultCache } from "../cache.ts";
import type { Plan } from "../plan.ts";
import { lookContext } from "../scans/look.ts";
import type { StudiedCell } from "../studied.ts";
import { chainOf, type Goal } from "./chain.ts";
import { notesOf } from "./notes.ts";
import { relationsOf } from "./relations.ts";
import type { Scratch } from "./scratch.ts";
import { type AtMoment, statementsAt, tablesSql } from "./statements.ts";

export interface Around {
  readonly plan: Plan;
  readonly cache: ResultCache;
  readonly signal: AbortSignal;
}

/** The cells' relations as of one moment. */
export interface Then {
  readonly index: number;
  /** Makes a table of a SELECT over them. */
  make(table: string, select: string): Promise<void>;
  /** Adds its rows to a table. */
  add(table: string, select: string): Promise<void>;
}

export interface Walked {
  /** What is taken as it is today, in sentences. */
  readonly notes: readonly string[];
  /** The relations of events that were read. */
  readonly read: readonly string[];
}

/**
 * Shows the cells that a goal is made of as of moment after moment, the earliest first: each relation of events is read once.
 * They must be of kinds that can be told as of a moment, and all that they are made of must have been computed.
 */
export async function walk(
  { plan, cache, signal }: Around,
  { goal, clocks, scratch }: { readonly goal: Goal; readonly clocks: readonly Clock[]; readonly scratch: Scratch },
  look: (then: Then) => Promise<void>,
): Promise<Walked | Problem> {
  const { studies, notebook } = plan;
  const { engine } = studies.request;
  const contextOf = (one: StudiedCell): LookContext => lookContext(one, { studies, cache, signal });
  const chain = await chainOf(goal, { studies, contextOf });
  const moments: AtMoment[] = [];
  for (const clock of clocks) {
    signal.throwIfAborted();
    const at = await statementsAt(clock, chain.links, ({ studied }) => contextOf(studied));
    if (isProblem(at)) return at;
    moments.push(at);
  }
  const texts = [...chain.links.map(({ studied }) => studied.cell.body), notebook.head.exclude ?? ""];
  const events = await Promise.all(chain.links.map(({ studied }) => contextOf(studied).events(texts)));
  const replay = planReplay({ moments, events: events.flat(), table: (hint) => scratch.name(hint) });
  const over = await relationsOf(chain, plan);
  for (const step of replay.once) await scratch.make({ ...step, sql: over(step.sql) });
  for (const [index, { steps, kept }] of replay.moments.entries()) {
    const at = moments[index];
    if (at === undefined) throw new Error("a moment is missing");
    for (const step of steps) await scratch.make(step);
    const parameters: Parameters = at.parameters;
    const asOf = (select: string) => over(`${tablesSql(at.tables(kept))}\n${select}`);
    await look({
      index,
      make: (table, select) => scratch.make({ table, sql: asOf(select), drop: null }, parameters),
      add: (table, select) =>
        engine.execute({ sql: `INSERT INTO ${quoted(table)}\n${asOf(select)}`, parameters, signal }),
    });
  }
  const read = moments.flatMap(({ passes }) => passes.flatMap((pass) => pass.reads));
  return { notes: notesOf(chain), read: [...new Set(read)] };
}

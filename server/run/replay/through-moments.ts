import type { LookContext } from "../../cells/kind.ts";
import type { Parameters } from "../../engine/engine.ts";
import { planReplay } from "../../language/replay/replay.ts";
import type { Clock } from "../../language/vocabulary.ts";
import { isProblem } from "../../notebook/is-problem.ts";
import type { ResultCache } from "../cache.ts";
import type { Plan } from "../plan.ts";
import { lookContext } from "../scans/look.ts";
import type { StudiedCell } from "../studied.ts";
import { chainOf } from "./chain.ts";
import { relationsOf } from "./make.ts";
import { notesOf } from "./notes.ts";
import { Scratch } from "./scratch.ts";
import { type AtMoment, statementsAt, tablesSql } from "./statements.ts";

export interface PastAround {
  readonly plan: Plan;
  readonly cache: ResultCache;
  readonly signal: AbortSignal;
}

/** A cell's relation as of one moment. */
export interface Then {
  readonly index: number;
  readonly scratch: Scratch;
  /** Makes a table of a SELECT over the cell's relation as of the moment. */
  make(table: string, select: string): Promise<void>;
}

/** What is taken as it is today, in sentences; or why it can't be told. */
export type ThroughMoments = { readonly notes: readonly string[] } | { readonly why: string };

/**
 * Shows a cell's relation as of moment after moment, the earliest first: each relation of events is read once. The cell must
 * be of a kind that can be told as of a moment, and all that it is made of must have been computed.
 */
export async function throughMoments(
  { plan, cache, signal }: PastAround,
  { studied, moments }: { readonly studied: StudiedCell; readonly moments: readonly number[] },
  look: (then: Then) => Promise<void>,
): Promise<ThroughMoments> {
  const { studies, notebook } = plan;
  const contextOf = (one: StudiedCell): LookContext => lookContext(one, { studies, cache, signal });
  const chain = await chainOf({ studied, segment: null }, { studies, contextOf });
  const at: AtMoment[] = [];
  for (const moment of moments) {
    signal.throwIfAborted();
    const clock: Clock = { ...plan.clock, asOf: moment };
    const found = await statementsAt(clock, chain.links, (link) => contextOf(link.studied));
    if (isProblem(found)) return { why: found.message };
    at.push(found);
  }
  const texts = [...chain.links.map((link) => link.studied.cell.body), notebook.head.exclude ?? ""];
  const events = await Promise.all(chain.links.map((link) => contextOf(link.studied).events(texts)));
  const scratch = new Scratch(studies.request.engine, signal);
  try {
    const replay = planReplay({ moments: at, events: events.flat(), table: (hint) => scratch.name(hint) });
    const over = await relationsOf(chain, plan);
    for (const step of replay.once) await scratch.make({ ...step, sql: over(step.sql) });
    for (const [index, { steps, kept }] of replay.moments.entries()) {
      const own = at[index];
      if (own === undefined) throw new Error("a moment is missing");
      for (const step of steps) await scratch.make(step);
      const parameters: Parameters = own.parameters;
      const make = (table: string, select: string) =>
        scratch.make({ table, sql: over(`${tablesSql(own.tables(kept))}\n${select}`), drop: null }, parameters);
      await look({ index, scratch, make });
    }
    return { notes: notesOf(chain) };
  } finally {
    await scratch.drop();
  }
}

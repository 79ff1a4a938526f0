import { name } from "../quote.ts";
import type { People } from "../sql-rule.ts";
import { eventOf } from "../sql-work.ts";
import type { Rule, Step, Window } from "../tree.ts";
import { allBits } from "./bits.ts";
import type { ChainTable } from "./chain-masks.ts";
import { type Counted, countedAt, sourceOf, type Tally } from "./tallies.ts";

/** What the masks of rules are made of, put down as they are asked for. */
export interface Leaves {
  /** As of each moment. */
  readonly people: readonly People[];
  /** The cell's own rules, which IN SEGMENT may name. */
  readonly rules: ReadonlyMap<string, Rule>;
  readonly tallies: Map<string, Tally>;
  readonly chains: Map<string, ChainTable>;
}

export function newLeaves(people: readonly People[], rules: ReadonlyMap<string, Rule>): Leaves {
  return { people, rules, tallies: new Map(), chains: new Map() };
}

export function negated({ people }: Leaves, mask: string | null): string | null {
  return mask === null ? null : `(${allBits(people.length)} - ${mask})`;
}

/** At least so many events. */
export function atLeast(leaves: Leaves, counted: Counted, times: number): string {
  if (times <= 0) return allBits(leaves.people.length);
  return putDown(leaves, ["at least", times, counted.condition, counted.before, counted.since], (column) => {
    return { kind: "at least", counted, column, times };
  });
}

/** The column of a tally's mask, in a row of a person. */
export function putDown(leaves: Leaves, what: readonly unknown[], make: (column: string) => Tally): string {
  const made = make(name(`segbook mask ${leaves.tallies.size + 1}`));
  const mark = JSON.stringify([sourceOf(made), ...what]);
  const tally = leaves.tallies.get(mark) ?? made;
  leaves.tallies.set(mark, tally);
  return masked(tally.column);
}

/** The rows that a step and a window mean at each moment. */
export function countedOf({ people }: Leaves, step: Step, window: Window | null): Counted | null {
  const works = people.map(({ work }) => work);
  const [first] = works;
  const event = first === undefined ? null : eventOf(first, step);
  return event === null ? null : countedAt(works, event, step, window);
}

/** A mask of a joined table, in a row of a person. */
export function masked(column: string): string {
  return `coalesce(p.${column}, 0)`;
}

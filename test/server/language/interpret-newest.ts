import { Temporal } from "temporal-polyfill";
import type { Rule, Step, Window } from "../../../server/language/tree.ts";
import { eventsOf, holds, isWithin, type Row, timeOfEvent, type World } from "./interpreter.ts";

/** When the newest event was that made a rule true, found by looking at every event and every chain; null where none did. */
export function newestOf(world: World, person: Row, rule: Rule, isNegated = false): Temporal.Instant | null {
  if (holds(world, person, rule) === isNegated) return null;
  switch (rule.kind) {
    case "not":
      return newestOf(world, person, rule.part, !isNegated);
    case "and":
    case "or":
      return latest(rule.parts.map((part) => newestOf(world, person, part, isNegated)));
    case "happened": {
      const asks = rule.times === null || /at least|more than|exactly/.test(rule.times.how);
      return asks === isNegated ? null : latestEvent(world, person, rule);
    }
    case "measured": {
      const { test, measure } = rule;
      const asks = test.kind === "between" ? !test.negated : />|^=/.test(test.operator);
      return asks === isNegated ? null : latestEvent(world, person, measure);
    }
    case "sequence":
      return isNegated ? null : latest(chainEnds(world, person, rule));
    default:
      return null;
  }
}

function latestEvent(world: World, person: Row, { step, window }: { step: Step; window: Window | null }) {
  return latest(eventsOf(world, person, step, window).map((row) => timeOfEvent(world, step, row)));
}

/** The ends of every choice of different events in order. */
function chainEnds(world: World, person: Row, rule: Rule & { kind: "sequence" }): Temporal.Instant[] {
  let chains: { used: Row[]; first: Temporal.Instant | null; last: Temporal.Instant | null }[] = [
    { used: [], first: null, last: null },
  ];
  for (const step of rule.steps) {
    const rows = eventsOf(world, person, step, rule.window);
    chains = chains.flatMap(({ used, first, last }) =>
      rows.flatMap((row) => {
        const at = timeOfEvent(world, step, row);
        if (used.includes(row) || (last !== null && Temporal.Instant.compare(at, last) < 0)) return [];
        return [{ used: [...used, row], first: first ?? at, last: at }];
      }),
    );
  }
  return chains.flatMap(({ first, last }) =>
    first !== null && last !== null && isWithin(world, rule.within, first, last) ? [last] : [],
  );
}

function latest(times: readonly (Temporal.Instant | null)[]): Temporal.Instant | null {
  return times
    .filter((time) => time !== null)
    .reduce<Temporal.Instant | null>((best, time) => {
      return best === null || Temporal.Instant.compare(time, best) > 0 ? time : best;
    }, null);
}

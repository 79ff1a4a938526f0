import { name } from "./quote.ts";
import { columnOf, EVENT } from "./sql-events.ts";
import { keySql } from "./sql-match.ts";
import { CHAIN } from "./sql-pass.ts";
import { firstAlike, matchOfSteps, overlapOf, type Step, type Steps, sourceOf, withinSql } from "./sql-steps.ts";
import { microsSql } from "./sql-time.ts";
import { KEY, type Work } from "./sql-work.ts";
import type { EventWord } from "./vocabulary.ts";

/**
 * Chains of any steps. Events are first gathered by moment, since those of one moment may stand in either order. Then,
 * moment by moment, for each step the latest start of a chain that ends with it there is kept: a run of steps j…i can be
 * done at one moment where there are enough different events for it, and goes on from the best chain of j − 1 steps
 * before that moment. The latest start is the best one, since only the length of the chain is limited.
 */
export function momentsSql(work: Work, all: Steps): string {
  const { steps, within } = all;
  const needs = steps.map((_, last) => steps.slice(0, last + 1).map((_, first) => needOf(steps, first, last)));
  const counts = [...new Set(needs.flat(2).map((need) => need.rows))];
  const counted = counts.map((rows, index) => `count(*) FILTER (WHERE ${rows}) AS n${index}`);
  const moments = `SELECT k, t, ${counted.join(", ")}\nFROM (${rowsSql(work, all)})\nGROUP BY k, t`;
  const possible = (first: number, last: number) =>
    (needs[last]?.[first] ?? []).map((need) => `n${counts.indexOf(need.rows)} >= ${need.count}`).join(" AND ");
  let query = `SELECT *, CASE WHEN ${possible(0, 0)} THEN t END AS c0 FROM (${moments})`;
  for (let last = 1; last < steps.length; last += 1) {
    const before = `max(c${last - 1}) OVER (PARTITION BY k ORDER BY t ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)`;
    const starts = Array.from({ length: last + 1 }, (_, first) => {
      return `CASE WHEN ${possible(first, last)} THEN ${first === 0 ? "t" : `b${first - 1}`} END`;
    });
    query = `SELECT *, greatest(${starts.join(", ")}) AS c${last}\nFROM (SELECT *, ${before} AS b${last - 1}\nFROM (${query}))`;
  }
  const start = `c${steps.length - 1}`;
  return `SELECT k AS ${KEY}, ${start} AS ${CHAIN.start}, t AS ${CHAIN.end}\nFROM (${query})\nWHERE ${withinSql(work, start, within)}`;
}

/** The rows of all relations that take part, with `s0`, `s1`, … telling which steps each may be. */
function rowsSql(work: Work, { steps, past }: Steps): string {
  const sources = new Map<string, EventWord>();
  for (const { event } of steps) sources.set(sourceOf(event), event);
  const match = matchOfSteps(work, steps);
  const selects = [...sources].map(([source, event]) => {
    const own = steps.map((step) => (sourceOf(step.event) === source ? step.condition : null));
    const flags = own.map((condition, index) => `${condition ?? "FALSE"} AS s${index}`);
    const key = keySql(`${EVENT}.${name(event.entity)}`, match);
    const time = microsSql(columnOf(event, event.at), work.clock.zone);
    const some = own.filter((condition) => condition !== null).map((condition) => `(${condition})`);
    return `SELECT ${key} AS k, ${time} AS t, ${flags.join(", ")} FROM ${name(event.relation)} AS ${EVENT} WHERE ${past(event)} AND (${some.join(" OR ")})`;
  });
  return selects.join("\nUNION ALL\n");
}

interface Need {
  /** Rows that may be one of some steps. */
  readonly rows: string;
  /** How many of them it takes. */
  readonly count: number;
}

/**
 * What steps first…last need to be done by different events of one moment: for every set of them, as many events that
 * may be one of the set as it has steps (Hall's marriage theorem). Steps of different relations, or of different kinds
 * in one, never take each other's events, so that only sets within one count; like steps go together.
 */
function needOf(steps: readonly Step[], first: number, last: number): Need[] {
  const groups = new Map<string, Map<string, number[]>>();
  for (let index = first; index <= last; index += 1) {
    const step = steps[index];
    if (!step) continue;
    const group = groups.get(overlapOf(steps, step)) ?? new Map<string, number[]>();
    group.set(step.condition, [...(group.get(step.condition) ?? []), index]);
    groups.set(overlapOf(steps, step), group);
  }
  return [...groups.values()].flatMap((group) =>
    subsets([...group.values()]).map((set) => ({
      rows: [...new Set(set.map((indexes) => firstAlike(steps, indexes[0] ?? 0)))]
        .map((index) => `s${index}`)
        .join(" OR "),
      count: set.flat().length,
    })),
  );
}

/** Every set of the items but the empty one, by the bits of 1, 2, 3, … */
function subsets<T>(items: readonly T[]): T[][] {
  return Array.from({ length: 2 ** items.length - 1 }, (_, index) =>
    items.filter((_item, bit) => ((index + 1) >> bit) % 2 === 1),
  );
}

import { asOf, calendarMonths, fixedMinutes } from "./clock.ts";
import { literal, name } from "./quote.ts";
import { NEVER } from "./sql-column.ts";
import { columnOf, EVENT, filterOf, pastSql } from "./sql-events.ts";
import { keySql, matchOfAll } from "./sql-match.ts";
import { CHAIN, type Chains } from "./sql-pass.ts";
import { microsSql } from "./sql-time.ts";
import { countOf } from "./sql-value.ts";
import { addColumn, eventOf, type Join, KEY, type Work } from "./sql-work.ts";
import type { Duration, EventCondition } from "./tree.ts";
import type { EventWord } from "./vocabulary.ts";

/**
 * Whether a person's events hold the sequence, as a column of `people` that is TRUE or NULL.
 *
 * Events are first gathered by moment, since those of one moment may stand in either order. Then, moment by moment, for
 * each step the latest start of a chain that ends with it there is kept: a run of steps j…i can be done at one moment
 * where there are enough different events for it, and goes on from the best chain of j − 1 steps before that moment.
 * The latest start is the best one, since only the length of the chain is limited. That takes one sort an entity, not a
 * join of every event with every other.
 */
export function sequenceSql(work: Work, rule: EventCondition & { kind: "sequence" }, people: string): string {
  const join = sequenceJoin(work, rule);
  return join === null ? NEVER : `${people}.${addColumn(work, join, "TRUE")}`;
}

/** When the newest chain ended, in microseconds since 1970, as a column of `people`; NULL where there is none. */
export function sequenceEndSql(work: Work, rule: EventCondition & { kind: "sequence" }, people: string): string {
  const join = sequenceJoin(work, rule);
  return join === null ? "CAST(NULL AS BIGINT)" : `${people}.${addColumn(work, join, CHAIN.end)}`;
}

function sequenceJoin(work: Work, rule: EventCondition & { kind: "sequence" }): Join | null {
  const count = countOf(work, rule.within.count, 1);
  const steps = rule.steps.map((step) => {
    const event = eventOf(work, step);
    return event && { event, filter: filterOf(work, event, step.where, rule.window) };
  });
  const known = steps.filter((step) => step !== null);
  if (count === null || known.length < steps.length) return null;
  const within = { ...rule.within, units: count };
  const past = (event: EventWord) => pastSql(work, event);
  const chains = chainsSql(work, known.map(asItStands), within, past);
  const query = `SELECT ${KEY}, max(${CHAIN.end}) AS ${CHAIN.end}\nFROM (${chains})\nGROUP BY 1`;
  return work.joins.get(query) ?? addJoin(work, query, known, () => allChains(work, known, within));
}

/** Whatever moment is asked for: the window is looked at afterwards, since the latest start of a chain is also the best for it. */
function allChains(work: Work, steps: readonly Filtered[], within: Length): Chains {
  const whenever = steps.map(({ event, filter: { parts, sliding } }) => {
    return { event, condition: conditionOf(parts.filter((part) => part !== sliding?.part)) };
  });
  const sliding = steps[0]?.filter.sliding ?? null;
  const micros = (instant: { epochNanoseconds: bigint }) => instant.epochNanoseconds / 1000n;
  return {
    mark: chainsSql(work, whenever, within, () => "TRUE"),
    sql: chainsSql(work, whenever, within, (event) => pastSql(work, event)),
    from: sliding?.side === "from" ? micros(sliding.bound) : null,
    until: micros(sliding?.side === "until" ? sliding.bound : asOf(work.clock)),
  };
}

interface Filtered {
  readonly event: EventWord;
  readonly filter: ReturnType<typeof filterOf>;
}

type Length = Duration & { readonly units: number };

interface Step {
  readonly event: EventWord;
  /** Which rows of the event's relation it may be. */
  readonly condition: string;
}

function asItStands({ event, filter }: Filtered): Step {
  return { event, condition: conditionOf(filter.parts) };
}

function conditionOf(parts: readonly string[]): string {
  return parts.length === 0 ? "TRUE" : parts.join(" AND ");
}

function addJoin(work: Work, chains: string, steps: readonly Filtered[], all: () => Chains): Join {
  const join: Join = {
    name: name(`segbook sequence ${work.joins.size + 1}`),
    match: matchOfAll(steps.map(({ event }) => work.match(event))),
    columns: new Map(),
    query: (asked) => {
      const selected = asked.map(({ computed, column }) => `${computed} AS ${column}`);
      return `SELECT ${KEY}, ${selected.join(", ")}\nFROM (${chains})`;
    },
    pass: { what: chains, reads: [...new Set(steps.map(({ event }) => event.relation))], rows: null, chains: all },
  };
  work.joins.set(chains, join);
  return join;
}

/** For each moment at which a chain ends that is not too long, the latest start of one. */
function chainsSql(work: Work, steps: readonly Step[], within: Length, past: (event: EventWord) => string): string {
  const needs = steps.map((_, last) => steps.slice(0, last + 1).map((_, first) => needOf(steps, first, last)));
  const counts = [...new Set(needs.flat(2).map((need) => need.rows))];
  const counted = counts.map((rows, index) => `count(*) FILTER (WHERE ${rows}) AS n${index}`);
  const moments = `SELECT k, t, ${counted.join(", ")}\nFROM (${rowsSql(work, steps, past)})\nGROUP BY k, t`;
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
function rowsSql(work: Work, steps: readonly Step[], past: (event: EventWord) => string): string {
  const sources = new Map<string, EventWord>();
  for (const { event } of steps) sources.set(sourceOf(event), event);
  const match = matchOfAll([...sources.values()].map((event) => work.match(event)));
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

function sourceOf(event: EventWord): string {
  return JSON.stringify([event.relation, event.at, event.entity]);
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

/** Steps that may want the same event share this mark. */
function overlapOf(steps: readonly Step[], { event }: Step): string {
  const source = sourceOf(event);
  const mixed = steps.some(
    (step) => sourceOf(step.event) === source && step.event.where?.column !== event.where?.column,
  );
  return mixed || !event.where ? source : `${source} ${event.where.value}`;
}

/** The first step that takes the same rows, so that equal counts are counted once. */
function firstAlike(steps: readonly Step[], index: number): number {
  const step = steps[index];
  return steps.findIndex(
    (other) => other.condition === step?.condition && sourceOf(other.event) === sourceOf(step.event),
  );
}

/** Every set of the items but the empty one, by the bits of 1, 2, 3, … */
function subsets<T>(items: readonly T[]): T[][] {
  return Array.from({ length: 2 ** items.length - 1 }, (_, index) =>
    items.filter((_item, bit) => ((index + 1) >> bit) % 2 === 1),
  );
}

/** From the chain's start to its end, both included: elapsed time, or calendar steps in the zone. */
function withinSql(work: Work, start: string, { unit, units }: Duration & { units: number }): string {
  const minutes = fixedMinutes(unit);
  if (minutes !== null) return `t - ${start} <= ${BigInt(minutes) * BigInt(units) * 60_000_000n}`;
  const zone = literal(work.clock.zone);
  const local = `timezone(${zone}, make_timestamptz(${start}))`;
  return `t <= epoch_us(timezone(${zone}, ${local} + INTERVAL (${calendarMonths(unit) * units}) MONTH))`;
}

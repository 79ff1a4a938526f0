import { calendarMonths, fixedMinutes } from "./clock.ts";
import { literal, name } from "./quote.ts";
import { columnOf, EVENT } from "./sql-events.ts";
import { keySql, matchOfAll } from "./sql-match.ts";
import { microsSql } from "./sql-time.ts";
import type { Match, Work } from "./sql-work.ts";
import type { Duration } from "./tree.ts";
import type { EventWord } from "./vocabulary.ts";

export interface Step {
  readonly event: EventWord;
  /** Which rows of the event's relation it may be. */
  readonly condition: string;
}

export type Length = Duration & { readonly units: number };

/** The steps of a sequence, how long a chain of them may be, and what cuts off what lies after `as_of`. */
export interface Steps {
  readonly steps: readonly Step[];
  readonly within: Length;
  readonly past: (event: EventWord) => string;
}

/** The one form that the keys of all steps take. */
export function matchOfSteps(work: Work, steps: readonly Step[]): Match {
  return matchOfAll(steps.map(({ event }) => work.match(event)));
}

/** The rows that a step may be: key `k` and time `t`, in microseconds since 1970. */
export function eventsSql(work: Work, { steps, past }: Steps, { event, condition }: Step): string {
  const key = keySql(`${EVENT}.${name(event.entity)}`, matchOfSteps(work, steps));
  const time = microsSql(columnOf(event, event.at), work.clock.zone);
  return `SELECT ${key} AS k, ${time} AS t FROM ${name(event.relation)} AS ${EVENT} WHERE ${past(event)} AND (${condition})`;
}

/** Whether no event can be two of the steps. */
export function areApart(steps: readonly Step[]): boolean {
  return new Set(steps.map((step) => overlapOf(steps, step))).size === steps.length;
}

/** Whether every event that can be one of the steps can be each of them. */
export function areAlike(steps: readonly Step[]): boolean {
  return steps.every((_, index) => firstAlike(steps, index) === 0);
}

export function sourceOf(event: EventWord): string {
  return JSON.stringify([event.relation, event.at, event.entity]);
}

/** Steps that may want the same event share this mark. */
export function overlapOf(steps: readonly Step[], { event }: Step): string {
  const source = sourceOf(event);
  const mixed = steps.some(
    (step) => sourceOf(step.event) === source && step.event.where?.column !== event.where?.column,
  );
  return mixed || !event.where ? source : `${source} ${event.where.value}`;
}

/** The first step that takes the same rows, so that equal counts are counted once. */
export function firstAlike(steps: readonly Step[], index: number): number {
  const step = steps[index];
  return steps.findIndex(
    (other) => other.condition === step?.condition && sourceOf(other.event) === sourceOf(step.event),
  );
}

/** From the chain's start to its end, both included: elapsed time, or calendar steps in the zone. */
export function withinSql(work: Work, start: string, { unit, units }: Length): string {
  const minutes = fixedMinutes(unit);
  if (minutes !== null) return `t - ${start} <= ${BigInt(minutes) * BigInt(units) * 60_000_000n}`;
  const zone = literal(work.clock.zone);
  const local = `timezone(${zone}, make_timestamptz(${start}))`;
  return `t <= epoch_us(timezone(${zone}, ${local} + INTERVAL (${calendarMonths(unit) * units}) MONTH))`;
}

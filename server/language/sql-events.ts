import type { Temporal } from "temporal-polyfill";
import { eventsEnd } from "./clock.ts";
import { literal, name } from "./quote.ts";
import { boundOf, columnSql, NEVER } from "./sql-column.ts";
import { logicSql } from "./sql-logic.ts";
import { compareInstant } from "./sql-time.ts";
import { stretchOfMoment } from "./sql-value.ts";
import { refuse, type Typed, type Work } from "./sql-work.ts";
import type { Rule, Window } from "./tree.ts";
import { kindOf } from "./types.ts";
import type { EventWord } from "./vocabulary.ts";

/** Which rows of a relation are meant, the cut at `as_of` aside. */
export interface Filter {
  /** Conditions that all hold. */
  readonly parts: readonly string[];
  /** Which of several kinds of event in one relation. */
  readonly kind: string | null;
  /** No row before this moment passes; null where there is no such bound. */
  readonly low: Temporal.Instant | null;
  /** The one of the parts that moves with `as_of`, and its moment; null where the window, if there is one, stays. */
  readonly sliding: Sliding | null;
}

export interface Sliding {
  readonly part: string;
  readonly side: "from" | "until";
  readonly bound: Temporal.Instant;
}

/** Alias of an event relation inside its scan. */
export const EVENT = "e";

export function filterOf(work: Work, event: EventWord, where: Rule | null, window: Window | null): Filter {
  const kind = kindSql(event);
  const at = columnOf(event, event.at);
  const bounds: Bounds = window ? windowOf(work, at, window) : { parts: [], low: null, sliding: null };
  const condition = where ? [whereSql(work, event, where)] : [];
  return {
    parts: [...(kind ? [kind] : []), ...bounds.parts, ...condition],
    kind,
    low: bounds.low,
    sliding: bounds.sliding,
  };
}

/** A column of an event inside its scan. */
export function columnOf(event: EventWord, column: string): Typed {
  const type = event.columns.find((each) => each.name.toLowerCase() === column.toLowerCase())?.type ?? "";
  return { sql: `${EVENT}.${name(column)}`, type: type === "" && column === event.at ? "TIMESTAMP" : type };
}

/** The cut that holds for every event: only what happened before `as_of`, and only rows that say whose they are. */
export function pastSql(work: Work, event: EventWord): string {
  const past = compareInstant(columnOf(event, event.at), "<", eventsEnd(work.clock), work.clock.zone);
  return `${past} AND ${EVENT}.${name(event.entity)} IS NOT NULL`;
}

function whereSql(work: Work, event: EventWord, where: Rule): string {
  return logicSql(where, (rule) => {
    if (!("subject" in rule)) throw new Error(`WHERE holds ${rule.kind}`);
    const column = columnOf(event, rule.subject.name);
    if (column.type !== "") return columnSql(work, rule, column);
    const message = `The event \`${event.words}\` has no column \`${rule.subject.name}\`.`;
    refuse(work, rule.subject, {
      code: "unknown-property",
      message,
      hint: "Read the rule again with today's columns.",
    });
    return NEVER;
  });
}

function kindSql(event: EventWord): string | null {
  if (!event.where) return null;
  const column = columnOf(event, event.where.column);
  const text = kindOf(column.type) === "text" && column.type.toUpperCase() === "VARCHAR";
  return `${text ? column.sql : `CAST(${column.sql} AS VARCHAR)`} = ${literal(event.where.value)}`;
}

/** The conditions of a window on a time, and where it begins. */
type Bounds = Pick<Filter, "parts" | "low" | "sliding">;

export function windowOf(work: Work, at: Typed, window: Window): Bounds {
  const compare = (operator: "<" | "<=" | ">" | ">=", instant: Temporal.Instant) =>
    compareInstant(at, operator, instant, work.clock.zone);
  const bounds = (parts: readonly string[], low: Temporal.Instant | null): Bounds => ({ parts, low, sliding: null });
  const nothing = bounds([NEVER], null);
  if ("duration" in window) {
    const bound = boundOf(work, window.duration);
    if (!bound) return nothing;
    const isLast = window.kind === "last";
    const part = compare(isLast ? ">=" : "<", bound);
    const sliding = { part, side: isLast ? ("from" as const) : ("until" as const), bound };
    return { ...bounds([part], isLast ? bound : null), sliding };
  }
  const [first, last] = "moment" in window ? [window.moment, null] : [window.low, window.high];
  const start = stretchOfMoment(work, first);
  if (!start) return nothing;
  if (window.kind === "before") return bounds([compare("<", start.start)], null);
  if (window.kind === "after") {
    const low = start.end ?? start.start;
    return bounds([compare(start.end ? ">=" : ">", low)], low);
  }
  const end = last && stretchOfMoment(work, last);
  if (!end) return nothing;
  const upper = end.end ? compare("<", end.end) : compare("<=", end.start);
  return bounds([compare(">=", start.start), upper], start.start);
}

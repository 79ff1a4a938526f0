import { columnOf, filterOf } from "./sql-events.ts";
import { certain, type Leaf } from "./sql-logic.ts";
import { type People, ruleSql } from "./sql-rule.ts";
import { addAggregate, filterClause, scanOf } from "./sql-scan.ts";
import { sequenceEndSql } from "./sql-sequence.ts";
import { microsSql } from "./sql-time.ts";
import { eventOf, type Work } from "./sql-work.ts";
import type { EventCondition, MeasureTest, Rule, Step, Times, Window } from "./tree.ts";

const NONE = "CAST(NULL AS BIGINT)";

/**
 * When the newest event was that makes a rule true, in microseconds since 1970 (BIGINT); NULL where the rule is false, or
 * true without any event. Events count where a condition holds because they happened: in the parts of AND and OR that
 * hold themselves, never where one holds because something did not happen (`datable` says which those are). Of a
 * sequence it is the end of the newest one.
 */
export function newestSql(people: People, rule: Rule): string {
  return newest(people, rule, "as it stands") ?? NONE;
}

/** Whether there are events that may make the rule true. */
export function hasNewest(rule: Rule): boolean {
  return anyDatable(rule, "as it stands");
}

/** NOT before a rule turns round which events may make it true. */
type Sense = "as it stands" | "negated";

function newest(people: People, rule: Rule, sense: Sense): string | null {
  if (rule.kind === "not") return newest(people, rule.part, opposite(sense));
  const time = "parts" in rule ? newestOfParts(people, rule.parts, sense) : newestOfLeaf(people, rule, sense);
  if (time === null) return null;
  const holds = certain(ruleSql(people, rule));
  return `CASE WHEN ${sense === "negated" ? `NOT ${holds}` : holds} THEN ${time} END`;
}

/** `greatest` passes over parts that have no time. */
function newestOfParts(people: People, parts: readonly Rule[], sense: Sense): string | null {
  const times = parts.map((part) => newest(people, part, sense)).filter((time) => time !== null);
  return times.length === 0 ? null : `greatest(${times.join(", ")})`;
}

function newestOfLeaf({ work, alias }: People, rule: Leaf, sense: Sense): string | null {
  if (!datable(rule, sense)) return null;
  if (rule.kind === "sequence") return sequenceEndSql(work, rule, alias);
  if (rule.kind === "happened") return latestSql(work, rule, alias);
  return rule.kind === "measured" ? latestSql(work, rule.measure, alias) : null;
}

function anyDatable(rule: Rule, sense: Sense): boolean {
  if (rule.kind === "not") return anyDatable(rule.part, opposite(sense));
  return "parts" in rule ? rule.parts.some((part) => anyDatable(part, sense)) : datable(rule, sense);
}

function opposite(sense: Sense): Sense {
  return sense === "negated" ? "as it stands" : "negated";
}

/** Whether a condition holds because something happened, rather than because it did not or because of an attribute. */
function datable(rule: Leaf, sense: Sense): rule is EventCondition {
  switch (rule.kind) {
    case "sequence":
      return sense === "as it stands";
    case "happened":
      return needsEvents(rule.times) === (sense === "as it stands");
    case "measured":
      return isFromBelow(rule.test) === (sense === "as it stands");
    default:
      return false;
  }
}

function needsEvents(times: Times | null): boolean {
  return times === null || ["at least", "more than", "exactly"].includes(times.how);
}

function isFromBelow(test: MeasureTest): boolean {
  return test.kind === "between" ? !test.negated : [">", ">=", "="].includes(test.operator);
}

/** The latest of the events that a condition counts. */
function latestSql(work: Work, { step, window }: { step: Step; window: Window | null }, people: string): string {
  const event = eventOf(work, step);
  if (event === null) return NONE;
  const at = columnOf(event, event.at);
  const filter = filterOf(work, event, step.where, window);
  const latest = (condition: string | null) => `max(${at.sql})${filterClause(condition)}`;
  const column = addAggregate(work, scanOf(work, event), filter, latest);
  return microsSql({ sql: `${people}.${column}`, type: at.type }, work.clock.zone);
}

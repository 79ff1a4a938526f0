import { printRule } from "../../language/print-rule.ts";
import type { ColumnCondition, Comparison, Moment, Operand, Rule } from "../../language/tree.ts";
import { isTime, type TypeKind } from "../../language/types.ts";
import { NOWHERE } from "../build.ts";
import type { JsonObject } from "../json.ts";
import { allOf, anyOf, atom, type Formula, type Wanted } from "../logic.ts";
import { jsonNumber, type Platform, unsaid } from "../platform.ts";
import { turnedSign } from "../signs.ts";
import { afterDate, beforeDate, betweenDates, relativeFilter } from "./dates.ts";
import { SIGNS } from "./signs.ts";

/** What Klaviyo asks for a condition, and for its opposite among those who have a value. */
export interface Filters {
  readonly is: Formula<JsonObject>;
  /** Null where there is no such filter; the reason is told when it is needed. */
  readonly isNot: Formula<JsonObject> | null;
  readonly refuse: () => null;
  /** Whether it asks for the value itself, so that who has none need not be asked apart. */
  readonly isExistence?: true;
}

export interface Asked {
  readonly platform: Platform;
  /** The condition that is being written, for remarks. */
  readonly rule: Rule;
}

/** The filters as conditions on one property; what is wanted of people without a value is asked for by itself. */
export function columnFormula(
  { is, isNot, refuse, isExistence }: Filters,
  wanted: Wanted,
  asked: (filter: JsonObject) => JsonObject,
): Formula<JsonObject> | null {
  const filter = wanted === "is" || wanted === "is or unknown" ? is : isNot;
  if (filter === null) return refuse();
  const conditions = mapped(filter, asked);
  if (wanted === "is" || isExistence) return conditions;
  const existence = (operator: string) => atom(asked({ type: "existence", operator }));
  return wanted === "is not" ? allOf(existence("is-set"), conditions) : anyOf(existence("not-set"), conditions);
}

/** Klaviyo's filters for a condition that is not negated itself. */
export function filtersOf(condition: ColumnCondition, kind: TypeKind, asked: Asked): Filters | null {
  const { platform, rule } = asked;
  const no = (what: string, hint: string) => unsaid(platform, rule, what, hint);
  switch (condition.kind) {
    case "known":
      return {
        ...pair({ type: "existence", operator: "is-set" }, { type: "existence", operator: "not-set" }, asked),
        isExistence: true,
      };
    case "compare":
      return compared(condition.operator, condition.value, kind, asked);
    case "between": {
      const low = compared(">=", condition.low, kind, asked);
      const high = compared("<=", condition.high, kind, asked);
      if (low === null || high === null) return null;
      const isNot = low.isNot && high.isNot && anyOf(low.isNot, high.isNot);
      return { is: allOf(low.is, high.is), isNot, refuse: low.refuse };
    }
    case "among": {
      if (kind === "text") {
        const value = condition.values.map((each) => (each.kind === "text" ? each.value : ""));
        return pair({ type: "string", operator: "in", value }, { type: "string", operator: "not-in", value }, asked);
      }
      const each = condition.values.map((value) => compared("=", value, kind, asked));
      const whole = each.filter((one) => one !== null);
      const opposites = whole.map(({ isNot }) => isNot).filter((one) => one !== null);
      const [first] = whole;
      if (whole.length < each.length || first === undefined) return null;
      const isNot = opposites.length < whole.length ? null : allOf(...opposites);
      return { is: anyOf(...whole.map(({ is }) => is)), isNot, refuse: first.refuse };
    }
    case "matches": {
      if (condition.value.kind !== "text") return null;
      const operator = condition.how.replace(" ", "-");
      const { value } = condition.value;
      return pair({ type: "string", operator, value }, { type: "string", operator: `not-${operator}`, value }, asked);
    }
    case "date":
      return dated(condition.how, condition.moment, asked);
    case "ago":
    case "recent": {
      const isLate = condition.kind === "recent" || condition.operator === "<" || condition.operator === "<=";
      const late = relativeFilter("in-the-last", condition.duration, asked);
      const early = relativeFilter("at-least", condition.duration, asked);
      if (late === null || early === null) return null;
      return { ...pair(isLate ? late : early, isLate ? early : late, asked), refuse: () => null };
    }
    case "anniversary": {
      const next = relativeFilter("anniversary-next", condition.duration, asked);
      const refuse = () => no("NOT of an anniversary", "Turn the rule round.");
      return next && { is: atom(next), isNot: null, refuse };
    }
  }
}

function compared(operator: Comparison, value: Operand, kind: TypeKind, asked: Asked): Filters | null {
  const { platform, rule } = asked;
  if (value.kind === "number") {
    const number = jsonNumber(platform, rule, value);
    const filter = (sign: Comparison) => ({ type: "numeric", operator: SIGNS[sign], value: number });
    return number === null ? null : pair(filter(operator), filter(turnedSign(operator)), asked);
  }
  if (value.kind === "boolean")
    return pair(
      { type: "boolean", operator: "equals", value: value.value },
      { type: "boolean", operator: "equals", value: !value.value },
      asked,
    );
  const moment: Moment | null =
    value.kind === "moment"
      ? value
      : isTime(kind) && value.kind === "text"
        ? { kind: "moment", text: value.value, ...NOWHERE }
        : null;
  if (moment !== null) return timed(operator, moment, asked);
  if (operator === "=" && value.kind === "text")
    return pair(
      { type: "string", operator: "equals", value: value.value },
      { type: "string", operator: "not-equals", value: value.value },
      asked,
    );
  return unsaid(platform, rule, "the order of texts", "Compare texts by = or IN.");
}

function timed(operator: Comparison, moment: Moment, asked: Asked): Filters | null {
  switch (operator) {
    case "=":
      return dated("on", moment, asked);
    case "<":
      return dated("before", moment, asked);
    case ">":
      return dated("after", moment, asked);
    case "<=":
      return turnedRound(dated("after", moment, asked));
    case ">=":
      return turnedRound(dated("before", moment, asked));
    case "!=":
      return turnedRound(dated("on", moment, asked));
  }
}

function dated(how: "before" | "after" | "on", moment: Moment, asked: Asked): Filters | null {
  const refuse = () => null;
  const before = beforeDate(moment, asked.platform);
  const after = afterDate(moment, asked.platform);
  if (how === "on") {
    const rest = anyOf(atom(before), atom(after));
    return { is: atom(betweenDates(moment, moment, asked.platform)), isNot: rest, refuse };
  }
  // What is not before a day is after the moment in which it begins.
  const turned = how === "before" ? { ...before, operator: "after" } : { ...after, operator: "before" };
  return pair(how === "before" ? before : after, turned, asked);
}

function turnedRound(filters: Filters | null): Filters | null {
  return filters?.isNot == null ? null : { is: filters.isNot, isNot: filters.is, refuse: filters.refuse };
}

function pair(is: JsonObject, isNot: JsonObject, { rule, platform }: Asked): Filters {
  const refuse = () => unsaid(platform, rule, `NOT of \`${printRule(rule)}\``, "Turn the rule round.");
  return { is: atom(is), isNot: atom(isNot), refuse };
}

function mapped(formula: Formula<JsonObject>, change: (filter: JsonObject) => JsonObject): Formula<JsonObject> {
  if (formula.kind === "atom") return atom(change(formula.atom));
  return { kind: formula.kind, parts: formula.parts.map((part) => mapped(part, change)) };
}

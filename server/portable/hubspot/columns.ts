import type { ColumnCondition, Comparison, Moment, Operand, Rule } from "../../language/tree.ts";
import { isTime, type TypeKind } from "../../language/types.ts";
import { NOWHERE } from "../build.ts";
import type { JsonObject } from "../json.ts";
import { allOf, anyOf, atom, type Formula, type Wanted } from "../logic.ts";
import { jsonNumber, type Platform, unsaid } from "../platform.ts";
import { turnedSign } from "../signs.ts";
import { ago, datePoint, now, range, timePoint } from "./times.ts";

/** HubSpot keeps filters and branches of a branch apart. */
export interface HubSpotAtom {
  readonly kind: "filter" | "branch";
  readonly json: JsonObject;
}

export interface PropertyAsked {
  readonly platform: Platform;
  /** The condition that is being written, for remarks. */
  readonly rule: Rule;
  readonly kind: TypeKind;
  /** Its name there. */
  readonly property: string;
}

/** What is asked of a property that has a value, as operations in a formula; `isNot` is the opposite among those. */
interface Operations {
  readonly is: Formula<JsonObject>;
  readonly isNot: Formula<JsonObject> | null;
}

/** A condition on a property; `includeObjectsWithNoValueSet` says what of those without a value. */
export function propertyFormula(
  condition: ColumnCondition,
  wanted: Wanted,
  asked: PropertyAsked,
): Formula<HubSpotAtom> | null {
  const operations = operationsOf(condition, asked);
  if (operations === null) return null;
  const isPositive = wanted === "is" || wanted === "is or unknown";
  const formula = isPositive ? operations.is : operations.isNot;
  if (formula === null) return unsaid(asked.platform, asked.rule, "NOT of this condition", "Turn the rule round.");
  const withMissing = condition.kind !== "known" && wanted.endsWith("or unknown");
  return filtersOf(formula, { property: asked.property, includeObjectsWithNoValueSet: withMissing });
}

function filtersOf(
  formula: Formula<JsonObject>,
  { property, includeObjectsWithNoValueSet }: { property: string; includeObjectsWithNoValueSet: boolean },
): Formula<HubSpotAtom> {
  if (formula.kind !== "atom")
    return {
      kind: formula.kind,
      parts: formula.parts.map((part) => filtersOf(part, { property, includeObjectsWithNoValueSet })),
    };
  const operation = { ...formula.atom, includeObjectsWithNoValueSet };
  return atom({ kind: "filter", json: { filterType: "PROPERTY", property, operation } });
}

function operationsOf(condition: ColumnCondition, asked: PropertyAsked): Operations | null {
  const { platform, rule, kind } = asked;
  switch (condition.kind) {
    case "known":
      return pair(
        { operationType: "ALL_PROPERTY", operator: "IS_KNOWN" },
        { operationType: "ALL_PROPERTY", operator: "IS_UNKNOWN" },
      );
    case "compare":
      return compared(condition.operator, condition.value, asked);
    case "between": {
      const low = compared(">=", condition.low, asked);
      const high = compared("<=", condition.high, asked);
      if (low?.isNot == null || high?.isNot == null) return null;
      return { is: allOf(low.is, high.is), isNot: anyOf(low.isNot, high.isNot) };
    }
    case "among": {
      if (kind === "text") {
        const values = condition.values.map((value) => (value.kind === "text" ? value.value : ""));
        return pair(
          { operationType: "MULTISTRING", operator: "IS_EQUAL_TO", values },
          { operationType: "MULTISTRING", operator: "IS_NOT_EQUAL_TO", values },
        );
      }
      const each = condition.values.map((value) => compared("=", value, asked));
      const whole = each.filter((one) => one !== null);
      const opposites = whole.map(({ isNot }) => isNot).filter((one) => one !== null);
      if (whole.length < each.length || opposites.length < whole.length) return null;
      return { is: anyOf(...whole.map(({ is }) => is)), isNot: allOf(...opposites) };
    }
    case "matches": {
      if (condition.value.kind !== "text") return null;
      const operator = ({ contains: "CONTAINS", "starts with": "STARTS_WITH", "ends with": "ENDS_WITH" } as const)[
        condition.how
      ];
      const is = { operationType: "STRING", operator, value: condition.value.value };
      return { is: atom(is), isNot: operator === "CONTAINS" ? atom({ ...is, operator: "DOES_NOT_CONTAIN" }) : null };
    }
    case "date":
      return dated(condition.how, condition.moment, asked);
    case "ago":
    case "recent": {
      const isLate = condition.kind === "recent" || condition.operator === "<" || condition.operator === "<=";
      const begin = ago(condition.duration, platform);
      const late = range("IS_BETWEEN", begin, now(platform));
      const early = timePoint("IS_BEFORE", begin);
      if (isLate) return pair(late, range("IS_NOT_BETWEEN", begin, now(platform)));
      return pair(early, timePoint("IS_AFTER", begin, "INCLUSIVE"));
    }
    case "anniversary":
      return unsaid(
        platform,
        rule,
        "an anniversary in the next days",
        "Make the number of days until then an attribute.",
      );
  }
}

function compared(operator: Comparison, value: Operand, asked: PropertyAsked): Operations | null {
  const { platform, rule, kind } = asked;
  if (value.kind === "number") {
    const number = jsonNumber(platform, rule, value);
    const operation = (sign: Comparison) => ({ operationType: "NUMBER", operator: SIGNS[sign], value: number });
    return number === null ? null : pair(operation(operator), operation(turnedSign(operator)));
  }
  if (value.kind === "boolean") {
    const operation = (held: boolean) => ({ operationType: "BOOL", operator: "IS_EQUAL_TO", value: held });
    return pair(operation(value.value), operation(!value.value));
  }
  const moment: Moment | null =
    value.kind === "moment"
      ? value
      : isTime(kind) && value.kind === "text"
        ? { kind: "moment", text: value.value, ...NOWHERE }
        : null;
  if (moment !== null) return timed(operator, moment, asked);
  if (operator !== "=" || value.kind !== "text")
    return unsaid(platform, rule, "the order of texts", "Compare texts by = or IN.");
  const operation = (sign: string) => ({ operationType: "STRING", operator: sign, value: value.value });
  return pair(operation("IS_EQUAL_TO"), operation("IS_NOT_EQUAL_TO"));
}

function timed(operator: Comparison, moment: Moment, asked: PropertyAsked): Operations {
  if (operator === "=" || operator === "!=") return dated("on", moment, asked);
  const isAfter = operator === ">" || operator === "<=";
  const { is, isNot } = dated(isAfter ? "after" : "before", moment, asked);
  if (operator === ">" || operator === "<" || isNot === null) return { is, isNot };
  return { is: isNot, isNot: is };
}

function dated(
  how: "before" | "after" | "on",
  moment: Moment,
  { platform }: PropertyAsked,
): { is: Formula<JsonObject>; isNot: Formula<JsonObject> } {
  const { start, end, isDay } = datePoint(moment, platform);
  const last = isDay ? "EXCLUSIVE" : "INCLUSIVE";
  if (how === "on") return pair(range("IS_BETWEEN", start, end, last), range("IS_NOT_BETWEEN", start, end, last));
  if (how === "before") return pair(timePoint("IS_BEFORE", start), timePoint("IS_AFTER", start, "INCLUSIVE"));
  // The day after begins with its first moment, a point of time only behind it.
  return isDay
    ? pair(timePoint("IS_AFTER", end, "INCLUSIVE"), timePoint("IS_BEFORE", end))
    : pair(timePoint("IS_AFTER", end), timePoint("IS_BEFORE", end, "INCLUSIVE"));
}

function pair(is: JsonObject, isNot: JsonObject): { is: Formula<JsonObject>; isNot: Formula<JsonObject> } {
  return { is: atom(is), isNot: atom(isNot) };
}

/** HubSpot's words for comparing numbers. */
export const SIGNS = {
  "=": "IS_EQUAL_TO",
  "!=": "IS_NOT_EQUAL_TO",
  "<": "IS_LESS_THAN",
  "<=": "IS_LESS_THAN_OR_EQUAL_TO",
  ">": "IS_GREATER_THAN",
  ">=": "IS_GREATER_THAN_OR_EQUAL_TO",
} as const;

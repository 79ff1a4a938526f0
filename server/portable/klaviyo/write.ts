import { printRule } from "../../language/print-rule.ts";
import type { EventCondition, Measure, MeasureTest, Rule } from "../../language/tree.ts";
import type { JsonObject } from "../json.ts";
import { allOf, anyOf, atom, type Formula, formulaOf, type Leaf, plainOf, type Sense } from "../logic.ts";
import { MOST_ATOMS, MOST_GROUPS, normalForm } from "../normal-form.ts";
import { columnName, idOf, jsonNumber, kindOfColumn, type Platform, rangeOf, unsaid } from "../platform.ts";
import { turnedSign } from "../signs.ts";
import { columnFormula, filtersOf } from "./columns.ts";
import { timeframeOf } from "./dates.ts";
import { writeFunnel } from "./funnel.ts";
import { metricFilters } from "./metric-filters.ts";
import { SIGNS } from "./signs.ts";

/**
 * A rule as Klaviyo's segment definition (Segments API, revision 2026-04-15): condition groups joined by AND, the
 * conditions of each by OR, which takes the rule's conjunctive normal form. Null where something can't be said.
 */
export function writeKlaviyo(rule: Rule, platform: Platform): JsonObject | null {
  const formula = formulaOf(rule, "holds", (leaf, sense) => conditionOf(leaf, sense, platform));
  if (formula === null) return null;
  const form = normalForm(formula, "all");
  if (!form.ok) {
    const count = `${form.groups.toLocaleString("en")} groups with ${form.atoms.toLocaleString("en")} conditions`;
    const most = `at most ${MOST_GROUPS} with ${MOST_ATOMS.toLocaleString("en")} are written`;
    const what = `brackets in brackets: as ORs joined by AND the rule takes ${count}; ${most}`;
    return unsaid(platform, rule, what, "Make parts of it segments of their own, and join those by IN SEGMENT.");
  }
  return { condition_groups: form.groups.map((conditions) => ({ conditions })) };
}

function conditionOf(rule: Leaf, sense: Sense, platform: Platform): Formula<JsonObject> | null {
  switch (rule.kind) {
    case "happened":
    case "measured":
    case "sequence":
      return eventFormula(rule, sense, platform);
    case "in segment": {
      const id = idOf(platform, "segment", rule.segment.name);
      return atom({ type: "profile-group-membership", is_member: sense === "holds", group_ids: [id] });
    }
    case "entered":
    case "left":
      return unsaid(
        platform,
        rule,
        `who ${rule.kind} a segment when`,
        "It only knows who is in it now, and since when.",
      );
    default: {
      const property = columnName(platform, rule.subject.name);
      const { condition, wanted } = plainOf(rule, sense);
      const kind = kindOfColumn(platform, rule.subject.name, null);
      const filters = filtersOf(condition, kind, { platform, rule });
      return filters && columnFormula(filters, wanted, (filter) => ({ type: "profile-property", property, filter }));
    }
  }
}

function eventFormula(rule: EventCondition, sense: Sense, platform: Platform): Formula<JsonObject> | null {
  if (rule.kind === "sequence") return writeFunnel(rule, sense, platform);
  if (rule.kind === "measured") return measuredFormula(rule, sense, platform);
  const metric = metricOf(rule, { step: rule.step, window: rule.window }, platform);
  if (metric === null) return null;
  const { least, most } = rangeOf(rule.times);
  const count = (operator: string, value: number) =>
    atom({ ...metric, measurement: "count", measurement_filter: numeric(operator, value) });
  if (sense === "holds") {
    if (least === most) return count("equals", least);
    if (most !== null && least === 0) return count("less-than-or-equal", most);
    return count("greater-than-or-equal", least);
  }
  if (least === most) return count("not-equals", least);
  return most !== null && least === 0 ? count("greater-than", most) : count("less-than", least);
}

function measuredFormula(
  rule: EventCondition & { kind: "measured" },
  sense: Sense,
  platform: Platform,
): Formula<JsonObject> | null {
  const { measure, test } = rule;
  const measurement = measurementOf(rule, platform);
  const metric = metricOf(rule, measure, platform);
  if (metric === null || measurement === null) return null;
  const tested = (operator: string, value: number) =>
    atom({ ...metric, measurement, measurement_filter: numeric(operator, value) });
  return testFormula(rule, test, { sense, platform, tested });
}

interface Testing {
  readonly sense: Sense;
  readonly platform: Platform;
  readonly tested: (operator: string, value: number) => Formula<JsonObject>;
}

function testFormula(rule: Rule, test: MeasureTest, { sense, platform, tested }: Testing): Formula<JsonObject> | null {
  const values = test.kind === "compare" ? [test.value] : [test.low, test.high];
  const [first, second] = values.map((value) => (value.kind === "number" ? jsonNumber(platform, rule, value) : null));
  if (first == null) return null;
  if (test.kind === "compare")
    return tested(SIGNS[sense === "holds" ? test.operator : turnedSign(test.operator)], first);
  if (second == null) return null;
  const isWithin = test.negated === (sense === "fails");
  return isWithin
    ? allOf(tested("greater-than-or-equal", first), tested("less-than-or-equal", second))
    : anyOf(tested("less-than", first), tested("greater-than", second));
}

function measurementOf(rule: EventCondition & { kind: "measured" }, platform: Platform): "count" | "sum" | null {
  const { how, property } = rule.measure;
  if (how === "count") return how;
  if (how !== "sum" || property === null)
    return unsaid(
      platform,
      rule,
      `${how.toUpperCase()} of an event's values`,
      "Make it a feature, and send that as a profile property.",
    );
  if (columnName(platform, property.name) !== "$value") {
    platform.remarks.note(printRule(rule), {
      code: "sum-of-value",
      message: `Klaviyo sums the metric's own value, whatever \`${property.name}\` is.`,
      hint: `See that \`${property.name}\` is sent as $value, and say so: --map '${property.name}=$value'.`,
    });
  }
  return how;
}

/** A metric with its time frame and the conditions on its properties. */
function metricOf(
  rule: Rule,
  { step, window }: Pick<Measure, "step" | "window">,
  platform: Platform,
): JsonObject | null {
  const timeframe = timeframeOf(window, { platform, rule });
  const filters = step.where === null ? [] : metricFilters(step.where, rule, { step, platform });
  if (timeframe === null || filters === null) return null;
  const id = idOf(platform, "event", step.words);
  return {
    type: "profile-metric",
    metric_id: id,
    timeframe_filter: timeframe,
    ...(filters.length > 0 ? { metric_filters: filters } : {}),
  };
}

function numeric(operator: string, value: number): JsonObject {
  return { type: "numeric", operator, value };
}

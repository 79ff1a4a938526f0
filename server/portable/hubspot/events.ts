import type { Measure, Rule, Window } from "../../language/tree.ts";
import type { JsonObject } from "../json.ts";
import { type Formula, formulaOf, plainOf } from "../logic.ts";
import { columnName, countOf, idOf, kindOfColumn, type Platform, spanOf, unsaid } from "../platform.ts";
import { type HubSpotAtom, propertyFormula } from "./columns.ts";

export type Occurrences = { readonly least: number; readonly most: number | null } | "none";

/** A branch of events for any number of times: what happened, with which properties, and when. */
export function writeEvents(
  rule: Rule,
  { step, window }: Pick<Measure, "step" | "window">,
  platform: Platform,
): ((times: Occurrences) => HubSpotAtom) | null {
  const filters = step.where === null ? [] : filtersOf(step.where, rule, { step, platform });
  const pruning = window === null ? {} : pruningOf(window, rule, platform);
  if (filters === null || pruning === null) return null;
  const eventTypeId = idOf(platform, "event", step.words);
  const events = {
    ...{ filterBranchType: "UNIFIED_EVENTS", filterBranchOperator: "AND", eventTypeId, filterBranches: [], filters },
    ...(window === null ? {} : { pruningRefineBy: pruning }),
  };
  return (times) => ({ kind: "branch", json: { ...events, ...occurrences(times) } });
}

/** Those who have none are asked for by the operator; at least once needs no number. */
function occurrences(times: Occurrences): JsonObject {
  if (times === "none") return { operator: "HAS_NOT_COMPLETED" };
  const { least, most } = times;
  if (least === 1 && most === null) return { operator: "HAS_COMPLETED" };
  const bounds = { minOccurrences: least, ...(most === null ? {} : { maxOccurrences: most }) };
  return { operator: "HAS_COMPLETED", coalescingRefineBy: { type: "NUM_OCCURRENCES", ...bounds } };
}

function pruningOf(window: Window, rule: Rule, platform: Platform): JsonObject | null {
  if ("duration" in window) {
    const { unit } = window.duration;
    const count = countOf(window.duration);
    const days = unit === "hour" && count % 24 === 0 ? count / 24 : null;
    if (unit !== "day" && unit !== "week" && days === null)
      return unsaid(
        platform,
        rule,
        `windows on events in ${unit}s`,
        "Use days or weeks, such as 90 days for a quarter.",
      );
    const timeUnit = unit === "week" ? "WEEKS" : "DAYS";
    const timeOffset = { timeUnit, amount: days ?? count, offsetDirection: "PAST" };
    return { type: "RELATIVE_COMPARATIVE", comparison: window.kind === "last" ? "AFTER" : "BEFORE", timeOffset };
  }
  if (window.kind === "between") {
    const { end, isDay } = spanOf(platform, window.high);
    const bounds = { lowerTimestamp: spanOf(platform, window.low).start, upperTimestamp: isDay ? end - 1 : end };
    return { type: "ABSOLUTE_RANGED", rangeType: "BETWEEN", ...bounds };
  }
  const { start, end } = spanOf(platform, window.moment);
  const isBefore = window.kind === "before";
  return { type: "ABSOLUTE_COMPARATIVE", comparison: isBefore ? "BEFORE" : "AFTER", timestamp: isBefore ? start : end };
}

/** The conditions on an event's properties, which are joined by AND alone. */
function filtersOf(
  where: Rule,
  rule: Rule,
  { step, platform }: { step: Measure["step"]; platform: Platform },
): JsonObject[] | null {
  const formula = formulaOf<HubSpotAtom>(where, "holds", (leaf, sense) => {
    if (!("subject" in leaf)) return null;
    const { condition, wanted } = plainOf(leaf, sense);
    const kind = kindOfColumn(platform, leaf.subject.name, step);
    return propertyFormula(condition, wanted, {
      platform,
      rule,
      kind,
      property: columnName(platform, leaf.subject.name),
    });
  });
  if (formula === null) return null;
  const list = conjunction(formula);
  return list ?? unsaid(platform, rule, "OR inside WHERE", "Split it into conditions on the event that OR joins.");
}

function conjunction(formula: Formula<HubSpotAtom>): JsonObject[] | null {
  if (formula.kind === "atom") return [formula.atom.json];
  const [only] = formula.parts;
  if (formula.kind === "any") return formula.parts.length === 1 && only !== undefined ? conjunction(only) : null;
  const parts = formula.parts.map(conjunction);
  const whole = parts.filter((part) => part !== null);
  return whole.length < parts.length ? null : whole.flat();
}

import type { EventCondition, Rule } from "../../language/tree.ts";
import type { JsonObject } from "../json.ts";
import { anyOf, atom, type Formula, formulaOf, type Leaf, plainOf, type Sense } from "../logic.ts";
import { MOST_ATOMS, MOST_GROUPS, normalForm } from "../normal-form.ts";
import { columnName, idOf, kindOfColumn, type Platform, rangeOf, unsaid } from "../platform.ts";
import { type HubSpotAtom, propertyFormula } from "./columns.ts";
import { writeEvents } from "./events.ts";

/**
 * A rule as a HubSpot list's filter branch (Lists API, 2026-03): AND branches in one OR branch, which takes the rule's
 * disjunctive normal form. Null where something can't be said.
 */
export function writeHubSpot(rule: Rule, platform: Platform): JsonObject | null {
  const formula = formulaOf(rule, "holds", (leaf, sense) => conditionOf(leaf, sense, platform));
  if (formula === null) return null;
  const form = normalForm(formula, "any");
  if (!form.ok) {
    const count = `${form.groups.toLocaleString("en")} branches with ${form.atoms.toLocaleString("en")} conditions`;
    const most = `at most ${MOST_GROUPS} with ${MOST_ATOMS.toLocaleString("en")} are written`;
    const what = `brackets in brackets: as ANDs joined by OR the rule takes ${count}; ${most}`;
    return unsaid(platform, rule, what, "Make parts of it segments of their own, and join those by IN SEGMENT.");
  }
  if (form.groups.length === 0 || form.groups.some((group) => group.length === 0))
    return unsaid(platform, rule, "a rule that holds for everybody or for nobody", "Look at its numbers.");
  return branch("OR", form.groups.map(andBranch), []);
}

function andBranch(atoms: readonly HubSpotAtom[]): JsonObject {
  const of = (kind: HubSpotAtom["kind"]) => atoms.flatMap((one) => (one.kind === kind ? [one.json] : []));
  return branch("AND", of("branch"), of("filter"));
}

function branch(type: "AND" | "OR", filterBranches: readonly JsonObject[], filters: readonly JsonObject[]): JsonObject {
  return { filterBranchType: type, filterBranchOperator: type, filterBranches, filters };
}

function conditionOf(rule: Leaf, sense: Sense, platform: Platform): Formula<HubSpotAtom> | null {
  switch (rule.kind) {
    case "happened":
      return happened(rule, sense, platform);
    case "sequence":
      return unsaid(
        platform,
        rule,
        "one event after another",
        "Make the sequence a feature, and send that as a property.",
      );
    case "measured":
      if (rule.measure.how === "count") return counted(rule, sense, platform);
      return unsaid(
        platform,
        rule,
        `${rule.measure.how.toUpperCase()} of an event's values`,
        "Make it a feature, and send that as a property.",
      );
    case "in segment": {
      const listId = idOf(platform, "segment", rule.segment.name);
      return atom({
        kind: "filter",
        json: { filterType: "IN_LIST", operator: sense === "holds" ? "IN_LIST" : "NOT_IN_LIST", listId },
      });
    }
    case "entered":
    case "left":
      return unsaid(platform, rule, `who ${rule.kind} a list when`, "It only knows who is in it now.");
    default: {
      const { condition, wanted } = plainOf(rule, sense);
      const kind = kindOfColumn(platform, rule.subject.name, null);
      return propertyFormula(condition, wanted, {
        platform,
        rule,
        kind,
        property: columnName(platform, rule.subject.name),
      });
    }
  }
}

type Happened = EventCondition & { kind: "happened" };

function happened(rule: Happened, sense: Sense, platform: Platform): Formula<HubSpotAtom> | null {
  const events = writeEvents(rule, { step: rule.step, window: rule.window }, platform);
  return events && occurring(events, rangeOf(rule.times), sense);
}

function counted(
  rule: EventCondition & { kind: "measured" },
  sense: Sense,
  platform: Platform,
): Formula<HubSpotAtom> | null {
  const { measure, test } = rule;
  const events = writeEvents(rule, measure, platform);
  const value = test.kind === "compare" && test.value.kind === "number" ? Number(test.value.value) : Number.NaN;
  if (events === null) return null;
  if (test.kind !== "compare" || !Number.isSafeInteger(value))
    return unsaid(
      platform,
      rule,
      "such a comparison of a count",
      "Compare it with a whole number, or use AT LEAST and AT MOST n TIMES.",
    );
  const ranges = {
    "=": { least: value, most: value },
    "!=": { least: value, most: value },
    ">": { least: value + 1, most: null },
    ">=": { least: value, most: null },
    "<": { least: 0, most: value - 1 },
    "<=": { least: 0, most: value },
  };
  const isTurned = test.operator === "!=";
  return occurring(events, ranges[test.operator], isTurned === (sense === "holds") ? "fails" : "holds");
}

/** How often, with the people who have none, whom HubSpot asks for in a branch of their own. */
function occurring(
  events: (times: { least: number; most: number | null } | "none") => HubSpotAtom,
  { least, most }: { least: number; most: number | null },
  sense: Sense,
): Formula<HubSpotAtom> {
  const between = (from: number, to: number | null): Formula<HubSpotAtom> => {
    if (to !== null && (to < 0 || to < from)) return anyOf();
    if (from > 0) return atom(events({ least: from, most: to }));
    const some = to === 0 ? [] : [atom(events({ least: 1, most: to }))];
    return anyOf(atom(events("none")), ...some);
  };
  if (sense === "holds") return between(least, most);
  const fewer = between(0, least - 1);
  return most === null ? fewer : anyOf(fewer, between(most + 1, null));
}

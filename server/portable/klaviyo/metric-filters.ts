import type { Rule, Step } from "../../language/tree.ts";
import { isTime } from "../../language/types.ts";
import type { JsonObject } from "../json.ts";
import { type Formula, formulaOf, plainOf } from "../logic.ts";
import { columnName, kindOfColumn, type Platform, unsaid } from "../platform.ts";
import { columnFormula, filtersOf } from "./columns.ts";

/** The conditions on a metric's properties, which are joined by AND alone. */
export function metricFilters(
  where: Rule,
  rule: Rule,
  { step, platform }: { step: Step; platform: Platform },
): JsonObject[] | null {
  const formula = formulaOf<JsonObject>(where, "holds", (leaf, sense) => {
    if (!("subject" in leaf)) return null;
    const { condition, wanted } = plainOf(leaf, sense);
    const kind = kindOfColumn(platform, leaf.subject.name, step);
    if (isTime(kind)) return unsaid(platform, rule, "conditions on an event's other times", "Make it a feature.");
    const property = columnName(platform, leaf.subject.name);
    const filters = filtersOf(condition, kind, { platform, rule });
    return filters && columnFormula(filters, wanted, (filter) => ({ property, filter }));
  });
  if (formula === null) return null;
  const list = conjunction(formula);
  return (
    list ??
    unsaid(platform, rule, "OR and NOT inside WHERE", "Split it into conditions on the event that AND or OR joins.")
  );
}

function conjunction(formula: Formula<JsonObject>): JsonObject[] | null {
  if (formula.kind === "atom") return [formula.atom];
  const [only] = formula.parts;
  if (formula.kind === "any") return formula.parts.length === 1 && only !== undefined ? conjunction(only) : null;
  const parts = formula.parts.map(conjunction);
  const whole = parts.filter((part) => part !== null);
  return whole.length < parts.length ? null : whole.flat();
}

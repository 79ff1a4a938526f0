import { compileRules } from "../../language/compile-rules.ts";
import { name as quoted } from "../../language/quote.ts";
import type { ColumnCondition, Rule } from "../../language/tree.ts";
import type { Plan } from "../../run/plan.ts";
import { type Finding, finding } from "../finding.ts";
import type { Check, Subject } from "../subject.ts";
import { keptRows } from "./kept-rows.ts";
import { type Provable, provable } from "./proving.ts";
import { textOf } from "./settled.ts";
import { type StoredResult, storedResult } from "./stored.ts";

/** An attribute that so many have no value of tells more about the data than about people. */
const MISSING = 0.4;

interface Placed {
  readonly rule: Provable;
  readonly condition: ColumnCondition;
}

/** Attributes that are often missing, and conditions on them that let in everybody or nobody; from results that are there. */
export const conditions: Check = async (subject) => {
  const found = await Promise.all(provable(subject).map((rules) => conditionsIn(rules, subject)));
  return found.flat();
};

async function conditionsIn(rules: readonly Provable[], subject: Subject): Promise<Finding[]> {
  const [first] = rules;
  const stored = first?.of == null ? null : await storedResult(subject.plan, first.of);
  const placed = rules.flatMap((rule) => columnConditions(rule.tree).map((condition) => ({ rule, condition })));
  if (first === undefined || stored === null || stored.rows === 0 || placed.length === 0) return [];
  const names = [...new Set(placed.map(({ condition }) => condition.subject.name))];
  const sql = countsSql(placed, names, { stored, plan: subject.plan });
  const [row] = (sql === null ? null : await keptRows(subject.plan.studies.request.engine, sql, subject.signal)) ?? [];
  if (row === undefined) return [];
  const counts = row.map(Number);
  const missing = new Map(names.map((name, index) => [name, (counts[index] ?? 0) / stored.rows]));
  return [
    ...names.flatMap((name) => missingFinding(name, missing.get(name) ?? 0, placed)),
    ...placed.flatMap((one, index) => idleFinding(one, counts[names.length + index] ?? 0, stored.rows)),
  ];
}

function missingFinding(name: string, share: number, placed: readonly Placed[]): Finding[] {
  const uses = placed.filter(({ condition }) => condition.subject.name === name);
  // Who asks whether there is a value has thought of it.
  if (share < MISSING || uses.some(({ condition }) => condition.kind === "known")) return [];
  const [first] = uses;
  if (first === undefined) return [];
  const { rule, condition } = first;
  const message = `\`${name}\` is missing for ${(100 * share).toFixed(0)} % of all people, and every comparison with it leaves them out.`;
  const hint = `Fill it where it is made, or say what those are who have none: \`${name} is not known\`.`;
  const guard = { segment: null, about: name };
  return [finding(rule.studied, rule.place(condition.from), { code: "attribute-missing", message, hint, guard })];
}

function idleFinding({ rule, condition }: Placed, people: number, all: number): Finding[] {
  // Of a rule of one condition its segment's size tells it.
  if (condition === rule.tree || (people > 0 && people < all)) return [];
  const said = textOf(rule, condition);
  const message = `${people === 0 ? "Nobody" : "Everybody"} of the last result fits \`${said}\`.`;
  const hint = people === 0 ? "Compare it with the column's values." : "It changes nothing as the data are.";
  const guard = { segment: rule.name, about: said };
  return [finding(rule.studied, rule.place(condition.from), { code: "condition-idle", message, hint, guard })];
}

/** Missing values of each attribute and people of each condition, in one pass over what is segmented. */
function countsSql(
  placed: readonly Placed[],
  names: readonly string[],
  { stored, plan }: { stored: StoredResult; plan: Plan },
): string | null {
  const [first] = placed;
  if (first === undefined) return null;
  const { entity } = plan.notebook.head;
  const compiled = compileRules({
    ...{ of: "people", entity, ofColumns: stored.columns, cell: "", clock: plan.studies.request.clock },
    rules: placed.map(({ condition }, index) => ({ name: `condition ${index}`, rule: condition })),
    vocabulary: { ...first.rule.vocabulary, attributes: stored.columns },
    extraColumns: names.filter((name) => name !== entity),
  });
  if (!compiled.ok) return null;
  const missing = names.map((name) => `count(*) - count(${quoted(name)})`);
  const fitting = placed.map((_, index) => `count(*) FILTER (WHERE ${quoted(`condition ${index}`)})`);
  return `WITH people AS (SELECT * FROM ${stored.from})
SELECT ${[...missing, ...fitting].join(", ")} FROM (${compiled.sql})`;
}

function columnConditions(rule: Rule): ColumnCondition[] {
  switch (rule.kind) {
    case "and":
    case "or":
      return rule.parts.flatMap(columnConditions);
    case "not":
      return columnConditions(rule.part);
    default:
      return "subject" in rule ? [rule] : [];
  }
}

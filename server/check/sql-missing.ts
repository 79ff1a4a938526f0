import type { FeaturesBody } from "../cells/features.ts";
import type { SourceBody } from "../cells/source/schema.ts";
import { bodyOf } from "./body-of.ts";
import type { Facts } from "./facts.ts";
import { type Finding, findingAt } from "./finding.ts";
import { scopeNodes } from "./sql/certain.ts";
import type { Scope } from "./sql/scope.ts";
import type { Origin } from "./sql/shape.ts";
import { conjuncts, constantOf, type Node, nodeOf, nodesOf, textOf } from "./sql/tree.ts";
import type { Statement } from "./statements.ts";
import type { Check } from "./subject.ts";

/** Conditions that a missing value makes never true. */
export const sqlMissing: Check = ({ statements, facts }) =>
  statements.flatMap((statement) => {
    const { scopes } = facts.scopes(statement);
    return scopes.flatMap((scope) =>
      [...scopeNodes(scope)].flatMap((node) => [
        ...comparedWithNull(node, statement),
        ...notInMissing(node, { scopes, statement, facts }),
      ]),
    );
  });

function comparedWithNull(node: Node, statement: Statement): Finding[] {
  const type = textOf(node, "type");
  const isEqual = type === "COMPARE_EQUAL";
  if (!isEqual && type !== "COMPARE_NOTEQUAL") return [];
  const right = constantOf(nodeOf(node, "right"));
  if (right !== null && constantOf(nodeOf(node, "left")) !== null) return [];
  const written = /^(?:==?|<>|!=)\s*NULL\b/i.exec(statement.text.slice(statement.at(node)))?.[0];
  const to = isEqual ? "IS NULL" : "IS NOT NULL";
  const message = "A comparison with NULL is never true, not even where the value is missing.";
  const hint = `Write \`${to}\`.`;
  const fix = written === undefined ? {} : ({ fix: { how: "replace", from: written, to } } as const);
  return [findingAt(statement, node, { code: "compare-null", message, hint, ...fix })];
}

interface Around {
  readonly scopes: readonly Scope[];
  readonly statement: Statement;
  readonly facts: Facts;
}

function notInMissing(node: Node, { scopes, statement, facts }: Around): Finding[] {
  const [child] = node.type === "OPERATOR_NOT" ? nodesOf(node, "children") : [];
  if (child?.class !== "SUBQUERY" || textOf(child, "subquery_type") !== "ANY") return [];
  const inner = nodeOf(nodeOf(child, "subquery") ?? {}, "node");
  const scope = scopes.find((one) => one.node === inner);
  const [item] = scope === undefined ? [] : nodesOf(scope.node, "select_list");
  if (scope === undefined || item === undefined) return [];
  const column = scope.resolve(item);
  if (column === null || column.origin === null || isNeverMissing(column.origin, facts)) return [];
  const kept = conjuncts(nodeOf(scope.node, "where_clause")).filter((one) => one.type === "OPERATOR_IS_NOT_NULL");
  if (kept.some((one) => nodesOf(one, "children").some((inner) => scope.resolve(inner)?.id === column.id))) return [];
  const message = `If any \`${column.name}\` is missing, this NOT IN is true for nobody.`;
  const hint = `Write \`NOT EXISTS\` or \`ANTI JOIN\`, or add \`WHERE ${column.name} IS NOT NULL\`.`;
  return [findingAt(statement, child, { code: "not-in-missing", message, hint })];
}

function isNeverMissing({ relation, column }: Origin, facts: Facts): boolean {
  const { head } = facts.plan.notebook;
  const studied = facts.plan.cells.find(({ cell }) => cell.id === relation);
  if (studied === undefined) return false;
  if (studied.cell.kind !== "source") {
    const from = bodyOf<Partial<FeaturesBody>>(studied);
    return (
      from !== null &&
      column === head.entity &&
      ["features", "score", "segments", "cluster"].includes(studied.cell.kind)
    );
  }
  const columns = Object.entries(bodyOf<SourceBody>(studied)?.columns ?? {});
  return columns.some(([name, one]) => name.toLowerCase() === column.toLowerCase() && one.required);
}

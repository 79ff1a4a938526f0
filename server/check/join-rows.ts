import { type Finding, findingAt } from "./finding.ts";
import { functionName, scopeNodes } from "./sql/certain.ts";
import { isAggregate } from "./sql/functions.ts";
import type { Scope, ScopeJoin } from "./sql/scope.ts";
import { nodesOf, textOf } from "./sql/tree.ts";
import type { Statement } from "./statements.ts";
import type { Check } from "./subject.ts";

/** Aggregates that give the same however often a row comes. */
const UNMOVED = new Set(["min", "max", "bool_and", "bool_or", "any_value", "approx_count_distinct"]);

/** Joins after which there are more rows than before, and sums over rows that a join has repeated. */
export const joinRows: Check = ({ statements, facts }) =>
  statements.flatMap((statement) =>
    facts
      .scopes(statement)
      .scopes.flatMap((scope) => [
        ...scope.joins.flatMap((join) => (isUnmoved(scope) ? [] : multiplied(join, statement))),
        ...repeatedSums(scope, statement),
      ]),
  );

function multiplied(join: ScopeJoin, statement: Statement): Finding[] {
  const { equal, left, right, node } = join;
  if (join.leftIsUnique || join.rightIsUnique || join.hasMore) return [];
  if ([...left, ...right].some(({ shape }) => shape.opaque)) return [];
  const one = named(left);
  const other = named(right);
  // A list of tables has no place of its own.
  const at = typeof node.query_location === "number" && node.query_location < 1e15 ? node : right[0]?.node;
  if (at === undefined) return [];
  if (equal.length === 0) {
    if (textOf(node, "ref_type") === "POSITIONAL") return [];
    const message = `Every row of ${one} is put beside every row of ${other}: nothing says which belong together.`;
    const hint = "Add `USING (key)`, or `ON a.key = b.key`.";
    return [findingAt(statement, at, { code: "join-without-key", message, hint })];
  }
  const keys = [...new Set(equal.map(({ right: { name } }) => `\`${name}\``))].join(", ");
  const message = `This join may multiply rows: ${keys} is not known to be unique in ${one} or in ${other}.`;
  const hint = `Say \`unique: true\` in the source where it is, or join one row a key: \`(SELECT … GROUP BY ${keys.replaceAll("`", "")})\`.`;
  return [findingAt(statement, at, { code: "join-multiplies", message, hint })];
}

function named(tables: ScopeJoin["left"]): string {
  return tables
    .map(({ alias, relation }) => ((relation ?? alias) ? `\`${relation ?? alias}\`` : "a subquery"))
    .join(" and ");
}

/** Whether it does not matter how often a row comes. */
function isUnmoved(scope: Scope): boolean {
  const aggregates = [...scopeNodes(scope)].filter(
    (node) => node.class === "FUNCTION" && isAggregate(functionName(node)),
  );
  const isDistinct = nodesOf(scope.node, "modifiers").some(
    (one) => textOf(one, "type") === "DISTINCT_MODIFIER" && nodesOf(one, "distinct_on_targets").length === 0,
  );
  if (aggregates.length === 0) return isDistinct || scope.groups !== null;
  return aggregates.every((node) => node.distinct === true || UNMOVED.has(functionName(node)));
}

/** Sums of a column of the side whose rows the other side repeats. */
function repeatedSums(scope: Scope, statement: Statement): Finding[] {
  if (scope.groups === null) return [];
  return [...scopeNodes(scope)].flatMap((node) => {
    const [value] = nodesOf(node, "children");
    if (node.class !== "FUNCTION" || functionName(node) !== "sum" || value === undefined) return [];
    const column = scope.resolve(value);
    const join = column === null ? undefined : scope.joins.find((one) => repeats(one, column.table));
    if (column === null || join === undefined || node.distinct === true) return [];
    const many = join.leftIsUnique ? join.right : join.left;
    const message = `\`${column.name}\` is added once for every row of ${named(many)}: the join repeats the rows of ${named([column.table])}.`;
    const hint = "Add it up before the join, in a subquery or a cell of its own.";
    return [findingAt(statement, node, { code: "join-repeats", message, hint })];
  });
}

function repeats(join: ScopeJoin, table: Scope["tables"][number]): boolean {
  if (join.equal.length === 0 || join.leftIsUnique === join.rightIsUnique) return false;
  return (join.leftIsUnique ? join.left : join.right).includes(table);
}

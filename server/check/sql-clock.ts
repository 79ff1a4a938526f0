import { findingAt } from "./finding.ts";
import { functionName, scopeNodes } from "./sql/certain.ts";
import { columnNames, type Node, nodesOf } from "./sql/tree.ts";
import type { Check } from "./subject.ts";

const CLOCK = new Set([
  "ago",
  "now",
  "today",
  "current_date",
  "current_time",
  "current_timestamp",
  "current_localtime",
  "current_localtimestamp",
  "localtime",
  "localtimestamp",
  "get_current_time",
  "get_current_timestamp",
  "transaction_timestamp",
]);

/** SQL that asks the machine's clock, which the notebook's moment does not reach. */
export const sqlClock: Check = ({ statements, facts }) =>
  statements.flatMap((statement) =>
    facts.scopes(statement).scopes.flatMap((scope) =>
      [...scopeNodes(scope)].flatMap((node) => {
        const name = clockName(node);
        if (name === null || (node.class === "COLUMN_REF" && scope.resolve(node)?.type)) return [];
        const message = `\`${name}\` is the machine's clock: the result changes by itself, and what came after \`as_of\` counts.`;
        const hint = "Write `$as_of`, the notebook's own moment, or `$as_of::DATE` for its day.";
        return [findingAt(statement, node, { code: "sql-clock", message, hint })];
      }),
    ),
  );

function clockName(node: Node): string | null {
  const names = columnNames(node);
  const name = names?.length === 1 ? names[0]?.toLowerCase() : node.class === "FUNCTION" ? functionName(node) : null;
  // Of one moment `age` is the time since then until today.
  if (name === "age" && nodesOf(node, "children").length === 1) return "age(…)";
  if (name === null || name === undefined || !CLOCK.has(name)) return null;
  return names === null ? `${name}()` : name;
}

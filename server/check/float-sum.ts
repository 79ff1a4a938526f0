import { findingAt } from "./finding.ts";
import { functionName, scopeNodes } from "./sql/certain.ts";
import { SUMS } from "./sql/functions.ts";
import { nodesOf } from "./sql/tree.ts";
import { isFloating, typeOf } from "./sql/types.ts";
import type { Check } from "./subject.ts";

/** Sums of these have whole numbers and decimals for exact parts. */
const EXACT_FOR_DECIMALS = new Set(["sum", "avg", "mean"]);

/** Sums of doubles, whose last digits depend on how many threads the machine has. */
export const floatSum: Check = ({ statements, facts }) =>
  statements
    .filter(({ form }) => form === "query")
    .flatMap((statement) =>
      facts.scopes(statement).scopes.flatMap((scope) =>
        [...scopeNodes(scope)].flatMap((node) => {
          const name = functionName(node);
          if (node.class !== "FUNCTION" || !SUMS.has(name)) return [];
          const [value] = nodesOf(node, "children");
          const isFloat = value !== undefined && isFloating(typeOf(value, scope));
          if (value === undefined || (EXACT_FOR_DECIMALS.has(name) && !isFloat)) return [];
          const message = `\`${name}\` adds doubles: its last digits depend on the order of the rows and on the machine's threads.`;
          const hint = EXACT_FOR_DECIMALS.has(name)
            ? `Write \`${name}(x::DECIMAL(18, 4))\` where digits count; a lock compares doubles with a tolerance.`
            : "Round the result where digits count; a lock compares doubles with a tolerance.";
          return [findingAt(statement, node, { code: "float-sum", message, hint })];
        }),
      ),
    );

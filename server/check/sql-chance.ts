import { findingAt } from "./finding.ts";
import { functionName, scopeNodes } from "./sql/certain.ts";
import type { Node } from "./sql/tree.ts";
import { nodeOf } from "./sql/tree.ts";
import type { Check } from "./subject.ts";

const RANDOM = new Set(["random", "uuid", "gen_random_uuid", "uuidv4", "uuidv7", "setseed"]);

/** Values and samples that chance picks anew in every run. */
export const sqlChance: Check = ({ statements, facts }) =>
  statements.flatMap((statement) =>
    facts.scopes(statement).scopes.flatMap((scope) => [
      ...[...scopeNodes(scope)]
        .filter((node) => node.class === "FUNCTION" && RANDOM.has(functionName(node)))
        .map((node) => {
          const message = `\`${functionName(node)}()\` is another value in every run, so the result can't be had again.`;
          const hint = "Make the number of a key, such as `hash(customer_id) % 100`, which stays the same.";
          return findingAt(statement, node, { code: "sql-random", message, hint });
        }),
      ...[...scopeNodes(scope)].filter(isUnseeded).map((node) => {
        const message = "This sample has no seed: every run takes other rows.";
        const hint = "Take rows by their key, such as `WHERE hash(customer_id) % 10 = 0`, or add `REPEATABLE (1)`.";
        // A sample of the whole SELECT stands behind its FROM.
        const at = node === scope.node ? (nodeOf(node, "from_table") ?? node) : node;
        return findingAt(statement, at, { code: "sample-unseeded", message, hint });
      }),
    ]),
  );

function isUnseeded(node: Node): boolean {
  const sample = nodeOf(node, "sample");
  return sample !== null && Number(sample.seed) < 0;
}

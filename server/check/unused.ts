import { finding } from "./finding.ts";
import { nodesOf } from "./sql/tree.ts";
import type { Check } from "./subject.ts";

/** Sources that nothing reads, inputs that nothing uses, and queries of WITH that are never named. Other cells show what they yield. */
export const unused: Check = ({ plan, statements, facts }) => {
  const withs = statements.flatMap((statement) =>
    facts.scopes(statement).unread.map(({ name, query }) => {
      const [first = query] = nodesOf(query, "select_list");
      const before = statement.text.slice(0, statement.at(first));
      // Of a name of WITH the engine gives no place.
      const named = [
        ...before.matchAll(new RegExp(`(?<!\\w)${name.replaceAll(/[^\w]/g, "\\$&")}(?=\\W[^;]*\\bAS\\b)`, "gi")),
      ].at(-1);
      const at = named?.index ?? 0;
      const words = { message: `Nothing reads \`${name}\`.`, hint: "Take it out, or read it." };
      return finding(statement.studied, statement.place(at), { code: "unused-with", ...words });
    }),
  );
  // What a cell that can't be read would use is not known.
  if (plan.cells.some(({ kind, reading }) => kind !== null && reading === null)) return withs;
  const read = new Set(plan.cells.flatMap(({ relations }) => relations));
  const used = new Set(plan.cells.flatMap(({ cell, inputs }) => (cell.kind === "input" ? [] : inputs)));
  // Where there are sources alone, they are what is to be seen.
  const isBegun = plan.cells.some(({ relations }) => relations.length > 0);
  const momentOf = /^\$(.*)/.exec(plan.notebook.head.as_of)?.[1];
  if (momentOf !== undefined) used.add(momentOf);
  const cells = plan.cells.flatMap((studied) => {
    const { id, kind } = studied.cell;
    if (kind === "input" && !used.has(id)) {
      const message = `Nothing uses the input \`${id}\`: changing it changes nothing.`;
      return [
        finding(studied, null, {
          code: "unused-input",
          message,
          hint: `Use \`$${id}\` somewhere, or take the cell out.`,
        }),
      ];
    }
    const isRead = [...read].some((name) => name === id || name.startsWith(`${id}_`));
    if (kind !== "source" || isRead || !isBegun) return [];
    const message = `Nothing reads \`${id}\`, and no rule speaks of its events.`;
    return [finding(studied, null, { code: "unused-source", message, hint: "Take the cell out, or read it." })];
  });
  return [...withs, ...cells];
};

import { type Choice, choose } from "../../../../server/language/ready/choose.ts";
import { guessRoles, type Roles } from "../../../../server/language/ready/roles.ts";
import type { EventWord } from "../../../../server/language/vocabulary.ts";
import { isProblem } from "../../../../server/notebook/is-problem.ts";
import { cell } from "../../run/notebook-runs.ts";

/** Cells for a choice of ready features: the sources that it needs, and a features cell `ready` of one row for each of `from`. */
export function readyCells(choice: Choice, events: readonly EventWord[], from: string | null = null): string {
  const { sources, columns } = choose(choice, { events, entity: "customer_id", ids: [], columns: [] });
  const lines = columns.flatMap(({ name, expression }) => [`  ${name}: |-`, `    ${expression}`]);
  const features = [...(from === null ? [] : [`from: ${from}`]), "columns:", ...lines].join("\n");
  return [
    ...sources.map(({ id, body }) => cell("source", id, body.trimEnd())),
    cell("features", "ready", features),
  ].join("");
}

/** What is guessed, with some roles chosen and some left out (as an empty name). */
export function rolesFor(events: readonly EventWord[], chosen: Roles = {}): Roles {
  return guessRoles(events, chosen);
}

/** Rows of a page as objects. */
export function objects(page: object): Record<string, unknown>[] {
  if (isProblem(page)) throw new Error(page.message);
  const { columns, rows } = page as { columns: { name: string }[]; rows: unknown[][] };
  return rows.map((row) => Object.fromEntries(columns.map(({ name }, place) => [name, row[place]])));
}

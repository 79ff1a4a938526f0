import { parseBody } from "../../notebook/body.ts";
import type { Cell } from "../../notebook/model.ts";

/** What decides who is in one of a cell's segments, as text: the same while no edit touches that. */
export function definitionOf(cell: Cell, segment: string): string {
  const { value } = parseBody(cell);
  if (value === null) return cell.body;
  const rules = cell.kind === "segments" ? rulesOf(value.segments) : null;
  if (rules === null) return JSON.stringify(Object.entries(value).filter(([key]) => key !== "accept"));
  const at = rules.findIndex(([name]) => name === segment);
  // Whoever is in none of the others, or in none of those before it.
  const others = at < 0 ? rules : value.exclusive === true ? rules.slice(0, at) : [];
  return JSON.stringify([value.of, rules[at]?.[1] ?? null, others.map(([, rule]) => rule)]);
}

function rulesOf(segments: unknown): [string, unknown][] | null {
  return typeof segments === "object" && segments !== null ? Object.entries(segments) : null;
}

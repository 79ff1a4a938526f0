import type { Match } from "./sql-work.ts";
import { kindOf, scaleOfType } from "./types.ts";

/** How keys of two types are compared. Unknown types are compared as they are. */
export function matchOf(left: string | null, right: string | null): Match {
  if (left === null || right === null) return "as is";
  if (left.toUpperCase() === right.toUpperCase()) return "as is";
  const kinds = [kindOf(left), kindOf(right)];
  if (kinds[0] === "number" && kinds[1] === "number") return "as is";
  if (kinds.includes("number") && kinds.includes("text")) {
    const number = kinds[0] === "number" ? left : right;
    return scaleOfType(number) === 0 ? "digits" : "double";
  }
  return "digits";
}

/** The one form for keys of several relations that are put together. */
export function matchOfAll(matches: readonly Match[]): Match {
  if (matches.includes("double")) return "double";
  return matches.includes("digits") ? "digits" : "as is";
}

/** A key in the form in which it is compared. A text that is no number has no double, and so matches nothing. */
export function keySql(column: string, match: Match): string {
  if (match === "as is") return column;
  return match === "digits" ? `CAST(${column} AS VARCHAR)` : `TRY_CAST(${column} AS DOUBLE)`;
}

import type { Problem } from "../../notebook/model.ts";
import type { StudyContext } from "../kind.ts";

const NUMERIC = /^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL\(\d+,\s*\d+\)|DECIMAL|BOOLEAN)$/;

/** What is wrong with a column that distances can't be made of; null where they can. Booleans are 0 and 1. */
export function notNumeric(
  { name, type }: { readonly name: string; readonly type: string },
  context: Pick<StudyContext, "problem">,
  place: { line: number; column: number },
): Problem | null {
  if (NUMERIC.test(type)) return null;
  const message = `\`${name}\` is ${type}; clustering needs numbers.`;
  const hint = /^(DATE|TIMESTAMP|TIME)/.test(type)
    ? "Make a number of it in a features or sql cell, such as the days since then."
    : "Make a number of it in a features or sql cell.";
  return context.problem({ code: "column-not-numeric", message, hint, place });
}

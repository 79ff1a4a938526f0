import { lineStarts } from "../notebook/lines.ts";
import type { Problem } from "../notebook/model.ts";
import { CODES } from "./codes.ts";
import type { Fix } from "./finding.ts";

const MISSPELLED = new Set(CODES.filter(({ fix }) => fix === "spelling").map(({ code }) => code));

/** How a problem of planning is mended, where it is certain: a rule as a block, a name that differs in case, blanks and dashes alone. */
export function spellingFix(problem: Problem, text: string): Fix | null {
  const { code, line, column, hint } = problem;
  // In braces a comma may have split the rule, and what belongs to it is a guess.
  if (code === "rule-needs-block") return hint.includes("without { }") ? null : { how: "block" };
  if (!MISSPELLED.has(code) || line === null || column === null) return null;
  const to = /^Did you mean `([^`]+)`\?/.exec(hint)?.[1];
  const start = lineStarts(text)[line - 1];
  if (to === undefined || start === undefined) return null;
  const from = text.slice(start + column - 1, start + column - 1 + to.length);
  const after = text.charAt(start + column - 1 + to.length);
  const isWhole = !/[\p{L}\p{N}_-]/u.test(after);
  return isWhole && from !== to && plain(from) === plain(to) ? { how: "replace", from, to } : null;
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[\s_-]/g, "_");
}

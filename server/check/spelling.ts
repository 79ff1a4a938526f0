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
  const start = lineStarts(text)[line - 1];
  if (start === undefined || !hint.startsWith("Did you mean ")) return null;
  const rest = text.slice(start + column - 1);
  const fixes = [...hint.matchAll(/`([^`]+)`/g)].flatMap(([, to = ""]) => {
    const from = rest.slice(0, to.length);
    const isWhole = !/[\p{L}\p{N}_-]/u.test(rest.charAt(to.length));
    return isWhole && from !== to && plain(from) === plain(to) ? [{ how: "replace", from, to } as const] : [];
  });
  return fixes.length === 1 ? (fixes[0] ?? null) : null;
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[\s_-]/g, "_");
}

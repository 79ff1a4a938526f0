import type { LanguageProblem } from "./vocabulary.ts";

/** Problems in the order of the text, each once. */
export function orderProblems(problems: readonly LanguageProblem[]): LanguageProblem[] {
  const seen = new Set<string>();
  return [...problems]
    .sort((a, b) => a.from - b.from || a.to - b.to)
    .filter((problem) => {
      const key = `${problem.code} ${problem.from} ${problem.to}`;
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    });
}

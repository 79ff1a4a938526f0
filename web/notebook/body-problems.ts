import type { Cell, Problem } from "../../server/notebook/model.ts";

/** Problems whose place is in a cell's body, with lines counted from the body's first. */
export function inBody(problems: readonly Problem[], cell: Cell): Problem[] {
  return problems
    .filter((problem) => isInBody(problem, cell))
    .map((problem) => ({ ...problem, line: (problem.line ?? 0) - cell.bodyLine + 1 }));
}

export function isInBody(problem: Problem, cell: Cell): boolean {
  return problem.line !== null && problem.line >= cell.bodyLine;
}

import type { Diagnostic } from "@codemirror/lint";
import type { Text } from "@codemirror/state";
import { render } from "lit";
import { withCode } from "./with-code.ts";

/** A problem with its place in the editor's own text: lines and columns from 1; null where it has no place. */
export interface EditorProblem {
  severity: "error" | "warning" | "note";
  line: number | null;
  column: number | null;
  message: string;
  hint: string;
  code?: string;
  /** Where it is told in words besides: such a one is only underlined. */
  told?: "elsewhere";
}

const SEVERITIES = { error: "error", warning: "warning", note: "info" } as const;

/**
 * The same in a text that was edited since: what stands before and behind the edit keeps its place, and what the edit took
 * the place of is told where it begins.
 */
export function movedDiagnostics(diagnostics: readonly Diagnostic[], was: string, is: string): Diagnostic[] {
  const moved = mover(was, is);
  return diagnostics.map((each) => ({
    ...each,
    from: moved(each.from),
    to: Math.max(moved(each.from), moved(each.to)),
  }));
}

/** Where a place of a text is in what it was edited to. */
export function mover(was: string, is: string): (place: number) => number {
  if (was === is) return (place) => place;
  let before = 0;
  while (before < was.length && before < is.length && was[before] === is[before]) before += 1;
  const most = Math.min(was.length, is.length) - before;
  let behind = 0;
  while (behind < most && was.at(-1 - behind) === is.at(-1 - behind)) behind += 1;
  return (place) => {
    if (place <= before) return place;
    return place >= was.length - behind ? place + is.length - was.length : before;
  };
}

/** Problems as the editor underlines them: the word at the place, or the whole line where no column is known. */
export function diagnosticsOf(problems: readonly EditorProblem[], text: Text): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  for (const problem of problems) {
    if (problem.line === null || problem.line < 1 || problem.line > text.lines) continue;
    const line = text.line(problem.line);
    const indent = /^\s*/.exec(line.text)?.[0].length ?? 0;
    const offset = problem.column === null ? indent : Math.min(problem.column - 1, line.length);
    const length = problem.column === null ? line.length - indent : wordLength(line.text.slice(offset));
    // What stands at a line's very end marks the sign before it: an empty stretch would not be seen.
    const from = length === 0 ? Math.max(line.from, line.from + offset - 1) : line.from + offset;
    diagnostics.push({
      from,
      to: Math.min(line.to, line.from + offset + length),
      severity: SEVERITIES[problem.severity],
      message: problem.hint ? `${problem.message}\n${problem.hint}` : problem.message,
    });
  }
  return diagnostics.sort((a, b) => a.from - b.from);
}

/** The same with a tooltip that shows what stands in backticks as code. */
export function withCodeShown(diagnostic: Diagnostic): Diagnostic {
  const renderMessage = () => {
    const tip = document.createElement("span");
    render(withCode(diagnostic.message), tip);
    tip.style.whiteSpace = "pre-line";
    return tip;
  };
  return { ...diagnostic, renderMessage };
}

/** A word, a quoted text or a single sign. */
function wordLength(text: string): number {
  return /^(?:[\w$.]+|'[^']*'|"[^"]*"|`[^`]*`|\S)/.exec(text)?.[0].length ?? 0;
}

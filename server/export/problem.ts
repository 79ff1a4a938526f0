import { html, type Markup } from "./markup.ts";

export interface ShownProblem {
  readonly severity: "error" | "warning" | "note";
  readonly message: string;
  readonly hint: string;
  /** Where in the cell, where that is not a line. */
  readonly place?: string;
  readonly line?: number | null;
  readonly column?: number | null;
}

const MARKS = { error: "✕", warning: "◆", note: "–" } as const;

/** What is wrong, where, and what to do. */
export function problemLine(problem: ShownProblem): Markup {
  const { severity, message, hint, place, line = null, column = null } = problem;
  const where = [place ?? null, line === null ? null : `line ${line}`, column === null ? null : `column ${column}`];
  const words = where.filter((part) => part !== null).join(", ");
  return html`<div class="problem ${severity}"><span aria-hidden="true">${MARKS[severity]}</span><p><span class="spoken">${severity}: </span>${
    words === "" ? null : html`<code>${words}</code> `
  }${withCode(message)}${hint === "" ? null : html`<br><span class="hint">${withCode(hint)}</span>`}</p></div>`;
}

/** Text whose `ticked` parts are names. */
export function withCode(text: string): Markup {
  return html`${text.split(/(`[^`]+`)/).map((part) => (/^`[^`]+`$/.test(part) ? html`<code>${part.slice(1, -1)}</code>` : part))}`;
}

import { html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Cell, Problem } from "../../server/notebook/model.ts";
import "../parts/button.ts";
import type { EditorProblem } from "../parts/editor.ts";
import "../parts/problem.ts";
import { isGuard } from "../state/findings.ts";
import { inBody, isInBody } from "./body-problems.ts";

interface Around {
  readonly cell: Cell;
  readonly folded: boolean;
  readonly edit: () => void;
  readonly toHead: () => void;
}

/** A cell's problems under its text. An open editor shows those that are in the text itself; findings of segments are listed apart. */
export function cellProblems(all: readonly Problem[], { cell, folded, edit, toHead }: Around) {
  const shown = all.filter((problem) => !isGuard(problem) && (folded || !isInBody(problem, cell)));
  return repeat(
    shown,
    (problem) => `${problem.code} ${problem.line} ${problem.column} ${problem.message}`,
    (problem) => html`<seg-problem .problem=${problem} @place=${edit}
      >${
        problem.code === "excluded"
          ? html`<seg-button slot="action" kind="quiet" @click=${toHead}>To the head</seg-button>`
          : nothing
      }</seg-problem
    >`,
  );
}

/** Problems in a cell's body, as its editor marks them. */
export function editorProblems(all: readonly Problem[], cell: Cell): EditorProblem[] {
  return inBody(all, cell).map((problem) => (isGuard(problem) ? { ...problem, told: "elsewhere" } : problem));
}

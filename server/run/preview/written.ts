import type { ScoreBody } from "../../cells/score.ts";
import type { SegmentsBody } from "../../cells/segments.ts";
import type { Problem } from "../../notebook/model.ts";
import type { Plan } from "../plan.ts";
import { problemMaker, type StudiedCell } from "../studied.ts";

/** The rules of a segments or score cell as its text has them. */
export interface Written {
  readonly studied: StudiedCell;
  /** The relation of the people. */
  readonly of: string;
  readonly rules: readonly { readonly name: string; readonly text: string }[];
  /** Whether the first rule that takes a person is the only one that counts. */
  readonly exclusive: boolean;
}

/** The rules of a cell, or why there are none to be asked. */
export function writtenIn(plan: Plan, id: string): Written | Problem {
  const studied = plan.cells.find(({ cell }) => cell.id === id);
  if (studied === undefined) {
    const message = `There is no cell \`${id}\` in the notebook.`;
    const place = { cell: null, line: null, column: null };
    return { code: "unknown-cell", severity: "error", message, hint: "Reload the notebook.", ...place };
  }
  const { cell, reading } = studied;
  const problem = problemMaker(cell);
  if (reading === null) {
    const hint = studied.problems[0]?.message ?? "See what is said of the cell.";
    return problem({ code: "cell-unreadable", message: `The text of \`${id}\` can't be read.`, hint });
  }
  if (cell.kind === "segments") {
    const body = reading.body as SegmentsBody;
    const rules = Object.entries(body.segments).map(([name, text]) => ({ name, text }));
    return { studied, of: body.of, rules, exclusive: body.exclusive };
  }
  if (cell.kind === "score") {
    const body = reading.body as ScoreBody;
    const rules = body.points.map(({ when }, index) => ({ name: `points_${index + 1}`, text: when }));
    return { studied, of: body.of, rules, exclusive: false };
  }
  return problem({ code: "no-rules", message: `\`${id}\` has no rules.`, hint: "Ask a segments or a score cell." });
}

import { asOfKind } from "../../cells/as-of/kinds.ts";
import type { Problem } from "../../notebook/model.ts";
import { nearest } from "../../notebook/nearest.ts";
import type { Plan } from "../plan.ts";
import type { StudiedCell } from "../studied.ts";
import type { ReplayRequest } from "./view.ts";

export interface ReplayGoal {
  readonly studied: StudiedCell;
  readonly segment: string;
  /** The column of the cell's relation that names segments. */
  readonly column: string;
}

/** Kinds whose relations name segments. */
const COLUMNS: Readonly<Record<string, string>> = { segments: "segment", score: "band" };

/** The segment that is meant, or why it can't be replayed. */
export function goalOf(plan: Plan, { cell, segment }: Pick<ReplayRequest, "cell" | "segment">): ReplayGoal | Problem {
  const problem = (code: string, message: string, hint: string): Problem => {
    return { code, severity: "error", cell, line: null, column: null, message, hint };
  };
  const studied = plan.cells.find((one) => one.cell.id === cell);
  if (studied === undefined) {
    const near = nearest(
      cell,
      plan.cells.map((one) => one.cell.id),
    );
    const hint = near[0] === undefined ? "Name a segments cell." : `Did you mean \`${near[0]}\`?`;
    return problem("unknown-cell", `This notebook has no cell \`${cell}\`.`, hint);
  }
  const column = COLUMNS[studied.cell.kind];
  if (column === undefined || asOfKind(studied.cell.kind) === null) {
    const message = `\`${cell}\` is a ${studied.cell.kind} cell: who would have been in when can't be told of it.`;
    return problem("not-replayable", message, "Segments and the bands of a score can be replayed.");
  }
  const [fault] = [...plan.problems, ...studied.problems].filter(({ severity }) => severity === "error");
  if (fault !== undefined) return fault;
  if (studied.reading === null || studied.blockedBy.length > 0) {
    const message = `\`${cell}\` needs ${studied.blockedBy.join(", ")}, where something is wrong.`;
    return problem("blocked", message, "Mend that first.");
  }
  const names = namesIn(studied);
  if (names.includes(segment)) return { studied, segment, column };
  const [near] = nearest(segment, names);
  const hint =
    near === undefined ? `It has ${names.map((name) => `\`${name}\``).join(", ")}.` : `Did you mean \`${near}\`?`;
  return problem("unknown-segment", `\`${cell}\` has no segment \`${segment}\`.`, hint);
}

function namesIn({ kind, reading }: StudiedCell): readonly string[] {
  if (reading === null) return [];
  const own = kind?.segments?.(reading.body);
  const { bands } = reading.body as { bands?: Readonly<Record<string, unknown>> };
  return own ?? Object.keys(bands ?? {});
}

import { togetherTold } from "../../figures/together-told.ts";
import type { Verdict } from "../../run/lock/compare.ts";
import type { CellView } from "../../run/view.ts";

/** What `run --json` prints of a cell. */
export function jsonLine(cell: CellView) {
  const error = cell.problems.find((problem) => problem.severity === "error");
  const ended = cell.state === "fresh" ? (cell.origin === "computed" ? "ran" : "cached") : null;
  return {
    cell: cell.id,
    kind: cell.kind,
    state: ended ?? (cell.state === "failed" ? "failed" : "skipped"),
    rows: cell.rows,
    ms: cell.ms === null ? null : Math.round(cell.ms),
    key: cell.key,
    reason: cell.reasons.length === 0 ? null : togetherTold(cell.reasons),
    error:
      error === undefined
        ? null
        : { code: error.code, line: error.line, column: error.column, message: error.message, hint: error.hint },
    findings: cell.problems.filter((problem) => problem !== error).map(({ cell: _, ...problem }) => problem),
  };
}

/** The lines of `run --locked --json`: each cell with its verdict, null where it yields nothing; then the lock's that are gone. */
export function lockedLines(cells: readonly CellView[], verdicts: readonly Verdict[]): object[] {
  const left = new Map(verdicts.map((verdict) => [verdict.cell, verdict]));
  const lines = cells.map((cell): object => {
    const verdict = left.get(cell.id);
    left.delete(cell.id);
    return { ...jsonLine(cell), ...told(verdict) };
  });
  const gone = { state: "skipped", rows: null, ms: null, key: null, reason: null, error: null, findings: [] };
  return [...lines, ...[...left.values()].map((one) => ({ cell: one.cell, kind: one.kind, ...gone, ...told(one) }))];
}

function told(verdict: Verdict | undefined) {
  if (verdict === undefined) return { verdict: null, moved: [], reasons: [], differences: [] };
  const { verdict: how, moved, reasons, differences } = verdict;
  return { verdict: how, moved, reasons, differences };
}

/** What `run` says of a cell on stderr; of a failed one the rows would be an earlier result's, and the reason why it ran. */
export function cellLine(cell: CellView): string {
  const { state, reason, origin, ms } = cell;
  const rows = cell.rows === null ? "" : `${cell.rows.toLocaleString("en")} ${cell.rows === 1 ? "row" : "rows"}`;
  const time = ms === null ? "" : `${(ms / 1000).toFixed(2)} s`;
  const how = state === "fresh" ? (origin ?? "") : `${state}${reason === null ? "" : `: ${reason}`}`;
  const said = state === "failed" ? [state] : [how, rows, time].filter((part) => part !== "");
  return `${cell.kind.padEnd(10)} ${cell.id.padEnd(24)} ${said.join(" · ")}\n`;
}

import type { ResultPage } from "../run/view.ts";
import { columnOf } from "./columns.ts";
import { formatCount, formatPercent } from "./format.ts";

/** What an audit found, in a sentence: its gravest findings with their rows and share. */
export function auditWords(audit: Pick<ResultPage, "columns" | "rows">): string {
  const read = {
    check: columnOf(audit, "check"),
    column: columnOf(audit, "column"),
    severity: columnOf(audit, "severity"),
    rows: columnOf(audit, "rows"),
    share: columnOf(audit, "share"),
  };
  const found = audit.rows.filter((row) => {
    const severity = read.severity(row);
    return severity === "error" || severity === "warning";
  });
  if (found.length === 0) return "Everything is as expected.";
  const ranked = [...found].sort((a, b) => Number(read.severity(b) === "error") - Number(read.severity(a) === "error"));
  const told = ranked.slice(0, 3).map((row) => {
    const column = read.column(row);
    const rows = read.rows(row);
    const share = read.share(row);
    const where = column === null || column === "" ? "" : ` in ${column}`;
    const count = typeof rows === "number" ? `: ${formatCount(rows)} ${rows === 1 ? "row" : "rows"}` : "";
    const part = typeof share === "number" && share > 0 ? ` (${formatPercent(share)})` : "";
    return `${String(read.check(row) ?? "").replaceAll("_", " ")}${where}${count}${part}`;
  });
  const more = found.length > told.length ? `, and ${found.length - told.length} more` : "";
  return `${told.join("; ")}${more}.`;
}

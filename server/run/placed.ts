import type { Problem } from "../notebook/model.ts";
import type { Finding } from "./cache.ts";
import type { StudiedCell } from "./studied.ts";

/** Findings at their places in the file as it is now. */
export function placed(studied: StudiedCell, findings: readonly Finding[]): Problem[] {
  const { cell } = studied;
  const lines = cell.body.split(/\r\n|\n|\r/).length;
  return findings.map((finding) => {
    const inside = finding.line !== null && finding.line <= lines;
    const line = cell.line + (inside ? (finding.line ?? 0) : 0);
    return { ...finding, cell: cell.id, line, column: inside ? finding.column : 1 };
  });
}

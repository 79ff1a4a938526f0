import type { Remark } from "../../portable/remark.ts";

/** What could not be said or read, and what means something else, on stderr. */
export function printRemarks(file: string, remarks: readonly Remark[]): void {
  for (const { at, severity, code, message, hint } of remarks)
    process.stderr.write(`${file} ${at} ${severity} [${code}] ${message}\n    ${hint}\n`);
}

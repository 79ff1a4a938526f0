import type { Severity } from "../notebook/model.ts";
import type { Code } from "./code.ts";
import { alertsCodes } from "./codes/alerts.ts";
import { cellsCodes } from "./codes/cells.ts";
import { clustersCodes } from "./codes/clusters.ts";
import { fileCodes } from "./codes/file.ts";
import { guardCodes } from "./codes/guards.ts";
import { languageCodes } from "./codes/language.ts";
import { monitorsCodes } from "./codes/monitors.ts";
import { namesCodes } from "./codes/names.ts";
import { qualityCodes } from "./codes/quality.ts";
import { readingCodes } from "./codes/reading.ts";
import { refreshesCodes } from "./codes/refreshes.ts";
import { runsCodes } from "./codes/runs.ts";
import { silosCodes } from "./codes/silos.ts";
import { sqlCodes } from "./codes/sql.ts";

/** Every code that `check` may print, in the order of the reference. */
export const CODES: readonly Code[] = [
  ...qualityCodes,
  ...guardCodes,
  ...silosCodes,
  ...fileCodes,
  ...namesCodes,
  ...languageCodes,
  ...sqlCodes,
  ...readingCodes,
  ...cellsCodes,
  ...clustersCodes,
  ...monitorsCodes,
  ...alertsCodes,
  ...refreshesCodes,
  ...runsCodes,
];

const byCode = new Map(CODES.map((row) => [row.code, row]));

/** The severity of a finding of check's own. */
export function severityOf(code: string): Severity {
  const row = byCode.get(code);
  if (row === undefined) throw new Error(`${code} is not in the table of codes`);
  return row.severity;
}

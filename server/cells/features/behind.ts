import type { FeaturesBody } from "../features.ts";
import { mentions } from "./mentions.ts";
import { rfmColumns, rfmExpressions } from "./rfm.ts";

/** Which of the three measures a column of `template: rfm` comes from. */
const MEASURES: Readonly<Record<string, readonly string[]>> = {
  r: ["recency_days"],
  f: ["frequency"],
  m: ["monetary"],
  rfm_score: ["recency_days", "frequency", "monetary"],
  rfm_segment: ["recency_days", "frequency"],
};

/** The expressions that a feature is made of: its own, the template's, or those that its SQL speaks of; null where there is no such feature. */
export function behindFeature(body: FeaturesBody, column: string): readonly string[] | null {
  const measures = body.template === null ? {} : rfmExpressions(body.event ?? "", body.amount ?? "");
  const names = [...Object.keys(body.columns), ...(body.template === null ? [] : rfmColumns)];
  const visit = (name: string, seen: readonly string[]): string[] => {
    if (seen.includes(name)) return [];
    const written = body.columns[name];
    if (typeof written === "string") return [written];
    if (written !== undefined)
      return names.filter((other) => mentions(written.sql, other)).flatMap((other) => visit(other, [...seen, name]));
    const measure = measures[name];
    return measure !== undefined ? [measure] : (MEASURES[name] ?? []).map((other) => measures[other] ?? "");
  };
  return names.includes(column) ? [...new Set(visit(column, []))] : null;
}

import type { ResultPage } from "../run/view.ts";
import { asNumber, asText, columnOf } from "./columns.ts";

/** How far a feature of a segment's people is from what it was, over time. */
export interface MakeUp {
  readonly feature: string;
  readonly periods: readonly {
    readonly period: string;
    /** Population stability index against the reference. */
    readonly psi: number | null;
    /** What chance alone reaches at these sizes. */
    readonly threshold: number | null;
  }[];
  readonly people: number | null;
  readonly reference: number | null;
  readonly flag: string | null;
}

/** The features of a segment, those that moved furthest beyond chance first. */
export function makeUpOf(page: Pick<ResultPage, "columns" | "rows">, segment: string): MakeUp[] {
  const read = (name: string) => columnOf(page, name);
  const [own, period, feature, psi] = [read("segment"), read("period"), read("feature"), read("psi")];
  const [threshold, n, reference, flag] = [read("threshold"), read("n"), read("n_reference"), read("flag")];
  const grouped = new Map<string, ResultPage["rows"]>();
  for (const row of page.rows) {
    if (asText(own(row)) !== segment) continue;
    const name = asText(feature(row));
    grouped.set(name, [...(grouped.get(name) ?? []), row]);
  }
  const features = [...grouped].map(([name, rows]) => {
    const sorted = [...rows].sort((a, b) => (asText(period(a)) < asText(period(b)) ? -1 : 1));
    const newest = sorted.at(-1) ?? [];
    const flagged = flag(newest);
    return {
      feature: name,
      periods: sorted.map((row) => ({
        period: asText(period(row)),
        psi: asNumber(psi(row)),
        threshold: asNumber(threshold(row)),
      })),
      people: asNumber(n(newest)),
      reference: asNumber(reference(newest)),
      flag: flagged === null || flagged === false || flagged === "" ? null : asText(flagged),
    };
  });
  return features.sort((a, b) => beyond(b) - beyond(a));
}

function beyond({ periods }: MakeUp): number {
  const newest = periods.at(-1);
  return (newest?.psi ?? 0) / (newest?.threshold ?? Number.POSITIVE_INFINITY);
}

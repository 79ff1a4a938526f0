import type { ResultPage } from "../run/view.ts";
import { field } from "./segmentation.ts";

/** What a score's bands are judged by, as its body says it. */
export type ScoreOutcome = { readonly event: string; readonly within: string } | { readonly column: string } | null;

/** How a band performs; what was not judged is null. */
export interface BandOutcome {
  /** Null for those below the lowest border. */
  readonly band: string | null;
  readonly people: number;
  readonly total: number | null;
  readonly rate: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** The rate over everybody's. */
  readonly lift: number | null;
  /** Of all people, and of all outcomes, in this band and those above. */
  readonly reached: number | null;
  readonly gained: number | null;
  /** How much of the outcome's time the data covers; null where it has none. */
  readonly covered: number | null;
}

export function outcomeIn(body: unknown): ScoreOutcome {
  const outcome = field(body, "outcome");
  const [event, within, column] = ["event", "within", "column"].map((key) => field(outcome, key));
  if (typeof event === "string" && typeof within === "string") return { event, within };
  return typeof column === "string" ? { column } : null;
}

/** Rows of `<id>_outcome`. */
export function bandOutcomes(page: ResultPage): BandOutcome[] {
  const at = (name: string) => page.columns.findIndex((column) => column.name === name);
  const band = at("band");
  const people = at("people");
  const places = ["total", "rate", "low", "high", "lift", "reached", "gained", "covered"].map(
    (name) => [name, at(name)] as const,
  );
  return page.rows.map((row) => {
    const numbers = places.map(([name, place]) => [name, row[place] ?? null] as const);
    const known = Object.fromEntries(numbers.map(([name, value]) => [name, value === null ? null : Number(value)]));
    return {
      ...{ band: row[band] === null ? null : String(row[band]), people: Number(row[people] ?? 0) },
      ...{ total: known.total ?? null, rate: known.rate ?? null, low: known.low ?? null, high: known.high ?? null },
      ...{ lift: known.lift ?? null, reached: known.reached ?? null, gained: known.gained ?? null },
      covered: known.covered ?? null,
    };
  });
}

/** What the highest band is worth, in a sentence; null where nothing was judged. */
export function gainsWords(rows: readonly BandOutcome[], format: (share: number) => string): string | null {
  const [top] = rows;
  if (top === undefined || top.band === null || top.gained === null || top.reached === null) return null;
  return `${top.band} holds ${format(top.reached)} of the people and ${format(top.gained)} of the outcomes.`;
}

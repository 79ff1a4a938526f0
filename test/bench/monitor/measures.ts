import { draws } from "./draws.ts";
import type { Score } from "./score.ts";

/** A figure of several runs. */
export type Measure = (scores: readonly Score[]) => number;

/** Episodes a run; of a world without change, all of them false. */
export const episodesARun: Measure = (scores) => mean(scores.map(({ episodes }) => episodes));

/** Share of the changes that are found within so many days. */
export function within(days: number): Measure {
  return (scores) => mean(scores.flatMap(({ delays }) => delays.map((delay) => (delay <= days ? 1 : 0))));
}

export const foundAtAll: Measure = within(1e6);
export const medianDelay: Measure = (scores) => median(scores.flatMap(({ delays }) => delays));
export const falseShare: Measure = (scores) => {
  const flagged = total(scores.map((score) => score.flagged));
  return flagged === 0 ? 0 : total(scores.map(({ wrong }) => wrong)) / flagged;
};
export const medianError: Measure = (scores) => median(scores.flatMap(({ errors }) => errors));
export const setHolds: Measure = (scores) => mean(scores.flatMap(({ held }) => held.map((one) => (one ? 1 : 0))));

/** A measure with its standard error, by 200 draws of as many runs with replacement (Efron 1979). */
export function measured(measure: Measure, scores: readonly Score[]): { value: number; error: number } {
  const random = draws(1);
  const again = Array.from({ length: 200 }, () =>
    measure(scores.map(() => scores[Math.floor(random.uniform() * scores.length)] as Score)),
  );
  const centre = mean(again);
  return { value: measure(scores), error: Math.sqrt(mean(again.map((value) => (value - centre) ** 2))) };
}

function total(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}

function mean(values: readonly number[]): number {
  return total(values) / values.length;
}

/** The upper one of two in the middle. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** How near found change points are to those of several annotators: F1 with a margin, and covering (van den Burg and Williams 2020). */

export interface Annotated {
  /** Periods of the series. */
  readonly length: number;
  /** Of each annotator, the first index of each stretch but the first. */
  readonly annotations: readonly (readonly number[])[];
}

/** A change point is found where one lies within so many periods of it. */
const MARGIN = 5;

/**
 * F1 of precision against what any annotator saw, and of recall as the annotators' mean. The start counts as a change
 * that everybody sees, so that who sees none is in the right with whoever says none.
 */
export function f1({ annotations }: Annotated, found: readonly number[]): number {
  const said = [...new Set([0, ...found])];
  const seen = annotations.map((own) => [...new Set([0, ...own])]);
  const anybody = [...new Set(seen.flat())].sort((a, b) => a - b);
  const precision = hits(anybody, said) / said.length;
  const recall = mean(seen.map((own) => hits(own, said) / own.length));
  return (2 * precision * recall) / (precision + recall);
}

/** Each change takes the nearest that is left of those found within the margin. */
function hits(changes: readonly number[], found: readonly number[]): number {
  const left = new Set(found);
  let count = 0;
  for (const change of changes) {
    const near = [...left].filter((one) => Math.abs(one - change) <= MARGIN);
    if (near.length === 0) continue;
    left.delete(near.reduce((a, b) => (Math.abs(b - change) < Math.abs(a - change) ? b : a)));
    count += 1;
  }
  return count;
}

/** Annotators' mean of Σ |A|/T · max J(A, A′): of each of their stretches, how much the likest of those found shares with it. */
export function covering({ annotations, length }: Annotated, found: readonly number[]): number {
  const ours = stretches(found, length);
  return mean(
    annotations.map((own) =>
      stretches(own, length).reduce(
        (sum, one) => sum + ((one[1] - one[0]) / length) * Math.max(...ours.map((other) => jaccard(one, other))),
        0,
      ),
    ),
  );
}

type Stretch = readonly [from: number, to: number];

function stretches(changes: readonly number[], length: number): Stretch[] {
  const starts = [...new Set([0, ...changes])].sort((a, b) => a - b);
  return starts.map((from, i) => [from, starts[i + 1] ?? length] as const);
}

function jaccard(a: Stretch, b: Stretch): number {
  const both = Math.max(0, Math.min(a[1], b[1]) - Math.max(a[0], b[0]));
  return both / (a[1] - a[0] + (b[1] - b[0]) - both);
}

function mean(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0) / values.length;
}

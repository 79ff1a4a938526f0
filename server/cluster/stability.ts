import { checkClusterCount } from "./cluster-count.ts";
import { distinctRows } from "./distinct.ts";
import { type FlatOptions, flatClusterings } from "./flat.ts";
import type { Labels } from "./number-by-size.ts";
import { good, type Outcome } from "./outcome.ts";
import { adjustedRandIndex } from "./rand-index.ts";
import { sampleRows, seededRandom, takeRows } from "./random.ts";

/** Half samples that are clustered, and the rows that one has at most. */
const SAMPLES = 10;
const SAMPLE_ROWS = 2000;

/**
 * How well each clustering comes back when half of the rows, or 2,000 of them if that is less, are clustered alone:
 * the mean adjusted Rand index over ten seeded half samples, 1 at best. NaN for a k that a half sample can't have.
 */
export async function stability(
  points: Float64Array,
  clusterings: ReadonlyMap<number, Labels>,
  options: FlatOptions,
): Promise<Outcome<Map<number, number>>> {
  const { rows, columns, seed, signal } = options;
  const agreements = new Map([...clusterings.keys()].map((k): [number, number[]] => [k, []]));
  for (let sample = 0; sample < SAMPLES; sample++) {
    const half = sampleRows(
      rows,
      Math.min(Math.ceil(rows / 2), SAMPLE_ROWS),
      seededRandom(seed, `half sample ${sample}`),
    );
    const taken = takeRows(points, columns, half);
    const distinct = distinctRows(taken, half.length, columns).first.length;
    const ks = [...clusterings.keys()].filter((k) => checkClusterCount(k, half.length, distinct) === null);
    const again = await flatClusterings(taken, ks, { ...options, rows: half.length, signal, onProgress: undefined });
    if (!again.ok) return again;
    for (const [k, labels] of again.value) {
      const whole = half.map((row) => clusterings.get(k)?.[row] ?? 0);
      agreements.get(k)?.push(adjustedRandIndex(labels, whole));
    }
    options.onProgress?.((sample + 1) / SAMPLES);
  }
  return good(
    new Map([...agreements].map(([k, values]) => [k, values.reduce((sum, value) => sum + value, 0) / values.length])),
  );
}

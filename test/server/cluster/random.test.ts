import { expect, test } from "vitest";
import { sampleRows, seededRandom } from "../../../server/cluster/random.ts";

/** Vitter's selection sampling, a number at a time. */
function oneByOne(n: number, wanted: number, next: () => number): number[] {
  const taken: number[] = [];
  for (let row = 0; taken.length < wanted; row++) if (next() * (n - row) < wanted - taken.length) taken.push(row);
  return taken;
}

test("a sample is drawn by the numbers that come one by one, and those after it go on from there", () => {
  for (const [n, wanted] of [
    [1, 1],
    [10, 0],
    [10, 12],
    [1000, 10],
    [300_000, 2000],
  ] as const) {
    const random = seededRandom(7, `${n} of these`);
    const other = seededRandom(7, `${n} of these`);
    expect([...sampleRows(n, wanted, random)]).toEqual(oneByOne(n, Math.min(n, wanted), other.next));
    expect([random.next(), random.below(1000)]).toEqual([other.next(), other.below(1000)]);
  }
});

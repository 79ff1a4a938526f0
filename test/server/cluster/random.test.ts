import fc from "fast-check";
import { expect, it } from "vitest";
import { sampleRows, seededRandom } from "../../../server/cluster/random.ts";

it("a sample takes the numbers that would be drawn one by one, and what is drawn after it goes on from there", () => {
  fc.assert(
    fc.property(fc.integer(), fc.nat(400), fc.nat(400), (seed, n, count) => {
      const [one, other] = [seededRandom(seed, "rows"), seededRandom(seed, "rows")];
      const wanted = Math.min(count, n);
      const drawn: number[] = [];
      for (let row = 0; drawn.length < wanted; row++) {
        if (one.next() * (n - row) < wanted - drawn.length) drawn.push(row);
      }
      expect([...sampleRows(n, count, other)]).toEqual(drawn);
      expect(other.next()).toBe(one.next());
    }),
  );
});

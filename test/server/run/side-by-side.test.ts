import fc from "fast-check";
import { expect, it } from "vitest";
import { sideBySide, type Work } from "../../../server/run/side-by-side.ts";

/** Work of which each needs some of those before it; how long each takes, in turns of the loop. */
const works = fc
  .array(fc.record({ needs: fc.array(fc.nat(), { maxLength: 3 }), turns: fc.nat(5) }), { minLength: 1, maxLength: 12 })
  .map((all) => ({
    turns: all.map(({ turns }) => turns),
    list: all.map(({ needs }, of): Work<number> => ({ of, after: of === 0 ? [] : needs.map((need) => need % of) })),
  }));

it("all work is done once, after what it needs, never more at once than there are slots", async () => {
  await fc.assert(
    fc.asyncProperty(works, fc.integer({ min: 1, max: 4 }), async ({ turns, list }, slots) => {
      const done: number[] = [];
      let going = 0;
      await sideBySide(list, slots, async (of) => {
        going += 1;
        expect(going).toBeLessThanOrEqual(slots);
        for (const need of list[of]?.after ?? []) expect(done).toContain(need);
        for (let turn = 0; turn < (turns[of] ?? 0); turn++) await Promise.resolve();
        going -= 1;
        done.push(of);
        return "done";
      });
      expect(done.toSorted((a, b) => a - b)).toEqual(list.map(({ of }) => of));
    }),
  );
});

it("of what is ready the first in the list goes first, and as much as there are slots begins at once", async () => {
  const begun: string[] = [];
  const list = ["a", "b", "c", "d"].map((of) => ({ of, after: of === "d" ? ["a"] : [] }));
  await sideBySide(list, 2, async (of) => {
    begun.push(of);
    await new Promise((resolve) => setImmediate(resolve));
    return "done";
  });
  expect(begun).toEqual(["a", "b", "c", "d"]);
});

it("what failed for want of room beside others is done again alone, before anything else begins", async () => {
  const story: string[] = [];
  const list = ["a", "large", "c"].map((of) => ({ of, after: [] }));
  await sideBySide(list, 2, async (of, isCrowded) => {
    story.push(`${of} begins`);
    for (let turn = 0; turn < (of === "a" ? 5 : 1); turn++) await new Promise((resolve) => setImmediate(resolve));
    story.push(`${of} ends`);
    return of === "large" && isCrowded() ? "again" : "done";
  });
  expect(story).toEqual([
    "a begins",
    "large begins",
    "large ends",
    "a ends",
    "large begins",
    "large ends",
    "c begins",
    "c ends",
  ]);
});

it("what throws ends it once the others have come to their ends", async () => {
  let ended = false;
  const all = sideBySide(
    [
      { of: "a", after: [] },
      { of: "b", after: [] },
    ],
    2,
    async (of) => {
      if (of === "a") throw new Error("a fault");
      await new Promise((resolve) => setImmediate(resolve));
      ended = true;
      return "done";
    },
  );
  await expect(all).rejects.toThrow("a fault");
  expect(ended).toBe(true);
});

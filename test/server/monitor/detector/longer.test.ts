import { describe, expect, it } from "vitest";
import { longer } from "../../../../server/monitor/detector/longer.ts";

describe("an array that grows", () => {
  it("keeps its values and is written after them, whether it had room or was copied", () => {
    let values = longer(undefined, 1);
    for (let length = 2; length <= 500; length++) {
      const before = [...values];
      const next = longer(values, length);
      next[length - 1] = length;
      expect([...next.subarray(0, length - 1)]).toEqual(before);
      expect([...values]).toEqual(before);
      values = next;
    }
    expect(values[499]).toBe(500);
  });

  it("is copied seldom: most lengths are in the memory of the one before", () => {
    const buffers = new Set<ArrayBufferLike>();
    let values = longer(undefined, 365);
    for (let length = 366; length <= 730; length++) {
      values = longer(values, length);
      buffers.add(values.buffer);
    }
    expect(buffers.size).toBeLessThan(10);
  });
});

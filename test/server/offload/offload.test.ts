import { describe, expect, it } from "vitest";
import { buffersIn } from "../../../server/offload/buffers.ts";
import { HeapFull, offload } from "../../../server/offload/offload.ts";
import { worksAt } from "../../../server/offload/works.ts";

const works = worksAt<typeof import("./work.ts")>(import.meta.url, "./work.ts");
const watch = { signal: new AbortController().signal, onProgress: () => undefined, heap: 48 * 1024 ** 2 };

describe("work in a thread of its own", () => {
  it("gives its result, tells how far it is, and takes columns over without copying them", async () => {
    const values = Float64Array.from({ length: 1000 }, (_, i) => i);
    const told: number[] = [];
    const result = await offload(works, "sum", { values }, { ...watch, onProgress: (share) => told.push(share) });
    expect(result.total).toBe(499_500);
    expect(result.values).toHaveLength(1000);
    expect(values).toHaveLength(0);
    expect(told).toEqual([0.5]);
  });

  it("ends wherever it is when its signal fires, with the signal's reason", async () => {
    const controller = new AbortController();
    const work = offload(works, "endless", null, { ...watch, signal: controller.signal });
    setTimeout(() => controller.abort(new Error("enough")), 300);
    await expect(work).rejects.toThrow("enough");
    await expect(offload(works, "endless", null, { ...watch, signal: controller.signal })).rejects.toThrow("enough");
  });

  it("that takes too much memory ends alone, and the next goes on", async () => {
    await expect(offload(works, "hungry", null, watch)).rejects.toBeInstanceOf(HeapFull);
    expect((await offload(works, "sum", { values: Float64Array.of(1, 2) }, watch)).total).toBe(3);
  });

  it("throws here what it threw there", async () => {
    await expect(offload(works, "faulty", { text: "no" }, watch)).rejects.toThrow(RangeError);
  });

  it("runs several at once", async () => {
    const all = await Promise.all(
      [1, 2, 3].map((n) => offload(works, "sum", { values: Float64Array.of(n, n) }, watch)),
    );
    expect(all.map(({ total }) => total)).toEqual([2, 4, 6]);
  });

  it("sees nothing of the process's environment", async () => {
    expect(await offload(works, "environment", null, watch)).toEqual([]);
  });
});

it("the columns that are handed over are found in lists, maps and maps of lists, each once", () => {
  const a = new Float64Array(2);
  const b = new Int32Array(a.buffer);
  const c = new Uint8Array(3);
  expect(buffersIn({ a, deep: [{ b }], map: new Map([["c", c]]), text: "x", none: null })).toEqual([
    a.buffer,
    c.buffer,
  ]);
});

import { describe, expect, it } from "vitest";
import { Cancelled } from "../../../server/engine/engine.ts";
import { Turns } from "../../../server/run/turns.ts";

const never = new AbortController().signal;

/** Work that goes on until it is let go. */
function held() {
  let release = (): void => undefined;
  const until = new Promise<void>((resolve) => {
    release = resolve;
  });
  return { until, release };
}

describe("runs take turns", () => {
  it("each beginning when the one before has ended, well or not", async () => {
    const turns = new Turns();
    const told: string[] = [];
    const work = (name: string, isBad = false) =>
      turns.take(async () => {
        told.push(`${name} begins`);
        await Promise.resolve();
        told.push(`${name} ends`);
        if (isBad) throw new Error(name);
        return name;
      }, never);
    const ended = await Promise.allSettled([work("a"), work("b", true), work("c")]);
    expect(ended.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(told).toEqual(["a begins", "a ends", "b begins", "b ends", "c begins", "c ends"]);
  });

  it("and one that is called off while it waits is over at once, and those behind it go on waiting", async () => {
    const turns = new Turns();
    const first = held();
    const told: string[] = [];
    const off = new AbortController();
    const a = turns.take(() => first.until, never);
    const b = turns.take(async () => told.push("b"), off.signal);
    const c = turns.take(async () => told.push("c"), never);
    off.abort();
    await expect(b).rejects.toThrow(Cancelled);
    expect(told).toEqual([]);
    first.release();
    await Promise.all([a, c]);
    expect(told).toEqual(["c"]);
  });

  it("and one that was called off before never begins", async () => {
    const told: string[] = [];
    const work = new Turns().take(async () => told.push("a"), AbortSignal.abort());
    await expect(work).rejects.toThrow(Cancelled);
    expect(told).toEqual([]);
  });
});

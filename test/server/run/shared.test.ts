import { expect, test } from "vitest";
import { Cancelled } from "../../../server/engine/engine.ts";
import { Shared } from "../../../server/run/shared.ts";
import { ORDERS, openRuns, orders, PATH, withHead } from "./notebook-runs.ts";

/** Work that ends when it is told to, or with what it is given. */
function work() {
  const asked: { signal: AbortSignal | null; finish(value: number): void } = { signal: null, finish: () => undefined };
  const shared = new Shared<number>((signal) => {
    asked.signal = signal;
    return new Promise((resolve, reject) => {
      asked.finish = resolve;
      signal.addEventListener("abort", () => reject(new Cancelled()));
    });
  });
  return { shared, asked };
}

test("is done once, and everybody gets it", async () => {
  const { shared, asked } = work();
  const never = new AbortController().signal;
  const all = Promise.all([shared.of(never), shared.of(never)]);
  asked.finish(7);
  expect(await all).toEqual([7, 7]);
  expect(await shared.of(never)).toBe(7);
});

test("who leaves is let go at once, and the work goes on for the others", async () => {
  const { shared, asked } = work();
  const leaving = new AbortController();
  const first = shared.of(leaving.signal);
  const second = shared.of(new AbortController().signal);
  leaving.abort();
  await expect(first).rejects.toThrow(Cancelled);
  expect([asked.signal?.aborted, shared.isEnded]).toEqual([false, false]);
  asked.finish(7);
  expect(await second).toBe(7);
});

test("is ended when the last has left", async () => {
  const { shared, asked } = work();
  const [one, other] = [new AbortController(), new AbortController()];
  const both = [shared.of(one.signal), shared.of(other.signal)];
  one.abort();
  other.abort();
  for (const asking of both) await expect(asking).rejects.toThrow(Cancelled);
  expect([asked.signal?.aborted, shared.isEnded]).toEqual([true, true]);
});

test("what is done stays done, whoever leaves later", async () => {
  const { shared, asked } = work();
  const late = new AbortController();
  asked.finish(7);
  expect(await shared.of(late.signal)).toBe(7);
  late.abort();
  expect(shared.isEnded).toBe(false);
  await expect(shared.of(late.signal)).rejects.toThrow(Cancelled);
});

test("a failure is everybody's", async () => {
  const shared = new Shared<number>(async () => {
    throw new Error("no");
  });
  const never = new AbortController().signal;
  await expect(shared.of(never)).rejects.toThrow("no");
  await expect(shared.of(never)).rejects.toThrow("no");
});

test("a plan that was asked for anew serves others after its asker has gone", async () => {
  const runs = await openRuns({ "orders.csv": ORDERS });
  await runs.run(orders());
  const first = new AbortController();
  const ask = { path: PATH, text: withHead(orders()), set: {}, asOf: null };
  await runs.session.plan(ask, first.signal);
  first.abort();
  const { plan } = await runs.session.inspect(ask, new AbortController().signal);
  expect(plan.studies.request.signal.aborted).toBe(false);
});

test("as many statements as there are may listen to its end, without a warning", async () => {
  const warnings: Error[] = [];
  const note = (warning: Error) => warnings.push(warning);
  process.on("warning", note);
  const shared = new Shared<number>(async (signal) => {
    for (let statement = 0; statement < 40; statement += 1) signal.addEventListener("abort", () => undefined);
    return 7;
  });
  expect(await shared.of(new AbortController().signal)).toBe(7);
  await new Promise((resolve) => setImmediate(resolve));
  process.off("warning", note);
  expect(warnings).toEqual([]);
});

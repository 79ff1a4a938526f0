import { expect, test } from "vitest";
import { Queue } from "../../../web/state/queue.ts";

/** A call that ends when it is told to. */
function held(name: string, log: string[]) {
  let end: () => void = () => undefined;
  const call = () =>
    new Promise<string>((resolve) => {
      log.push(name);
      end = () => resolve(name);
    });
  return { call, end: () => end() };
}

const never = new AbortController().signal;
const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

test("only so many calls are under way, and the most urgent and newest go first", async () => {
  const log: string[] = [];
  const queue = new Queue(1);
  const calls = ["first", "old", "new", "urgent"].map((name) => held(name, log));
  const urgencies = [0, 0, 0, 1];
  const turns = calls.map(({ call }, place) => queue.turn(call, { urgency: urgencies[place] ?? 0, signal: never }));
  await settled();
  expect(log).toEqual(["first"]);
  for (const place of [0, 3, 2, 1]) {
    calls[place]?.end();
    await settled();
  }
  expect(log).toEqual(["first", "urgent", "new", "old"]);
  expect(await Promise.all(turns)).toEqual(["first", "old", "new", "urgent"]);
});

test("a call that is called off before its turn is never made, and the next one is", async () => {
  const log: string[] = [];
  const queue = new Queue(1);
  const [first, off, last] = ["first", "off", "last"].map((name) => held(name, log));
  if (!first || !off || !last) throw new Error("three calls");
  const abort = new AbortController();
  const turns = [
    queue.turn(first.call, { urgency: 0, signal: never }),
    queue.turn(off.call, { urgency: 0, signal: abort.signal }).catch(() => "called off"),
    queue.turn(last.call, { urgency: 0, signal: never }),
  ];
  await settled();
  abort.abort();
  first.end();
  await settled();
  last.end();
  expect(await Promise.all(turns)).toEqual(["first", "called off", "last"]);
  expect(log).toEqual(["first", "last"]);
});

test("a call that fails gives its place to the next", async () => {
  const queue = new Queue(1);
  const failed = queue.turn(() => Promise.reject(new Error("no")), { urgency: 0, signal: never });
  const next = queue.turn(() => Promise.resolve("next"), { urgency: 0, signal: never });
  await expect(failed).rejects.toThrow("no");
  expect(await next).toBe("next");
});

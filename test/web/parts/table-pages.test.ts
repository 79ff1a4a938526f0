import { expect, test } from "vitest";
import type { CellValue } from "../../../server/figures/cell-value.ts";
import { type LoadPage, PAGE_ROWS, TablePages } from "../../../web/parts/table-pages.ts";

/** A loader whose answers are given out by hand. */
function waiting() {
  const asked: { offset: number; signal: AbortSignal; answer: () => void }[] = [];
  const load: LoadPage = (offset, limit, _sort, signal) =>
    new Promise((done, fail) => {
      const rows: CellValue[][] = Array.from({ length: limit }, (_, place) => [offset + place]);
      signal.addEventListener("abort", () => fail(new Error("called off")));
      asked.push({ offset, signal, answer: () => done({ rows, offset, total: 10_000 }) });
    });
  return { asked, load };
}

const settle = () => new Promise((done) => setTimeout(done, 0));

test("only the pages that are seen are asked for, each once", async () => {
  const { asked, load } = waiting();
  const pages = new TablePages(load, null, null, () => {});
  pages.want(190, 210);
  pages.want(190, 210);
  expect(asked.map((one) => one.offset)).toEqual([0, PAGE_ROWS]);
  for (const one of asked) one.answer();
  await settle();
  pages.want(190, 210);
  expect(asked).toHaveLength(2);
  expect(pages.row(205)).toEqual({ state: "ready", values: [205] });
});

test("a page that is no longer seen is called off, without a failure", async () => {
  const { asked, load } = waiting();
  const pages = new TablePages(load, null, null, () => {});
  pages.want(0, 10);
  pages.want(5000, 5010);
  await settle();
  expect(asked.map((one) => one.signal.aborted)).toEqual([true, false]);
  expect(pages.failure).toBeNull();
  expect(pages.row(0).state).toBe("absent");
});

test("the rows of the order before stay until those of the new one are here", async () => {
  const first = waiting();
  const before = new TablePages(first.load, null, null, () => {});
  before.want(0, 10);
  first.asked[0]?.answer();
  await settle();
  const second = waiting();
  const after = new TablePages(second.load, { column: "a", descending: true }, before, () => {});
  expect(after.row(3)).toEqual({ state: "old", values: [3] });
  after.want(0, 10);
  second.asked[0]?.answer();
  await settle();
  expect(after.row(3).state).toBe("ready");
  expect(after.row(400).state).toBe("absent");
});

test("a failure says why, asks no more, and is tried again when asked to", async () => {
  let calls = 0;
  const pages = new TablePages(
    async () => {
      calls += 1;
      throw new Error("the kernel was lost");
    },
    null,
    null,
    () => {},
  );
  pages.want(0, 10);
  await settle();
  expect(pages.failure).toBe("the kernel was lost");
  pages.want(0, 10);
  expect(calls).toBe(1);
  pages.retry();
  pages.want(0, 10);
  expect(calls).toBe(2);
});

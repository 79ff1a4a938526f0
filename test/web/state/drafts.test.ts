import { expect, test } from "vitest";
import { type Draft, type DraftStore, Drafts } from "../../../web/state/drafts.ts";

/** A store as a browser's database is one: everything takes a turn. */
function memory(kept: Map<string, unknown> = new Map()): DraftStore & { kept: Map<string, unknown> } {
  return {
    kept,
    all: async () => [...kept],
    put: async (key, draft) => void kept.set(key, draft),
    delete: async (key) => void kept.delete(key),
  };
}

const draft = (text: string, at: number): Draft => ({ text, base: "was", etag: "1", at });

async function opened(store: DraftStore, visit: string): Promise<Drafts> {
  const drafts = new Drafts(store, visit);
  await drafts.ready;
  return drafts;
}

test("a draft is offered to the next visit until it is forgotten, and not to its own", async () => {
  const store = memory();
  const first = await opened(store, "first");
  expect(await first.keep("notebooks/a.md", draft("typed", 5))).toBe(true);
  expect(first.left("notebooks/a.md")).toBeNull();
  const second = await opened(store, "second");
  const left = second.left("notebooks/a.md");
  expect(left).toMatchObject({ text: "typed", base: "was", at: 5 });
  expect(second.left("notebooks/a.mdx")).toBeNull();
  if (left !== null) await second.forgetLeft(left);
  expect(second.left("notebooks/a.md")).toBeNull();
  expect((await opened(store, "third")).left("notebooks/a.md")).toBeNull();
});

test("two tabs keep a draft each, and the newest is offered first", async () => {
  const store = memory();
  await (await opened(store, "one")).keep("a.md", draft("one's", 1));
  await (await opened(store, "two")).keep("a.md", draft("two's", 2));
  const later = await opened(store, "later");
  const newest = later.left("a.md");
  expect(newest?.text).toBe("two's");
  if (newest !== null) await later.forgetLeft(newest);
  expect(later.left("a.md")?.text).toBe("one's");
});

test("writes are one after another: what is forgotten last is gone", async () => {
  const store = memory();
  const drafts = await opened(store, "one");
  await Promise.all([drafts.keep("a.md", draft("typed", 1)), drafts.forget("a.md")]);
  expect(store.kept.size).toBe(0);
});

test("what is kept but is no draft is passed over", async () => {
  const kept = new Map<string, unknown>([
    ["a.md\nx", null],
    ["b.md\nx", { text: "no base", etag: "1", at: 1 }],
  ]);
  const drafts = await opened(memory(kept), "one");
  expect(drafts.left("a.md")).toBeNull();
  expect(drafts.left("b.md")).toBeNull();
});

test("a store that is full or forbidden keeps nothing and says so", async () => {
  const full = {
    ...memory(),
    all: () => Promise.reject(new Error("forbidden")),
    put: () => Promise.reject(new Error("full")),
  };
  const drafts = await opened(full, "one");
  expect(drafts.left("a.md")).toBeNull();
  expect(await drafts.keep("a.md", draft("typed", 1))).toBe(false);
});

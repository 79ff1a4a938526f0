import { expect, test } from "vitest";
import { Drafts } from "../../../web/state/drafts.ts";

function storage(): Pick<Storage, "getItem" | "setItem" | "removeItem"> {
  const kept = new Map<string, string>();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
}

test("a draft is given back until it is forgotten", () => {
  const drafts = new Drafts(storage());
  const draft = { text: "typed", etag: "1", at: 5 };
  expect(drafts.keep("notebooks/a.md", draft)).toBe(true);
  expect(drafts.of("notebooks/a.md")).toEqual(draft);
  expect(drafts.of("notebooks/b.md")).toBeNull();
  drafts.forget("notebooks/a.md");
  expect(drafts.of("notebooks/a.md")).toBeNull();
});

test("what is kept but is no draft is passed over", () => {
  const kept = storage();
  kept.setItem("segbook:draft:notebooks/a.md", "{");
  kept.setItem("segbook:draft:notebooks/b.md", "null");
  expect(new Drafts(kept).of("notebooks/a.md")).toBeNull();
  expect(new Drafts(kept).of("notebooks/b.md")).toBeNull();
});

test("a full storage keeps nothing and says so", () => {
  const full = {
    ...storage(),
    setItem: () => {
      throw new DOMException("full", "QuotaExceededError");
    },
  };
  expect(new Drafts(full).keep("notebooks/a.md", { text: "", etag: "", at: 0 })).toBe(false);
});

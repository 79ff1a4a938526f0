import { expect, test } from "vitest";
import { Folds } from "../../../web/notebook/folds.ts";

function browser() {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
}

test("text and output are folded each for itself, and stay so when the notebook is opened again", () => {
  const storage = browser();
  const folds = new Folds("notebooks/a.md", storage);
  folds.choose("orders", "output", true);
  folds.choose("orders", "text", false);
  const again = new Folds("notebooks/a.md", storage);
  expect([again.of("orders", "text"), again.of("orders", "output"), again.of("sends", "text")]).toEqual([
    false,
    true,
    null,
  ]);
  expect(new Folds("notebooks/b.md", storage).of("orders", "output")).toBeNull();
});

test("a cell that got another id looks as it did, and so it does when it has its old one again", () => {
  const storage = browser();
  const folds = new Folds("notebooks/a.md", storage);
  folds.choose("orders", "output", true);
  folds.follow("orders", "sales");
  expect([folds.of("sales", "output"), folds.of("sales", "text"), folds.of("orders", "output")]).toEqual([
    true,
    null,
    true,
  ]);
});

import { expect, test } from "vitest";
import { peopleMap } from "../../../../server/cells/cluster/map.ts";
import { scale } from "../../../../server/cluster/scale.ts";

const ROWS = 60_000;

/** As many rows of some columns, each a wave of its own. */
function scaledOf(columns: number) {
  const waves = Array.from({ length: columns }, (_, c) => ({
    name: `c${c}`,
    values: Float64Array.from({ length: ROWS }, (_, row) => Math.sin(row * (c + 1)) + (row % 3)),
    transform: "none" as const,
  }));
  const scaled = scale(waves, { scale: "zscore", missing: "stop" });
  if (!scaled.ok) throw new Error("these can be scaled");
  return scaled.value;
}

test("more people than a page draws are drawn by lot, each once, in order, and the same ones for the same seed", () => {
  const scaled = scaledOf(3);
  const labels = Int32Array.from({ length: ROWS }, (_, row) => (row % 3) + 1);
  const map = peopleMap(scaled, { labels, seed: 7 });
  expect(map.rows.length).toBe(50_000);
  expect(map.rows.every((row, at) => at === 0 || row > (map.rows[at - 1] ?? 0))).toBe(true);
  expect(map.labels.every((label, at) => label === ((map.rows[at] ?? 0) % 3) + 1)).toBe(true);
  expect(isSame(peopleMap(scaled, { labels, seed: 7 }).rows, map.rows)).toBe(true);
  expect(isSame(peopleMap(scaled, { labels, seed: 8 }).rows, map.rows)).toBe(false);
});

test("with one column alone nobody is above another", () => {
  const labels = new Int32Array(ROWS).fill(1);
  const { y, x } = peopleMap(scaledOf(1), { labels, seed: 1 });
  expect(y.every((value) => value === 0)).toBe(true);
  expect(x.some((value) => value !== 0)).toBe(true);
});

function isSame(a: Int32Array, b: Int32Array): boolean {
  return a.length === b.length && a.every((row, at) => row === b[at]);
}

import { expect, test } from "vitest";
import { type Box, extentOf, isInside, middleOf, nudged, placeAt } from "../../../server/figures/scatter-drawing.ts";

const points = [
  { x: -3, y: 0.1, group: 1 },
  { x: 9, y: 7, group: 2 },
  { x: 0.3, y: 5, group: 1 },
];
const extent = extentOf(points);
const frame = { width: 600, height: 320, extent };

test("a box from edge to edge holds everybody, and one over the half those of it", () => {
  const [a, b] = [placeAt(-5, 400, frame), placeAt(700, -1, frame)];
  const all: Box = { left: a.x, right: b.x, low: a.y, high: b.y };
  expect(points.filter((point) => isInside(point, all))).toEqual(points);
  expect(points.filter((point) => isInside(point, { ...all, right: 3 })).map(({ x }) => x)).toEqual([-3, 0.3]);
});

test("a point alone, and none, have an extent", () => {
  expect(extentOf([{ x: 4, y: 4, group: 1 }])).toEqual({ left: 3, right: 5, low: 3, high: 5 });
  expect(extentOf([])).toEqual({ left: -1, right: 1, low: -1, high: 1 });
});

test("a box that keys move stays on the map, and keeps its size until it is made to grow or shrink", () => {
  let box = middleOf(extent);
  const width = box.right - box.left;
  for (let press = 0; press < 50; press += 1) box = nudged(box, extent, { dx: 0.04, dy: 0.04, grow: "move" });
  expect(box.right).toBeCloseTo(extent.right, 9);
  expect(box.high).toBeCloseTo(extent.high, 9);
  expect(box.right - box.left).toBeCloseTo(width, 9);
  for (let press = 0; press < 50; press += 1) box = nudged(box, extent, { dx: -0.04, dy: 0, grow: "size" });
  expect(box.right).toBeGreaterThan(box.left);
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { arrowsOf, curve, graphLayout, NODE_HEIGHT, NODE_WIDTH, neighbour } from "../../../web/graph/layout.ts";

const cell = (id: string, reads: readonly string[] = [], relations: readonly string[] = [id]) => ({
  id,
  reads: [...reads],
  relations: relations.map((name) => ({ name, rows: null, columns: [] })),
});

const shop = [
  cell("orders", [], ["orders", "orders_audit"]),
  cell("visits"),
  cell("people", ["orders", "visits"]),
  cell("doubts", ["orders_audit", "orders"]),
  cell("audiences", ["people", "nobody"]),
];

test("an arrow goes from the cell that yields a relation to each reader, once", () => {
  expect(arrowsOf(shop)).toEqual([
    { from: "orders", to: "people" },
    { from: "visits", to: "people" },
    { from: "orders", to: "doubts" },
    { from: "people", to: "audiences" },
  ]);
});

test("what is read stands left of its readers, and no two boxes overlap", () => {
  const notebooks = fc
    .integer({ min: 1, max: 14 })
    .chain((size) =>
      fc.tuple(
        ...Array.from({ length: size }, (_, place) => fc.subarray(Array.from({ length: place }, (_, read) => read))),
      ),
    );
  fc.assert(
    fc.property(notebooks, (reads) => {
      const cells = reads.map((from, place) =>
        cell(
          `c${place}`,
          from.map((read) => `c${read}`),
        ),
      );
      const layout = graphLayout(cells);
      const at = new Map(layout.cells.map((placed) => [placed.id, placed]));
      for (const { from, to } of layout.arrows) expect(at.get(from)?.x).toBeLessThan(at.get(to)?.x ?? 0);
      for (const one of layout.cells) {
        expect(one.x - NODE_WIDTH / 2).toBeGreaterThanOrEqual(0);
        expect(one.x + NODE_WIDTH / 2).toBeLessThanOrEqual(layout.width);
        const beside = layout.cells.filter(
          (other) => other !== one && Math.abs(other.x - one.x) < NODE_WIDTH && Math.abs(other.y - one.y) < NODE_HEIGHT,
        );
        expect(beside).toEqual([]);
      }
    }),
    { numRuns: 60 },
  );
});

test("cells that read one another in a round are drawn all the same", () => {
  const layout = graphLayout([cell("a", ["b"]), cell("b", ["a"]), cell("c", ["c"])]);
  expect(layout.cells.map(({ id }) => id)).toEqual(["a", "b", "c"]);
  expect(layout.arrows.length).toBe(2);
});

test("an empty notebook has an empty drawing", () => {
  expect(graphLayout([])).toEqual({ width: 0, height: 0, cells: [], arrows: [] });
});

test("arrow keys go along the arrows and along the column", () => {
  const layout = graphLayout(shop);
  expect(neighbour("orders", "ArrowRight", layout)).toMatch(/people|doubts/);
  expect(neighbour("audiences", "ArrowLeft", layout)).toBe("people");
  expect(neighbour("audiences", "ArrowRight", layout)).toBeNull();
  const [upper, lower] = [neighbour("people", "ArrowUp", layout), neighbour("people", "ArrowDown", layout)];
  expect([upper, lower].filter((id) => id === "doubts")).toHaveLength(1);
  expect(neighbour("gone", "ArrowDown", layout)).toBe("orders");
});

test("a curve begins and ends where its points do", () => {
  expect(curve([])).toBe("");
  expect(
    curve([
      { x: 0, y: 0 },
      { x: 10, y: 4 },
    ]),
  ).toBe("M0 0C5 0 5 4 10 4");
});

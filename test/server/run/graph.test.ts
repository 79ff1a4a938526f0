import fc from "fast-check";
import { expect, it } from "vitest";
import { cell, openRuns } from "./notebook-runs.ts";

const SIZE = 6;

/** Cell → the cells that it reads. */
const graphs = fc.array(fc.uniqueArray(fc.integer({ min: 0, max: SIZE - 1 }), { maxLength: 2 }), {
  minLength: SIZE,
  maxLength: SIZE,
});

/** Which cells are reached from each by one step or more: Warshall's closure. */
function closure(graph: readonly (readonly number[])[]): Set<string> {
  const reached = new Set(graph.flatMap((reads, from) => reads.map((to) => `${from} ${to}`)));
  for (const middle of graph.keys())
    for (const from of graph.keys())
      for (const to of graph.keys())
        if (reached.has(`${from} ${middle}`) && reached.has(`${middle} ${to}`)) reached.add(`${from} ${to}`);
  return reached;
}

it("in any graph of cells every circle is told in it, nothing that needs a circle runs, and all the others do, upstream first", async () => {
  const runs = await openRuns();
  await fc.assert(
    fc.asyncProperty(graphs, fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: SIZE }), async (graph, places) => {
      const text = places.map((index) => {
        const reads = graph[index] ?? [];
        return cell(
          "sql",
          `c${index}`,
          `SELECT ${index} AS a${reads.map((read) => `, c${read}.a AS r${read}`).join("")}
          ${reads.length === 0 ? "" : `FROM ${reads.map((read) => `c${read}`).join(", ")}`}`,
        );
      });
      const reached = closure(graph);
      const inCircle = (index: number) => reached.has(`${index} ${index}`);
      const needsCircle = (index: number) =>
        graph.some((_, other) => reached.has(`${index} ${other}`) && inCircle(other));
      const ran = await runs.run(text.join(""));
      const states = new Map(ran.result.cells.map(({ id, state }) => [Number(id.slice(1)), state]));
      for (const index of graph.keys()) {
        // Of circles that share cells one may hide another until it is broken.
        const may = inCircle(index) ? ["failed", "blocked"] : needsCircle(index) ? ["blocked"] : ["fresh"];
        expect([index, may]).toEqual([index, expect.arrayContaining([states.get(index)])]);
        const circle = [...graph.keys()].filter(
          (other) => reached.has(`${index} ${other}`) && reached.has(`${other} ${index}`),
        );
        if (inCircle(index)) expect(circle.map((other) => states.get(other))).toContain("failed");
      }
      const order = ran.result.cells.map(({ id }) => Number(id.slice(1)));
      for (const [at, index] of order.entries())
        if (states.get(index) === "fresh")
          for (const read of graph[index] ?? []) expect(order.indexOf(read)).toBeLessThan(at);
    }),
    { numRuns: 40, seed: 7 },
  );
});

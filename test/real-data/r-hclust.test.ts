import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { sharedData } from "../shared-data.ts";
import { testWorkspace } from "../workspace.ts";

const folder = sharedData("r_hclust_reference");

const METHODS = {
  ward: "ward.D2",
  average: "average",
  complete: "complete",
  single: "single",
} as const;
const SCALES = { raw: "none", scaled: "zscore" } as const;
const DATA = {
  USArrests: {
    names: ["state", "murder", "assault", "urban_pop", "rape"],
    columns: ["murder", "assault", "urban_pop", "rape"],
  },
  iris: {
    names: ["plant", "sepal_length", "sepal_width", "petal_length", "petal_width", "species"],
    columns: ["sepal_length", "sepal_width", "petal_length", "petal_width"],
  },
} as const;

type Data = keyof typeof DATA;

interface Merge {
  readonly hierarchy: string;
  readonly left: number;
  readonly right: number;
  readonly height: number;
}

/** A notebook with every method and scale; entities are numbered in file order, as R's rows are. */
function notebook(data: Data): string {
  const { names, columns } = DATA[data];
  const cells = Object.entries(SCALES).flatMap(([scaleName, scale]) =>
    Object.keys(METHODS).map(
      (method) => `\`\`\`cluster ${method}_${scaleName}
of: numbered
columns: [${columns.join(", ")}]
scale: ${scale}
method: ${method}
k: 2
\`\`\`
`,
    ),
  );
  const named = Object.keys(SCALES).flatMap((scale) => Object.keys(METHODS).map((method) => `${method}_${scale}`));
  const united = named.map((name) => `SELECT '${name}' AS hierarchy, * FROM ${name}_merges`).join("\nUNION ALL\n");
  return `---
segbook: 1
entity: position
---

\`\`\`source measured
files: ${data}.csv
csv: {header: true, names: [${names.join(", ")}]}
columns: {${names[0]}: {type: text, unique: true}}
\`\`\`

\`\`\`sql numbered
SELECT *, row_number() OVER () AS position FROM measured
\`\`\`

${cells.join("\n")}

\`\`\`sql merges
SELECT * FROM (
${united}
)
ORDER BY hierarchy, step
\`\`\`
`;
}

/** Flat clusters of the first n − k merges in scipy's layout: label of each row. */
function cut(merges: readonly { left: number; right: number }[], k: number): number[] {
  const n = merges.length + 1;
  const parent = Array.from({ length: 2 * n - 1 }, (_, index) => index);
  const find = (node: number): number => (parent[node] === node ? node : find(parent[node] ?? node));
  merges.slice(0, n - k).forEach(({ left, right }, step) => {
    parent[find(left)] = n + step;
    parent[find(right)] = n + step;
  });
  return Array.from({ length: n }, (_, row) => find(row));
}

/** R's rows: a negative number is a single row, a positive one an earlier merge. */
function rMerges(rows: readonly number[][]): { left: number; right: number }[] {
  const n = rows.length + 1;
  const node = (value: number) => (value < 0 ? -value - 1 : n + value - 1);
  return rows.map(([left = 0, right = 0]) => ({
    left: node(left),
    right: node(right),
  }));
}

/** Labels in the order of first appearance, so that equal partitions are equal lists. */
function partition(labels: readonly number[]): number[] {
  const seen = new Map<number, number>();
  return labels.map((label) => seen.get(label) ?? seen.set(label, seen.size).get(label) ?? 0);
}

function csv(path: string): number[][] {
  return readFileSync(path, "utf8")
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(",").map((field) => Number(field.replaceAll('"', ""))));
}

describe.skipIf(folder === null)("R's hclust, through the command line", () => {
  it.each(["USArrests", "iris"] as const)(
    "agrees on %s: heights to 1e-9, the same flat clusters at k = 2 to 10",
    async (data) => {
      const workspace = await testWorkspace({
        notebooks: { "r.md": notebook(data) },
        data: { [`${data}.csv`]: { copy: `${folder}/${data}.csv` } },
      });
      const said = await workspace.segbook("run", "notebooks/r.md");
      expect(said.stderr).not.toMatch(/ error /);
      const all = (await workspace.show("notebooks/r.md", "merges")) as unknown as Merge[];
      for (const [method, rName] of Object.entries(METHODS)) {
        for (const scale of Object.keys(SCALES)) {
          const merges = all.filter((merge) => merge.hierarchy === `${method}_${scale}`);
          const reference = csv(`${folder}/${data}_${rName}_${scale}_hclust.csv`);
          expect(merges.length).toBe(reference.length);
          const heights = reference.map((row) => row[2] ?? Number.NaN);
          for (const [step, merge] of merges.entries()) {
            expect(Math.abs(merge.height - (heights[step] ?? Number.NaN))).toBeLessThan(1e-9);
          }
          for (let k = 2; k <= 10; k++) {
            // Where the merges on both sides of the cut are equally high, R's order among them is no better than another.
            const below = heights[heights.length - k] ?? 0;
            const above = heights[heights.length - k + 1] ?? 0;
            if (Math.abs(above - below) < 1e-12) continue;
            const where = `${data} ${method} ${scale} k=${k}`;
            expect([where, partition(cut(merges, k))]).toEqual([where, partition(cut(rMerges(reference), k))]);
          }
        }
      }
    },
    240_000,
  );
});

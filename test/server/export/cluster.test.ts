import { expect, test } from "vitest";
import { clusterLines } from "../../../server/export/kinds/cluster-lines.ts";
import { clusterOverTime } from "../../../server/export/kinds/cluster-over-time.ts";
import { heatTable } from "../../../server/export/kinds/heat-table.ts";
import type { Heat } from "../../../server/figures/heatmap-rows.ts";

const row = (name: string, cluster: number, z: (number | null)[]) => ({
  ...{ name, cluster, size: 10, share: 0.5 },
  cells: z.map((each) => ({ value: each, z: each })),
});
const HEAT: Heat = {
  columns: [{ name: "spend" }, { name: "<orders>" }],
  rows: [row("Big & new", 1, [1, -1]), row("Small", 2, [-2, null])],
  everybody: [0, 0],
};
const look = { label: "Profiles", colour: (cluster: number) => `#00000${cluster}` };

test("profiles side by side are a line a cluster over the columns where it is known, told in words", () => {
  const page = clusterLines(HEAT, look).text;
  // 2 standard deviations from the middle to either edge of 220, less 14 of air.
  expect(page).toContain('d="M215.0 62.0L645.0 158.0"');
  expect(page).toContain('d="M215.0 206.0"');
  expect(page).toContain("Big &amp; new: spend 1.0, &lt;orders&gt; -1.0. Small: spend -2.0, &lt;orders&gt; unknown");
  expect(page).not.toContain("<orders>");
});

test("a table of medians says that its tint is of means", () => {
  expect(heatTable(HEAT, { ...look, measure: "median" }).text).toContain("the distance of means from everybody's");
});

test("what refreshes found is told, the newest in a table; nothing where none recorded any", () => {
  const names = ["refresh", "period", "cluster", "segment", "fate", "members", "members_before", "there", "changed"];
  const more = ["everybody_changed", "column", "deviations", "beyond_noise", "told"];
  const columns = [...names, ...more].map((name) => ({ name, type: "VARCHAR" }));
  const rows = [
    [1, "2026-01-31", 1, "Big", "first", 10, null, null, null, null, null, null, null, null],
    [2, "2026-02-28", 1, "Big", "same", 12, 10, 8, 2, 0.25, "spend", 0.61, true, "Big moved."],
  ];
  const page = { relation: "kinds_drift", columns, rows, total: 2, offset: 0 };
  const paper = (clusterOverTime(page as never, look)?.text ?? "").replace(/\p{Zs}/gu, " ");
  expect(paper).toContain("28 Feb 2026: 25.0 % of the people changed cluster. Big moved.");
  expect(paper).toContain("<td>the same</td><td>10</td><td>12</td><td>25.0 %</td><td>spend up by 0.6 sd</td>");
  expect(paper).toContain("31 Jan 2026: the first refresh.");
  expect(clusterOverTime({ ...page, rows: [] } as never, look)).toBeNull();
});

import { expect, test } from "vitest";
import { clustersOverTime } from "../../../server/figures/cluster-drift.ts";
import { fateWords } from "../../../server/figures/cluster-drift-words.ts";

const columns = [
  ...["period", "refresh", "cluster", "segment", "fate", "members", "members_before", "there", "changed"],
  ...["everybody_changed", "column", "deviations", "beyond_noise", "told"],
].map((name) => ({ name, type: "VARCHAR" }));

test("refreshes are told newest first, with who changed cluster and what moved beyond noise", () => {
  const rows = [
    ["2026-09-30", 1, 1, "Regulars", "first", 100, null, null, null, null, null, null, false, null],
    ["2026-10-07", 2, 1, "Regulars", "split", 60, 100, 80, 20, 0.25, "orders", -1.2, true, "`Regulars` split."],
    ["2026-10-07", 2, 2, "Rest", "vanished", null, 5, 0, 0, 0.25, "orders", 0.1, false, null],
  ];
  const [newest, first, ...more] = clustersOverTime({ columns, rows });
  expect(more).toEqual([]);
  expect(newest).toMatchObject({ refresh: 2, day: "2026-10-07", changed: 0.25, told: ["Regulars split."] });
  expect(newest?.fates).toEqual([
    {
      ...{ cluster: 1, name: "Regulars", fate: "split", people: 60, before: 100, changed: 0.25 },
      moved: { column: "orders", deviations: -1.2 },
    },
    { cluster: 2, name: "Rest", fate: "vanished", people: null, before: 5, changed: null, moved: null },
  ]);
  expect(first).toMatchObject({ refresh: 1, changed: null, told: [] });
});

test("a cluster that was compared with nothing is not said to have stayed where it was", () => {
  const one = { cluster: 1, name: "Regulars", changed: null, moved: null };
  expect(fateWords({ ...one, fate: "first", people: 1_200, before: null })).toEqual([
    ...["there for the first time", "—", "1,200", "—", "—"],
  ]);
  expect(fateWords({ ...one, fate: "same", people: 60, before: 70, changed: 0.1 }).at(-1)).toBe("nothing beyond noise");
  expect(fateWords({ ...one, fate: "merged", people: 0, before: 70 }).at(-1)).toBe("—");
  const moved = { column: "total_spend", deviations: -1.24 };
  expect(fateWords({ ...one, fate: "same", people: 60, before: 70, moved }).at(-1)).toBe("total spend down by 1.2 sd");
});

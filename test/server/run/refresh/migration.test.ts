import { describe, expect, it } from "vitest";
import { isProblem } from "../../../../server/notebook/is-problem.ts";
import type { SegmentRef } from "../../../../server/segments/profile/view.ts";
import { cell, type NotebookRuns, openRuns, PATH, withHead } from "../notebook-runs.ts";
import { notebook, ordersFile, peopleFile, refresh } from "./refreshes.ts";

const FIVE = peopleFile([1, 2, 3, 4, 5].map((who) => ({ who, country: "UK" })));
const CELL = {
  more: "exclusive: true\n",
  rules: { recent: "placed order in last 7 days", former: "placed order" },
};
const BUYERS = cell("segments", "by_orders", "of: people\nsegments:\n  Buyers: placed order");
const TEXT = `${notebook(CELL)}${BUYERS}`;

async function migrationOf(runs: NotebookRuns, segments: readonly SegmentRef[]) {
  const ask = { path: PATH, text: withHead(TEXT), set: {}, asOf: "2026-10-20", segments };
  const found = await runs.session.history(ask, new AbortController().signal);
  if (isProblem(found)) throw new Error(found.message);
  return found.migration;
}

const groups = (name: string) => ({ cell: "groups", name });

describe("Moves between segments", () => {
  it("are who left one and came into another at the same refresh, from cell to cell too, the first refresh aside", async () => {
    // 1 and 2 order early and 3 late; 2 orders again, and so it is only once that it becomes a former one.
    const before = [
      { who: 1, at: "2026-10-01" },
      { who: 2, at: "2026-10-02" },
    ];
    const runs = await openRuns({ "orders.csv": ordersFile(before), "people.csv": FIVE });
    await refresh(runs, TEXT, "2026-10-05");
    const later = [
      { who: 3, at: "2026-10-10" },
      { who: 2, at: "2026-10-10" },
    ];
    await runs.put("orders.csv", ordersFile([...before, ...later]));
    await refresh(runs, TEXT, "2026-10-12");
    await refresh(runs, TEXT, "2026-10-25");
    expect(await migrationOf(runs, [groups("recent"), groups("former")])).toEqual([
      { refresh: 1, from: 0, to: 1, moves: 1 },
      { refresh: 1, from: null, to: 0, moves: 1 },
      { refresh: 2, from: 0, to: 1, moves: 2 },
    ]);
    // 3 comes into two segments at once, which are pairs of its own from nowhere.
    const across = [groups("former"), { cell: "by_orders", name: "Buyers" }, groups("recent")];
    expect(await migrationOf(runs, across)).toEqual([
      { refresh: 1, from: 2, to: 0, moves: 1 },
      { refresh: 1, from: null, to: 2, moves: 1 },
      { refresh: 1, from: null, to: 1, moves: 1 },
      { refresh: 2, from: 2, to: 0, moves: 2 },
    ]);
  });

  it("are none where the segments were never recorded, and not told of one segment alone", async () => {
    const runs = await openRuns({ "orders.csv": ordersFile([{ who: 1, at: "2026-10-01" }]), "people.csv": FIVE });
    await refresh(runs, TEXT, "2026-10-05");
    expect(await migrationOf(runs, [groups("nobody"), groups("none")])).toEqual([]);
    expect(await migrationOf(runs, [groups("recent")])).toBeNull();
  });
});

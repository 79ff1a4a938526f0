import { describe, expect, it } from "vitest";
import { isProblem } from "../../../server/notebook/is-problem.ts";
import type { SegmentRef } from "../../../server/segments/profile/view.ts";
import { cell, openRuns, PATH, withHead } from "./notebook-runs.ts";

const never = new AbortController().signal;

// Spend 10, 20, … 80 and one missing; five of eight known countries are DE.
const PEOPLE = `customer_id,spend,country,joined,vip
a,10,DE,2026-01-01,true
b,20,DE,2026-01-02,false
c,30,DE,2026-01-03,false
d,40,DE,2026-01-04,false
e,50,DE,2026-01-05,false
f,60,FR,2026-01-06,true
g,70,FR,2026-01-07,true
h,80,UK,2026-01-08,true
i,,,,
`;

const NOTEBOOK = [
  cell("source", "people", "files: people.csv\ncolumns:\n  spend: DECIMAL(18,2)\n  joined: DATE"),
  cell(
    "segments",
    "by_spend",
    "of: people\nsegments:\n  Rich: spend >= 50\n  Poor: spend < 50\n  Nobody: spend > 1000",
  ),
  cell("segments", "by_place", "of: people\nsegments:\n  Germans: country = 'DE'"),
].join("");

async function profileOf(segments: readonly SegmentRef[]) {
  const runs = await openRuns({ "people.csv": PEOPLE });
  await runs.run(NOTEBOOK);
  const ask = { path: PATH, text: withHead(NOTEBOOK), set: {}, asOf: null, segments };
  const found = await runs.session.profile(ask, never);
  if (isProblem(found)) throw new Error(found.message);
  return found;
}

describe("the profile of segments", () => {
  it("says what a number is for everybody and for each segment", async () => {
    const view = await profileOf([
      { cell: "by_spend", name: "Rich" },
      { cell: "by_spend", name: "Poor" },
    ]);
    expect(view).toMatchObject({ of: "people", people: 9 });
    expect(view.segments.map(({ people }) => people)).toEqual([4, 4]);
    const spend = view.columns.find(({ column }) => column === "spend");
    // Everybody: mean 45, population sd √525. The rich: mean 65, sd √125. So 20/√525 standard deviations apart.
    expect(spend).toMatchObject({
      kind: "number",
      everybody: { known: 8 / 9, mean: 45, median: 45, q25: 27.5, q75: 62.5 },
      segments: [
        { known: 1, mean: 65, median: 65 },
        { known: 1, mean: 25, median: 25 },
      ],
    });
    expect(spend?.effect).toBeCloseTo(20 / Math.sqrt(525), 12);
    expect(spend?.kind === "number" && spend.everybody.sd).toBeCloseTo(Math.sqrt(525), 12);
  });

  it("says the shares of a text's commonest values among those whose value is known", async () => {
    const view = await profileOf([{ cell: "by_spend", name: "Rich" }]);
    expect(view.columns.find(({ column }) => column === "country")).toMatchObject({
      kind: "text",
      everybody: { known: 8 / 9 },
      values: [
        { value: "DE", everybody: 5 / 8, segments: [1 / 4] },
        { value: "FR", everybody: 2 / 8, segments: [2 / 4] },
        { value: "UK", everybody: 1 / 8, segments: [1 / 4] },
      ],
    });
    expect(view.columns.find(({ column }) => column === "vip")).toMatchObject({
      kind: "text",
      values: [
        { value: "false", everybody: 0.5, segments: [0.25] },
        { value: "true", everybody: 0.5, segments: [0.75] },
      ],
    });
  });

  it("says which other segments its people are in, of every cell", async () => {
    const view = await profileOf([
      { cell: "by_spend", name: "Rich" },
      { cell: "by_place", name: "Germans" },
    ]);
    expect(view.overlaps).toEqual([
      { cell: "by_spend", name: "Poor", people: 4, shared: [0, 4] },
      { cell: "by_spend", name: "Rich", people: 4, shared: [4, 1] },
      { cell: "by_place", name: "Germans", people: 5, shared: [1, 5] },
    ]);
  });

  it("says of a segment that nobody is in that nothing is known", async () => {
    const view = await profileOf([{ cell: "by_spend", name: "Nobody" }]);
    expect(view.segments).toEqual([{ cell: "by_spend", name: "Nobody", people: 0 }]);
    expect(view.columns.find(({ column }) => column === "spend")).toMatchObject({
      effect: 0,
      segments: [{ known: 0, mean: null, sd: null, median: null }],
    });
  });

  it("is a problem where the cell has not run, or has no segments", async () => {
    const runs = await openRuns({ "people.csv": PEOPLE });
    const ask = { path: PATH, text: withHead(NOTEBOOK), set: {}, asOf: null };
    const asked = (name: string) => runs.session.profile({ ...ask, segments: [{ cell: name, name: "Rich" }] }, never);
    expect(await asked("by_spend")).toMatchObject({ code: "not-computed", cell: "by_spend" });
    await runs.run(NOTEBOOK);
    expect(await asked("people")).toMatchObject({
      code: "unknown-segment",
      hint: "Cells with segments: `by_spend`, `by_place`.",
    });
  });
});

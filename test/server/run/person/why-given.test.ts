import { describe, expect, test } from "vitest";
import type { SegmentAnswer } from "../../../../server/segments/person/view.ts";
import { cell, openRuns, PATH, withHead } from "../notebook-runs.ts";

const never = new AbortController().signal;

const PEOPLE = "customer_id,spend,visits\na,100,9\nb,90,8\nc,10,1\nd,5,2\ne,,\n";
const NOTEBOOK = [
  cell("source", "people", "files: people.csv\ncolumns: {spend: DOUBLE, visits: DOUBLE}"),
  cell(
    "score",
    "warmth",
    "of: people\npoints:\n- when: spend > 50\n  add: 10\n- when: visits >= 2\n  add: 5\nbands:\n  Hot: '>= 15'\n  Warm: '> 4'\n  Cold: '>= 0'",
  ),
  cell(
    "cluster",
    "kinds",
    "of: people\ncolumns: [spend, visits]\nmethod: kmeans\nk: 2\nmissing: drop\nnames: {1: First, 2: Second}",
  ),
].join("");

async function answers(person: string): Promise<readonly SegmentAnswer[]> {
  const runs = await openRuns({ "people.csv": PEOPLE });
  await runs.run(NOTEBOOK);
  const ask = { path: PATH, text: withHead(NOTEBOOK), set: {}, asOf: null, person, kind: null, offset: 0, limit: 10 };
  const view = await runs.session.person(ask, never);
  if ("code" in view) throw new Error(view.code);
  return view.segments;
}

describe("Why a person is in a band or a cluster", () => {
  test("is the score against each border, with the points of each rule", async () => {
    const bands = (await answers("d")).filter((one) => one.cell === "warmth");
    expect(bands.map(({ segment, isIn, keptOut }) => [segment, isIn, keptOut])).toEqual([
      ["Hot", false, null],
      ["Warm", true, null],
      ["Cold", false, { by: "segment", segment: "Warm" }],
    ]);
    const [hot] = bands;
    expect(hot?.why).toMatchObject({ text: "score >= 15", holds: false, found: { what: "score", value: 5 } });
    expect(hot?.why?.parts.map(({ text, holds, found }) => [text, holds, found?.value])).toEqual([
      ["spend > 50", false, 0],
      ["visits >= 2", true, 5],
    ]);
  });

  test("is the nearest cluster, and nothing for somebody who was left out", async () => {
    const own = (await answers("a")).filter((one) => one.cell === "kinds");
    expect(own).toMatchObject([
      { isIn: true, why: { words: "nearest to this cluster by spend, visits", holds: true } },
    ]);
    expect(["First", "Second"]).toContain(own[0]?.segment);
    expect((await answers("e")).filter((one) => one.cell === "kinds")).toEqual([]);
  });
});

import { expect, test } from "vitest";
import { cell, openRuns } from "../notebook-runs.ts";
import { notebook, peopleFile, threeKinds } from "./people.ts";

const rule = (text: string) => cell("segments", "who", `of: people\nsegments:\n  Those: IN SEGMENT "${text}"`);

test("IN SEGMENT takes a cluster whose number follows those of before, and refuses one that was not found", async () => {
  const runs = await openRuns();
  const { a, b, c } = threeKinds();
  await runs.put("people.csv", peopleFile([...a, ...b, ...c]));
  await runs.run(notebook("k: 3"), { refresh: true });
  // A parts in two: the new one is cluster 4, though the text asks for three; C is with B.
  const left = a.slice(0, 55).map(([id, x, y]) => [id, x - 300, y] as const);
  const right = a.slice(55).map(([id, x, y]) => [id, x, y - 300] as const);
  await runs.put(
    "people.csv",
    peopleFile([...left, ...right, ...b, ...c.map(([id, x, y]) => [id, x + 100, y - 100] as const)]),
  );
  await runs.run(notebook("k: 3"), { refresh: true });
  const found = await runs.run(notebook("k: 3") + rule("Cluster 4"));
  expect(found.cell("who")).toMatchObject({ state: "fresh", rows: 35, problems: [] });
  const absent = await runs.run(notebook("k: 3") + rule("Cluster 3"));
  expect(absent.cell("who")).toMatchObject({
    state: "failed",
    problems: [
      {
        code: "unknown-segment",
        message: "There is no cluster `Cluster 3` in `kinds`.",
        hint: "Those that were found are `Cluster 1`, `Cluster 2`, `Cluster 4`.",
      },
    ],
  });
  const beyond = await runs.run(notebook("k: 3") + rule("Cluster 5"));
  expect(beyond.cell("who")).toMatchObject({ state: "failed", problems: [{ code: "unknown-segment" }] });
});

test("where the number of clusters is left open, those that it may come to can be named", async () => {
  const runs = await openRuns();
  const { a, b, c } = threeKinds();
  await runs.put("people.csv", peopleFile([...a, ...b, ...c]));
  const open = notebook("k: {auto: [2, 5]}");
  expect((await runs.run(open + rule("Cluster 3"))).cell("who")).toMatchObject({ state: "fresh", rows: 60 });
  expect((await runs.run(open + rule("Cluster 4"))).cell("who")).toMatchObject({
    state: "failed",
    problems: [{ code: "unknown-segment", message: "There is no cluster `Cluster 4` in `kinds`." }],
  });
});

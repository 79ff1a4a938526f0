import { readdir, writeFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { cell, type NotebookRuns, openRuns } from "../notebook-runs.ts";
import { around, notebook, type Person, peopleFile, threeKinds } from "./people.ts";

const NAMES = "names: {1: Sparse, 2: Spenders, 3: Regulars}";
const THREE = notebook(`k: 3\n${NAMES}`);

async function refresh(runs: NotebookRuns, people: readonly Person[], text = THREE) {
  await runs.put("people.csv", peopleFile(people));
  const ran = await runs.run(text, { refresh: true });
  if (ran.result.refresh === null) throw new Error(JSON.stringify(ran.result.problems));
  return ran;
}

/** Cluster of one person of each kind, by the first number of its ids. */
async function clusterOf(runs: NotebookRuns, ids: readonly number[], text = THREE): Promise<unknown[]> {
  const rows = await runs.rows(text, "kinds", { limit: 10_000 });
  if (typeof rows === "string") throw new Error(rows);
  const found = new Map(rows.map(([id, cluster]) => [Number(id), cluster]));
  return ids.map((id) => found.get(id));
}

const told = (ran: { cell(id: string): { problems: readonly { code: string; message: string }[] } }) =>
  ran
    .cell("kinds")
    .problems.filter(({ code }) => /^cluster-/.test(code))
    .map(({ message }) => message);

describe("Numbers and names of clusters stick to the people", () => {
  test("over a refresh in which the sizes change places", async () => {
    const runs = await openRuns();
    const { a, b, c } = threeKinds();
    await refresh(runs, [...a, ...b, ...c]);
    expect(await clusterOf(runs, [1000, 2000, 3000])).toEqual([1, 2, 3]);
    const ran = await refresh(runs, [...a.slice(0, 40), ...b, ...c, ...around(3500, 60, [0, 100])]);
    expect(await clusterOf(runs, [1000, 2000, 3000, 3500])).toEqual([1, 2, 3, 3]);
    expect(told(ran)).toEqual([]);
    const profile = await runs.rows(THREE, "kinds_profile");
    expect(Array.isArray(profile) && [...new Set(profile.map(([cluster, size]) => `${cluster}: ${size}`))]).toEqual([
      "1: 40",
      "2: 70",
      "3: 120",
    ]);
    // By size alone the largest, C, would be 1.
    const [centre] = (await runs.rows(THREE, "kinds_centres")) as unknown[][];
    expect(centre?.slice(0, 4)).toEqual([1, 3, "Sparse", 40]);
  });

  test("one that split, one that merged and one that is new are said to have done so", async () => {
    const runs = await openRuns();
    const { a, b, c } = threeKinds();
    await refresh(runs, [...a, ...b, ...c]);
    // A parts; C goes to B's place.
    const left = a.slice(0, 55).map(([id, x, y]) => [id, x - 300, y] as const);
    const right = a.slice(55).map(([id, x, y]) => [id, x, y - 300] as const);
    const gone = c.map(([id, x, y]) => [id, x + 100, y - 100] as const);
    const ran = await refresh(runs, [...left, ...right, ...b, ...gone]);
    expect(told(ran)).toEqual([
      "`Sparse` split: 61 % are in cluster 1, 39 % in cluster 4.",
      "`Regulars` merged into cluster 2: 100 % of its people are there.",
      "Cluster 4 is new: 100 % of its 35 people were in a cluster before, the most of them, 100 %, in `Sparse`.",
    ]);
    expect(await clusterOf(runs, [1000, 1080, 2000, 3000])).toEqual([1, 4, 2, 2]);
    const drift = await runs.rows(THREE, "kinds_drift");
    expect(drift).toBe("not-computed");
    await runs.run(THREE, { cells: ["kinds_drift"] });
    const rows = (await runs.rows(THREE, "kinds_drift")) as unknown[][];
    expect(rows.map((row) => row.slice(2, 10))).toEqual([
      [1, 1, "Sparse", "first", 90, null, null, null],
      [1, 2, "Spenders", "first", 70, null, null, null],
      [1, 3, "Regulars", "first", 60, null, null, null],
      [2, 1, "Sparse", "split", 55, 90, 90, 35],
      [2, 2, "Spenders", "same", 130, 70, 70, 0],
      [2, 3, "Regulars", "merged", 0, 60, null, null],
      [2, 4, "Cluster 4", "new", 35, null, null, null],
    ]);
    // 35 of A and all 60 of C.
    expect(rows[3]?.[10]).toBeCloseTo(95 / 220, 12);
    expect(rows[3]?.slice(0, 2)).toEqual(["2026-11-01T00:00:00Z", "2026-10-31"]);
  });

  test("of whom nobody is left, one is found by its centre", async () => {
    const runs = await openRuns();
    const { a, b } = threeKinds();
    await refresh(runs, [...a, ...b, ...around(3000, 60, [0, 100])]);
    const ran = await refresh(runs, [...a, ...b, ...around(5000, 95, [0, 100])]);
    expect(await clusterOf(runs, [1000, 2000, 5000])).toEqual([1, 2, 3]);
    expect(told(ran)).toEqual([]);
  });

  test("a number that is nobody's by now, and its name, go to nobody else", async () => {
    const runs = await openRuns();
    const { a, b, c } = threeKinds();
    await refresh(runs, [...a, ...b, ...c]);
    await refresh(runs, [...a, ...b, ...around(7000, 99, [300, 300])]);
    expect(await clusterOf(runs, [1000, 2000, 7000])).toEqual([1, 2, 4]);
    const named = notebook("k: 3\nnames: {1: Sparse, 2: Spenders, 3: Regulars, 4: Whales}");
    const ran = await runs.run(named);
    expect(ran.codes("kinds")).not.toContain("name-of-no-cluster");
    await refresh(
      runs,
      [...a, ...b, ...around(7000, 99, [300, 300]), ...around(8000, 50, [-300, 300])],
      named.replace("k: 3", "k: 4"),
    );
    expect(await clusterOf(runs, [1000, 2000, 7000, 8000], named.replace("k: 3", "k: 4"))).toEqual([1, 2, 4, 5]);
  });
});

describe("The drift of a clustering", () => {
  test("is told by the refresh with its causes, and a monitor watches the share who changed and the sizes", async () => {
    const runs = await openRuns();
    const { a, b, c } = threeKinds();
    const watched = `${THREE}${cell("monitor", "drifting", "counts: kinds_drift\nmetrics: [change_rate, size]\nmature_after: 0 hours\nbaseline: 3")}`;
    const text = (day: string) => `---\nsegbook: 1\nas_of: ${day}\n---\n\n${watched}`;
    await refresh(runs, [...a, ...b, ...c], text("2026-10-01"));
    // Nine of A go over to B, and all of C a little way.
    const over = a.slice(0, 9).map(([id, x, y]) => [id, x + 100, y] as const);
    const near = c.map(([id, x, y]) => [id, x + 3, y] as const);
    const people = [...over, ...a.slice(9), ...b, ...near];
    const { result } = await refresh(runs, people, text("2026-10-02"));
    expect(result.refresh?.clusters).toEqual([
      {
        cell: "kinds",
        changed: 9 / 220,
        told: [
          expect.stringMatching(
            /^`Regulars` moved since the last refresh: spend is up by 1\.2 of its standard deviations, 6\.4 standard errors\.$/,
          ),
        ],
      },
    ]);
    // Whoever changed cluster left one and entered another, by the same cause.
    expect(result.refresh?.segments.map(({ segment, causes }) => [segment, causes])).toEqual([
      ["Sparse", [{ because: "data", entered: 0, left: 9 }]],
      ["Spenders", [{ because: "data", entered: 9, left: 0 }]],
      ["Regulars", []],
    ]);
    expect(result.refresh?.untold).toEqual([]);
    // The monitor came after the refresh was recorded, and with it what is told of the clusters.
    expect((await runs.plan(text("2026-10-02"))).states).toMatchObject({ kinds: "fresh", drifting: "fresh" });
    const series = await runs.rows(text("2026-10-02"), "drifting_series");
    const short = Array.isArray(series) ? series.map((row) => row.slice(0, 6).join(" ")).sort() : [];
    expect(short).toEqual([
      "Regulars change_rate 2026-10-02 60 0 0",
      "Regulars size 2026-10-01  60 60",
      "Regulars size 2026-10-02  60 60",
      "Sparse change_rate 2026-10-02 90 9 0.1",
      "Sparse size 2026-10-01  90 90",
      "Sparse size 2026-10-02  81 81",
      "Spenders change_rate 2026-10-02 70 0 0",
      "Spenders size 2026-10-01  70 70",
      "Spenders size 2026-10-02  79 79",
    ]);
  });
});

describe("What is recorded makes no result stale", () => {
  test("neither a refresh, nor a second one of the same, nor going back to the files of before", async () => {
    const runs = await openRuns();
    const { a, b, c } = threeKinds();
    await refresh(runs, [...a, ...b, ...c]);
    expect((await runs.plan(THREE)).states.kinds).toBe("fresh");
    const later = [...a.slice(0, 40), ...b, ...c, ...around(3500, 60, [0, 100])];
    const ran = await refresh(runs, later);
    expect(ran.story).toContain("kinds computed");
    expect((await runs.plan(THREE)).states.kinds).toBe("fresh");
    const again = await runs.run(THREE, { refresh: true });
    expect([again.story.includes("kinds found"), again.result.refresh?.state]).toEqual([true, "same"]);
    expect(again.cell("kinds").key).toBe(ran.cell("kinds").key);
    await runs.put("people.csv", peopleFile([...a, ...b, ...c]));
    // Led by the second refresh now, whose people were others.
    expect((await runs.run(THREE)).story).toContain("kinds computed");
    expect(await clusterOf(runs, [1000, 2000, 3000])).toEqual([1, 2, 3]);
  });

  test("a history that is damaged is told, and no number is made up", async () => {
    const runs = await openRuns();
    const { a, b, c } = threeKinds();
    await refresh(runs, [...a, ...b, ...c]);
    const [folder = ""] = await readdir(runs.workspace.membership);
    await writeFile(`${runs.workspace.membership}/${folder}/manifest.json`, "{}");
    expect((await runs.run(THREE)).codes("kinds")).toEqual(["membership-damaged"]);
  });
});

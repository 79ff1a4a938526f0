import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { compareWithLock } from "../../../../server/run/lock/compare.ts";
import type { Lock, MadeLock } from "../../../../server/run/lock/model.ts";
import { printLock } from "../../../../server/run/lock/print.ts";
import { readLock } from "../../../../server/run/lock/read.ts";
import { type NotebookRuns, openRuns, PATH } from "../notebook-runs.ts";
import { around, notebook, type Person, peopleFile, threeKinds } from "./people.ts";

const NAMES = "names: {1: Sparse, 2: Spenders, 3: Regulars}";
const ANEW = notebook(`k: 3\n${NAMES}`);
const NEAREST = notebook(`k: 3\nassign: nearest\n${NAMES}`);

const LOCK = PATH.replace(/\.md$/, ".lock.json");

async function made(runs: NotebookRuns, text: string, options = {}): Promise<MadeLock> {
  const { result } = await runs.run(text, { lock: true, ...options });
  if (result.lock === null) throw new Error("no lock");
  return result.lock;
}

async function keep(runs: NotebookRuns, text: string): Promise<void> {
  await writeFile(join(runs.workspace.root, LOCK), text);
}

/** A workspace over some people, with the lock of a run over them where they are locked. */
async function over(people: readonly Person[], lock: Lock | null = null): Promise<NotebookRuns> {
  const runs = await openRuns({ "people.csv": peopleFile(people) });
  if (lock !== null) await keep(runs, printLock(lock));
  return runs;
}

async function locked(people: readonly Person[], text = ANEW): Promise<{ runs: NotebookRuns; lock: Lock }> {
  const runs = await over(people);
  const { lock } = await made(runs, text);
  await keep(runs, printLock(lock));
  return { runs, lock };
}

async function clustersOf(runs: NotebookRuns, text: string, ids: readonly number[]): Promise<unknown[]> {
  const ran = await runs.run(text);
  const rows = await runs.rows(text, "kinds", { limit: 10_000 });
  if (typeof rows === "string") throw new Error(JSON.stringify(ran.cell("kinds").problems));
  const found = new Map(rows.map(([id, cluster]) => [Number(id), cluster]));
  return ids.map((id) => found.get(id));
}

const { a, b, c } = threeKinds();
const ALL = [...a, ...b, ...c];
/** C is the largest by now, and everybody in it is new. */
const LATER = [...a.slice(0, 40), ...b, ...around(4000, 120, [0, 100])];

describe("A lock keeps clusters", () => {
  test("with columns and centres a line each, read back as they were, and nothing is stale for it", async () => {
    const { runs, lock } = await locked(ALL);
    const text = printLock(lock);
    const lines = text.split("\n").filter((line) => /^ +"\w+": \{"(centre|fill)":/.test(line));
    expect(lines.map((line) => line.trim().slice(0, 14))).toEqual([
      '"1": {"centre"',
      '"2": {"centre"',
      '"3": {"centre"',
      '"orders": {"fi',
      '"spend": {"fil',
    ]);
    expect(readLock(text, "test.lock.json")).toEqual(lock);
    expect((await runs.plan(ANEW)).states.kinds).toBe("fresh");
    expect(compareWithLock({ before: lock, today: await made(runs, ANEW), failed: {} })).toMatchObject([
      { cell: "people", verdict: "same" },
      { cell: "kinds", verdict: "same" },
    ]);
  });

  test("whose numbers go on by centre where nothing is recorded, and by people once something is", async () => {
    const { lock } = await locked(ALL);
    const runs = await over(LATER, lock);
    expect(await clustersOf(runs, ANEW, [1000, 2000, 4000])).toEqual([1, 2, 3]);
    const without = await over(LATER);
    expect(await clustersOf(without, ANEW, [1000, 2000, 4000])).toEqual([3, 2, 1]);
    await keep(without, printLock(lock));
    const { kinds } = (await without.plan(ANEW)).states;
    expect(kinds).toBe("stale: the clusters that its numbers follow are others.");
    await rm(join(without.workspace.root, LOCK));
    await without.run(ANEW, { refresh: true });
    await keep(without, printLock(lock));
    expect(await clustersOf(without, ANEW, [1000, 2000, 4000])).toEqual([3, 2, 1]);
    // Held against the lock, its numbers count, whatever was recorded.
    await without.put("people.csv", peopleFile(ALL));
    const today = await made(without, ANEW, { locked: true, noCache: true });
    const verdicts = compareWithLock({ before: lock, today, failed: {} });
    expect(verdicts.map(({ verdict, differences }) => [verdict, differences])).toEqual([
      ["same", []],
      ["same", []],
    ]);
  });

  test("that can't be read: clusters are numbered by size, and that is told", async () => {
    const runs = await over(ALL);
    await keep(runs, "<<<<<<< ours\n{}\n");
    const ran = await runs.run(ANEW);
    expect(ran.codes("kinds")).toContain("lock-unread");
    expect(ran.result.state).toBe("done");
  });
});

describe("assign: nearest", () => {
  test("puts people to the lock's centres and clusters nobody anew", async () => {
    const { lock } = await locked(ALL);
    // Far from all three, and just on B's side of the middle between A's centre and B's.
    const runs = await over([...LATER, [7000, 900, 0], [7001, 50.5, 0]], lock);
    expect(await clustersOf(runs, NEAREST, [1000, 2000, 4000, 7000, 7001])).toEqual([1, 2, 3, 2, 2]);
    const centre = lock.cells.kinds?.clusters?.clusters["2"]?.centre;
    const rows = (await runs.rows(NEAREST, "kinds", { limit: 10_000 })) as unknown[][];
    const distance = rows.find(([id]) => Number(id) === 7000)?.[3];
    expect(distance).toBeCloseTo(Math.hypot(900 - (centre?.spend ?? 0), centre?.orders ?? 0), 9);
    expect(await runs.rows(NEAREST, "kinds_merges")).toBe("unknown-relation");
  });

  test("with the same people it comes to the same clusters and distances, and keeps the lock's", async () => {
    const text = (more: string) => notebook(`k: 3\n${more}${NAMES}`).replace("scale: none\n", "scale: robust\n");
    const skewed = ALL.map(([id, spend, orders]) => [id, 2 ** (spend / 9), orders] as const);
    const { runs, lock } = await locked(skewed, text("").replace("spend: none", "spend: log1p"));
    const nearest = text("assign: nearest\n").replace("spend: none", "spend: log1p");
    const before = await runs.rows(text("").replace("spend: none", "spend: log1p"), "kinds", { limit: 1000 });
    const again = await made(runs, nearest);
    const rows = await runs.rows(nearest, "kinds", { limit: 1000 });
    expect(again.lock.cells.kinds?.clusters).toEqual(lock.cells.kinds?.clusters);
    expect(rows).toHaveLength(220);
    for (const [at, row] of (rows as unknown[][]).entries()) {
      const was = (before as unknown[][])[at] ?? [];
      expect(row.slice(0, 3)).toEqual(was.slice(0, 3));
      expect(row[3]).toBeCloseTo(Number(was[3]), 12);
    }
    await keep(runs, printLock(again.lock));
    expect((await runs.plan(nearest)).states.kinds).toBe("fresh");
  });

  test("tells where its people have moved away from a centre, and a centre that nobody is near", async () => {
    const { lock } = await locked(ALL);
    const moved = b.map(([id, spend, orders]) => [id, spend + 5, orders] as const);
    const runs = await over([...a, ...moved], lock);
    const messages = (await runs.run(NEAREST)).cell("kinds").problems.filter(({ code }) => /^cluster-/.test(code));
    expect(messages.map(({ code, message }) => [code, message])).toEqual([
      ["cluster-vanished", "`Regulars` vanished: everybody is nearer to another centre than to that of cluster 3."],
      [
        "cluster-drifted",
        expect.stringMatching(
          /^`Spenders` moved from where the lock has it: spend is up by 1\.9 of its standard deviations, 1\d\.\d standard errors\.$/,
        ),
      ],
    ]);
  });

  test("without a lock, or with one of other clusters, it says what to do before anything runs", async () => {
    const runs = await over(ALL);
    const problems = async (text: string) => (await runs.plan(text)).cell("kinds").problems;
    expect(await problems(NEAREST)).toMatchObject([
      {
        code: "nearest-without-lock",
        message: "There is no lock with clusters of `kinds` to be nearest to.",
        hint: "Leave out assign: nearest, run with --lock, and put it back.",
      },
    ]);
    await keep(runs, printLock((await made(runs, ANEW)).lock));
    expect(await problems(NEAREST)).toEqual([]);
    const told = async (from: string, to: string) =>
      (await problems(NEAREST.replace(from, to))).map((one) => one.message);
    expect(await told("columns: [spend, orders]", "columns: [spend]")).toEqual([
      "`columns` has no column `orders`.",
      "The lock's clusters were found with `orders` too.",
    ]);
    expect(await told("columns: [spend, orders]", "columns: [spend, orders, customer_id]")).toEqual([
      "`customer_id` is the key of the people: people whose numbers are near each other are not alike.",
      "The lock's clusters were found without `customer_id`.",
    ]);
    expect(await told("spend: none", "spend: log1p")).toEqual(["In the lock `spend` is transformed by none."]);
    expect(await told("scale: none", "scale: robust\nmethod: kmeans")).toEqual([
      "The lock's scale is none.",
      "The lock's clusters were found by ward.",
    ]);
    expect(await told("k: 3", "k: 4")).toEqual(["The lock has 3 clusters."]);
    expect(await told("k: 3", "k: {auto: [2, 9]}")).toEqual([]);
    await keep(runs, "=======\n{}\n");
    expect(await problems(NEAREST)).toMatchObject([{ code: "nearest-without-lock" }]);
    const ranked = ANEW.replace("spend: none", "spend: rank");
    await keep(runs, printLock((await made(runs, ranked)).lock));
    expect(await problems(NEAREST.replace("spend: none", "spend: rank"))).toMatchObject([{ code: "nearest-of-ranks" }]);
  });
});

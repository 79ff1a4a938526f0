import { rm, truncate, writeFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { defaultLimits } from "../../../../server/run/limits.ts";
import { Session } from "../../../../server/run/session.ts";
import { cell, openRuns, orders } from "../notebook-runs.ts";
import { keptPasses, passTexts } from "./kept-columns.ts";

const DATA = {
  "orders.csv": `customer_id,amount,ordered_at\n${[1, 1, 1, 2, 3, 3]
    .map((id, n) => `${id},${10 * (n + 1)}.5,2026-10-0${n + 1} 10:00:00`)
    .join("\n")}\n`,
  "people.csv": "customer_id\n1\n2\n3\n4\n",
};

const people = cell("source", "people", "files: people.csv\ncolumns: {customer_id: BIGINT}");
const features = cell(
  "features",
  "behaviour",
  "from: people\ncolumns:\n  spend: sum of amount of placed order\n  orders: count of placed order\n  first: days since first placed order",
);
const segments = (rule: string) =>
  cell("segments", "groups", `of: behaviour\nsegments:\n  Often: placed order at least 3 times\n  Other: ${rule}`);
const score = cell(
  "score",
  "points",
  "of: people\npoints:\n  - {when: placed order at least 2 times, add: 3}\n  - {when: sum of amount of placed order > 30, add: 2}",
);
const RULE = "sum of amount of placed order in last 31 days > 60";
const notebook = (rule = RULE) => people + orders() + features + segments(rule) + score;

describe("what passes over events gave", () => {
  it("is computed in one pass a source, whatever cells ask for it", async () => {
    const runs = await openRuns(DATA);
    await runs.run(notebook());
    // Sum, count, first time, and the sum of 31 days, which two features, two rules and two points share.
    expect(passTexts(runs.workspace.cache)).toEqual(["orders 4"]);
    expect(await runs.rows(notebook(), "groups")).toEqual([
      [1, "Often"],
      [1, "Other"],
      [3, "Other"],
    ]);
    expect(await runs.rows(notebook(), "points")).toEqual([
      [1, 5, null, 3, 2],
      [2, 2, null, 0, 2],
      [3, 5, null, 3, 2],
      [4, 0, null, 0, 0],
    ]);
  });

  it("is kept, so that an edit of a rule reads the events for what is new in it alone", async () => {
    const runs = await openRuns(DATA);
    await runs.run(notebook());
    const edited = notebook("sum of amount of placed order in last 27 days > 60 AND placed order");
    const ran = await runs.run(edited);
    expect(ran.story.filter((line) => line.endsWith("computed"))).toEqual(["groups computed"]);
    expect(passTexts(runs.workspace.cache)).toEqual(["orders 1", "orders 4"]);
    // Another border asks for nothing new, and what is deleted comes back from the cache.
    await runs.run(notebook("sum of amount of placed order in last 27 days > 70 OR placed order NEVER"));
    expect(passTexts(runs.workspace.cache)).toEqual(["orders 1", "orders 4"]);
  });

  it("lives on over a restart, and two processes leave each other's alone", async () => {
    const runs = await openRuns(DATA);
    const other = runs.another();
    const [one, two] = await Promise.all([runs.run(notebook()), runs.run(notebook(), {}, other)]);
    expect([one?.result.state, two?.result.state]).toEqual(["done", "done"]);
    expect(passTexts(runs.workspace.cache)).toEqual(["orders 4"]);
    const ran = await runs.run(notebook("placed order at most 1 times"), {}, runs.another());
    expect(ran.result.state).toBe("done");
    expect(passTexts(runs.workspace.cache)).toEqual(["orders 4"]);
  });

  it("is computed again where it is damaged or gone, and what was damaged is set aside", async () => {
    const runs = await openRuns(DATA);
    await runs.run(notebook());
    const before = await runs.rows(notebook(), "groups");
    const again = async (text: string) => {
      expect((await runs.run(text, { recompute: ["groups"] })).result.state).toBe("done");
    };
    const rules = ["amount > 1", "amount > 2", "amount > 3"].map((where) => `placed order where ${where}`);
    const [cut, changed, lost] = rules.map((rule) => notebook(`${RULE} OR (${rule} exactly 9 times)`));
    const [kept] = keptPasses(runs.workspace.cache);
    if (kept === undefined) throw new Error("nothing was kept");
    await truncate(kept.file, 10);
    await runs.run(cut ?? "");
    expect(await runs.cached("damaged-")).toHaveLength(1);
    expect(await runs.rows(cut ?? "", "groups")).toEqual(before);
    for (const { file } of keptPasses(runs.workspace.cache)) {
      const bytes = (await import("node:fs")).readFileSync(file);
      bytes.fill(7, 20, 60);
      await writeFile(file, bytes);
    }
    await runs.run(changed ?? "");
    expect(await runs.rows(changed ?? "", "groups")).toEqual(before);
    for (const { folder } of keptPasses(runs.workspace.cache)) await rm(folder, { recursive: true });
    await runs.run(lost ?? "");
    expect(await runs.rows(lost ?? "", "groups")).toEqual(before);
    await again(lost ?? "");
  });

  it("is not taken by a cell that is computed anew", async () => {
    const runs = await openRuns(DATA);
    await runs.run(notebook());
    const [kept] = keptPasses(runs.workspace.cache);
    await runs.run(notebook(), { noCache: true });
    const [anew] = keptPasses(runs.workspace.cache);
    expect(anew?.columns).toBe(4);
    expect(anew?.file).not.toBe(kept?.file);
  });

  it("goes on for the others where the cell that asked first is cancelled", async () => {
    const runs = await openRuns(DATA);
    const session = runs.session;
    const ran = await runs.run(notebook(), {
      run: "r",
      onCell: ({ id, state }) => {
        if (id === "behaviour" && state === "running") session.cancelCell({ run: "r", cell: "behaviour" });
      },
    });
    expect(ran.story).toContain("behaviour cancelled");
    expect(ran.story).toContain("points computed");
  });

  it("is put into one table once so many edits have left so many", async () => {
    const runs = await openRuns(DATA);
    const rule = (n: number) =>
      Array.from({ length: n }, (_, day) => `placed order in last ${day + 40} days`).join(" OR ");
    for (let n = 1; n <= 15; n++) expect((await runs.run(notebook(rule(n)))).result.state).toBe("done");
    expect(keptPasses(runs.workspace.cache).length).toBeLessThanOrEqual(12);
    expect(await runs.rows(notebook(rule(15)), "groups")).toEqual([
      [1, "Often"],
      [1, "Other"],
      [2, "Other"],
      [3, "Other"],
    ]);
  });

  it("is the same bytes for a lock over any number of threads", async () => {
    const locks: (string | undefined)[] = [];
    for (const threads of [1, 2]) {
      const runs = await openRuns(DATA);
      const session = new Session(runs.workspace, { ...defaultLimits(runs.workspace.root), threads });
      runs.sessions.push(session);
      const ran = await runs.run(notebook(), { lock: true }, session);
      locks.push(JSON.stringify(ran.result.lock));
    }
    expect(locks[0]).toBe(locks[1]);
    expect(locks[0]).toContain("groups");
  });
});

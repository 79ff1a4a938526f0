import { mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { tidyCache } from "../../../server/run/tidy.ts";
import { cell, type NotebookRuns, ORDERS, openRuns, orders, withHead } from "./notebook-runs.ts";

const SUM = cell("sql", "sum", "SELECT sum(amount) AS total FROM orders");
const NOTEBOOK = orders() + SUM;
const PAGE = { offset: 0, limit: 10, sort: null, descending: false, set: {}, asOf: null, key: null };

async function fileOf(runs: NotebookRuns, id: string, name: string): Promise<string> {
  const folder = join(runs.workspace.cache, (await runs.plan(NOTEBOOK)).cell(id).key ?? "");
  const file = (await readdir(folder)).find((one) => one.startsWith(name));
  return join(folder, file ?? "");
}

describe("a result on the disk", () => {
  it("is found by another process", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    await runs.run(NOTEBOOK);
    const ran = await runs.run(NOTEBOOK, {}, runs.another());
    expect(ran.story).toEqual(["orders found", "sum found"]);
  });

  it("is set aside and computed again where its manifest is damaged", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    await runs.run(NOTEBOOK);
    await truncate(await fileOf(runs, "orders", "result.json"), 20);
    expect((await runs.plan(NOTEBOOK)).states).toMatchObject({
      orders: "stale: its result is no longer in the cache.",
    });
    expect((await runs.run(NOTEBOOK)).story).toEqual(["orders computed", "sum found"]);
    expect(await runs.cached("damaged-")).toHaveLength(1);
  });

  it.each([
    ['"relations":', '"relations":[null],"others":'],
    ['"columns":[{', '"columns":null,"others":[{'],
    ['"findings":', '"findings":[null],"others":'],
    ['"parts":', '"parts":null,"others":'],
    ['"file":"', '"file":"../../'],
  ])("is set aside where its manifest is not a manifest: %s", async (was, is) => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    await runs.run(NOTEBOOK);
    const path = await fileOf(runs, "orders", "result.json");
    const text = await readFile(path, "utf8");
    await writeFile(path, text.replace(was, is));
    expect((await runs.run(NOTEBOOK)).story).toEqual(["orders computed", "sum found"]);
  });

  it("is set aside and computed again where a file was cut or is gone", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    await runs.run(NOTEBOOK);
    await truncate(await fileOf(runs, "orders", "result."), 100);
    await rm(await fileOf(runs, "sum", "result."));
    expect((await runs.run(NOTEBOOK)).story).toEqual(["orders computed", "sum computed"]);
  });

  it("is set aside where a byte of it was turned, before anything is computed or shown of it", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    await runs.run(NOTEBOOK);
    const path = await fileOf(runs, "orders", "result.");
    const bytes = await readFile(path);
    bytes[12] = (bytes[12] ?? 0) ^ 1;
    await writeFile(path, bytes);
    const other = runs.another();
    const asked = { ...PAGE, relation: "orders", path: "notebooks/test.md", text: withHead(NOTEBOOK) };
    expect(await other.page(asked, new AbortController().signal)).toMatchObject({ code: "not-computed" });
    expect(
      (await runs.run(`${NOTEBOOK}${cell("sql", "n", "SELECT count(*) AS n FROM orders")}`, {}, other)).story,
    ).toEqual(["orders computed", "sum found", "n computed"]);
  });

  it("is read through by the first process that needs it, and by another only where it was touched", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    await runs.run(NOTEBOOK);
    const path = await fileOf(runs, "sum", "result.json");
    // A hash that no bytes have: whoever compares sets the result aside.
    await writeFile(path, (await readFile(path, "utf8")).replace(/"sha256":"[0-9a-f]{8}/, '"sha256":"planted!'));
    const asked = { ...PAGE, relation: "sum", path: "notebooks/test.md", text: withHead(NOTEBOOK) };
    expect(await runs.another().page(asked, new AbortController().signal)).toMatchObject({ rows: [[35.5]] });
    await utimes(await fileOf(runs, "sum", "result."), 1, 1);
    expect(await runs.another().page(asked, new AbortController().signal)).toMatchObject({ code: "not-computed" });
  });

  it("is given by its key though the notebook has moved on", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    await runs.run(NOTEBOOK);
    const key = (await runs.plan(NOTEBOOK)).cell("sum").key;
    const moved = orders() + cell("sql", "sum", "SELECT sum(amount) + 1 AS total FROM orders");
    expect(await runs.rows(moved, "sum")).toBe("not-computed");
    expect(await runs.rows(moved, "sum", { key })).toEqual([[35.5]]);
    await runs.run(moved);
    expect(await runs.rows(moved, "sum", { key })).toEqual([[35.5]]);
    expect(await runs.rows(moved, "sum")).toEqual([[36.5]]);
  });

  it("is the notebook's where nothing has that key, or no relation of that name", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    await runs.run(NOTEBOOK);
    const plan = await runs.plan(NOTEBOOK);
    expect(await runs.rows(NOTEBOOK, "sum", { key: "0".repeat(32) })).toEqual([[35.5]]);
    expect(await runs.rows(NOTEBOOK, "sum_audit", { key: plan.cell("sum").key })).toBe("unknown-relation");
    const audit = await runs.rows(NOTEBOOK, "orders_audit");
    expect(await runs.rows(NOTEBOOK, "orders_audit", { key: plan.cell("orders").key })).toEqual(audit);
  });

  it("is told from that of a cell whose id goes on where another's ends", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    const text = orders() + cell("sql", "orders_audited", "SELECT 7 AS seven");
    await runs.run(text);
    const key = (await runs.plan(text)).cell("orders_audited").key;
    expect(await runs.rows(text, "orders_audited", { key })).toEqual([[7]]);
  });

  it("is whole whichever of two processes writes it last", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    const sessions = [runs.session, runs.another(), runs.another()];
    for (let round = 0; round < 3; round++) {
      const all = await Promise.all(sessions.map((session) => runs.run(NOTEBOOK, { noCache: true }, session)));
      expect(all.map(({ story }) => story)).toEqual(sessions.map(() => ["orders computed", "sum computed"]));
    }
    expect(await runs.rows(NOTEBOOK, "sum")).toEqual([[35.5]]);
    expect(await runs.cached("tmp-")).toEqual([]);
  });

  it("is computed again where that is asked for", async () => {
    const runs = await openRuns();
    const chance = cell("sql", "chance", "SELECT random() AS r");
    await runs.run(chance);
    const before = await runs.rows(chance, "chance");
    expect((await runs.run(chance, { noCache: true })).story).toEqual(["chance computed"]);
    expect(await runs.rows(chance, "chance")).not.toEqual(before);
  });

  it("is kept though the state can't be noted", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    await mkdir(runs.workspace.state, { recursive: true });
    await writeFile(join(runs.workspace.state, "last-runs"), "a file where a folder should be");
    const ran = await runs.run(NOTEBOOK);
    expect(ran.story).toEqual(["orders computed", "sum computed"]);
    expect(ran.result).toMatchObject({ state: "done", problems: [{ code: "state-not-written", severity: "warning" }] });
  });

  it("that can't be written is told on the cell, and the others go on to be told too", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    await runs.run(orders());
    await rm(runs.workspace.cache, { recursive: true });
    await writeFile(runs.workspace.cache, "a file where a folder should be");
    const ran = await runs.run(NOTEBOOK);
    expect(ran.story).toEqual(["orders failed", "sum blocked"]);
    expect(ran.codes("orders")).toEqual(["system-fault"]);
  });
});

describe("tidying", () => {
  const HOUR = 3_600_000;

  async function folderWith(
    results: Record<string, { bytes: number; hoursAgo: number }>,
    now: number,
  ): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), "segbook-"));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    for (const [name, { bytes, hoursAgo }] of Object.entries(results)) {
      await mkdir(join(folder, name));
      await writeFile(join(folder, name, "result.json"), '{"file":"result.a.parquet"}');
      await writeFile(join(folder, name, "result.a.parquet"), Buffer.alloc(bytes));
      const at = (now - hoursAgo * HOUR) / 1000;
      await utimes(join(folder, name), at, at);
    }
    return folder;
  }

  it("gives up what was used longest ago until the rest fits, but nothing of the present notebook or of the last hour", async () => {
    const now = Date.now();
    const folder = await folderWith(
      {
        oldest: { bytes: 1000, hoursAgo: 50 },
        kept: { bytes: 1000, hoursAgo: 40 },
        older: { bytes: 1000, hoursAgo: 30 },
        recent: { bytes: 1000, hoursAgo: 3 },
        new: { bytes: 1000, hoursAgo: 0 },
      },
      now,
    );
    await tidyCache({ folder, limit: 3500, keep: new Set(["kept"]), now });
    expect((await readdir(folder)).toSorted()).toEqual(["kept", "new", "recent"]);
    await tidyCache({ folder, limit: 0, keep: new Set(["kept"]), now });
    expect((await readdir(folder)).toSorted()).toEqual(["kept", "new"]);
  });

  it("removes what ended processes left, replaced files after an hour and damaged results after a week", async () => {
    const now = Date.now();
    const folder = await folderWith(
      {
        "tmp-999999999-x": { bytes: 1, hoursAgo: 1 },
        [`tmp-${process.pid}-x`]: { bytes: 1, hoursAgo: 1 },
        "damaged-new": { bytes: 1, hoursAgo: 1 },
        "damaged-old": { bytes: 1, hoursAgo: 24 * 8 },
        result: { bytes: 1, hoursAgo: 5 },
      },
      now,
    );
    const replaced = join(folder, "result", "result.b.parquet");
    const replacing = join(folder, "result", "result.c.parquet");
    for (const path of [replaced, replacing]) await writeFile(path, "x");
    await utimes(replaced, (now - 2 * HOUR) / 1000, (now - 2 * HOUR) / 1000);
    await tidyCache({ folder, limit: 1e9, keep: new Set(), now });
    expect((await readdir(folder)).toSorted()).toEqual(["damaged-new", "result", `tmp-${process.pid}-x`]);
    expect((await readdir(join(folder, "result"))).toSorted()).toEqual([
      "result.a.parquet",
      "result.c.parquet",
      "result.json",
    ]);
    expect((await stat(replacing)).size).toBe(1);
  });
});

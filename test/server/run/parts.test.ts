import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cell, ORDERS, openRuns, orders } from "./notebook-runs.ts";

const MORE = `${ORDERS}4,50,2026-10-03 11:00:00\n5,70,2026-10-04 11:00:00\n6,60,2026-10-04 12:00:00\n`;
const NOTEBOOK =
  orders() +
  cell("features", "people", "columns: {n: count of placed order, spend: sum of amount of placed order}") +
  cell("cluster", "personas", "of: people\ncolumns: [spend]\nk: 2\nscale: none");

describe("relations with keys of their own", () => {
  it("are not computed by a run of everything that does not read them", async () => {
    const runs = await openRuns({ "orders.csv": MORE });
    const ran = await runs.run(NOTEBOOK);
    expect(ran.cell("personas").relations.map(({ name, rows }) => [name, rows])).toEqual([
      ["personas", 6],
      ["personas_profile", 2],
      ["personas_merges", 5],
      ["personas_centres", 2],
      ["personas_map", 6],
      ["personas_components", 1],
      ["personas_scaling", 48],
      ["personas_validity", null],
      ["personas_choice", null],
      ["personas_rules", null],
      ["personas_drift", null],
    ]);
    expect(await runs.rows(NOTEBOOK, "personas_validity")).toBe("not-computed");
  });

  it("are computed where they are asked for, without the others, and the cell is told once", async () => {
    const runs = await openRuns({ "orders.csv": MORE });
    await runs.run(NOTEBOOK);
    const ended: string[] = [];
    const ran = await runs.run(NOTEBOOK, {
      cells: ["personas_validity"],
      onCell: ({ id, state }) => state === "fresh" && ended.push(id),
    });
    expect(ran.story).toEqual(["orders found", "people found", "personas computed"]);
    expect(ended).toEqual(["orders", "people", "personas"]);
    expect(ran.cell("personas").rows).toBe(6);
    expect(await runs.rows(NOTEBOOK, "personas_validity")).not.toBe("not-computed");
    expect(await runs.rows(NOTEBOOK, "personas_rules")).toBe("not-computed");
  });

  it("may be made from the cell's own main relation", async () => {
    const runs = await openRuns({ "orders.csv": MORE });
    await runs.run(NOTEBOOK);
    const ran = await runs.run(NOTEBOOK, { cells: ["personas_rules"] });
    expect(ran.cell("personas").state).toBe("fresh");
    expect(await runs.rows(NOTEBOOK, "personas_rules")).not.toBe("not-computed");
  });

  it("are computed where another cell reads them", async () => {
    const runs = await openRuns({ "orders.csv": MORE });
    const ran = await runs.run(NOTEBOOK + cell("sql", "best", "SELECT max(k) AS k FROM personas_validity"));
    expect(ran.story).toEqual(["orders computed", "people computed", "personas computed", "best computed"]);
    expect((await runs.run(NOTEBOOK)).cell("personas").origin).toBe("found");
  });

  it("a run of one cell is of what it needs and nothing else", async () => {
    const runs = await openRuns({ "orders.csv": MORE });
    const ran = await runs.run(NOTEBOOK + cell("sql", "other", "SELECT 1 AS a"), { cells: ["people"] });
    expect(ran.story).toEqual(["orders computed", "people computed"]);
  });
});

describe("a run", () => {
  it("tells each cell that it waits, that it runs, and once what it came to", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    const told: Record<string, string[]> = { orders: [], s: [], ill: [] };
    const notebook = orders() + cell("sql", "s", "FROM orders") + cell("sql", "ill", "SELECT nothing FROM orders");
    await runs.run(notebook, { onCell: ({ id, state, rows }) => told[id]?.push(`${state} ${rows}`) });
    expect(told).toEqual({
      orders: ["waiting null", "running null", "fresh 3"],
      s: ["waiting null", "running null", "fresh 3"],
      ill: ["failed null"],
    });
  });

  it("goes on beside a cell that fails while it runs, and blocks its readers", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    const ill = cell("sql", "ill", "SELECT\n  CAST('x' || amount AS INTEGER) AS a\nFROM orders");
    const ran = await runs.run(
      orders() + ill + cell("sql", "reader", "FROM ill") + cell("sql", "other", "FROM orders"),
    );
    expect(ran.story).toEqual(["orders computed", "ill failed", "reader blocked", "other computed"]);
    expect(ran.cell("ill").problems).toMatchObject([{ code: "sql-conversion", line: 15 }]);
    expect(ran.cell("reader").reason).toBe("`ill` is at fault.");
    expect((await runs.cached("tmp-")).length).toBe(0);
  });

  it("keeps findings with the result, and tells them again at their places in the file as it is then", async () => {
    const runs = await openRuns({ "orders.csv": `${ORDERS},8,2026-10-02 10:00:00\n` });
    const rules = cell("segments", "s", "of: people\nsegments: {Some: spend > 6}");
    const people = cell("sql", "people", "SELECT customer_id, sum(amount) AS spend FROM orders GROUP BY ALL");
    const first = await runs.run(orders() + people + rules);
    const [finding] = first.cell("s").problems;
    expect(finding).toMatchObject({ code: "entity-null", severity: "warning", line: 18, column: 5 });
    const moved = `${orders()}\n\nSome prose.\n\n${people}${rules}`;
    expect((await runs.run(moved)).cell("s").problems).toEqual([{ ...finding, line: 22 }]);
    expect((await runs.plan(moved)).cell("s").problems).toEqual([{ ...finding, line: 22 }]);
  });

  it("tells progress of one cell at most ten times a second", async () => {
    const runs = await openRuns();
    const shares: number[] = [];
    const many = cell("sql", "many", "SELECT sum(hash(i) % 7) AS n FROM range(60000000) AS t(i)");
    const started = performance.now();
    await runs.run(many, { onCell: ({ state }) => state === "running" && shares.push(1) });
    expect(shares.length).toBeLessThanOrEqual(3 + (performance.now() - started) / 100);
  });
});

describe("a file that changes while it is read", () => {
  it("fails the cell, whose key is of the bytes of before, and keeps nothing", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    const changed = ORDERS.replace("10.5", "99.5");
    const path = join(runs.workspace.data, "orders.csv");
    const change = ({ state }: { state: string }) => state === "running" && writeFileSync(path, changed);
    const ran = await runs.run(orders(), { onCell: change });
    expect(ran.codes("orders")).toEqual(["file-changed"]);
    expect(await runs.cached()).toEqual([]);
    expect((await runs.run(orders())).cell("orders").origin).toBe("computed");
    expect(await runs.rows(orders(), "orders")).toContainEqual([1, 99.5, "2026-10-01T10:00:00"]);
  });

  it("fails the cell where the file disappears", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    const path = join(runs.workspace.data, "orders.csv");
    const ran = await runs.run(orders(), { onCell: ({ state }) => state === "running" && rmSync(path) });
    expect(ran.cell("orders").state).toBe("failed");
    expect(ran.cell("orders").problems[0]?.message).toContain("orders.csv");
  });
});

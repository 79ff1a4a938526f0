import { expect, test } from "vitest";
import { cell, ORDERS, openRuns, orders, PATH, withHead } from "./notebook-runs.ts";

test("before any refresh `membership` is empty and has its columns, with the key's own type", async () => {
  const runs = await openRuns({ "orders.csv": ORDERS });
  const text = `${orders()}${cell("sql", "now_in", "SELECT m.customer_id, segment, since, until FROM membership AS m JOIN orders USING (customer_id)")}`;
  const ran = await runs.run(text);
  expect(ran.story).toEqual(["orders computed", "now_in computed"]);
  expect(ran.cell("now_in").relations[0]?.columns.map(({ type }) => type)).toEqual([
    "BIGINT",
    "VARCHAR",
    "TIMESTAMP WITH TIME ZONE",
    "TIMESTAMP WITH TIME ZONE",
  ]);
  expect(await runs.rows(text, "now_in")).toEqual([]);
});

test("a cell that is called `membership` is told to take another id", async () => {
  const runs = await openRuns({ "orders.csv": ORDERS });
  const ran = await runs.run(orders("membership"));
  expect(ran.codes("membership")).toEqual(["relation-clash"]);
});

test("ENTERED SEGMENT says that nothing is recorded yet", async () => {
  const runs = await openRuns({ "orders.csv": ORDERS });
  const people = cell("features", "people", "columns:\n  spend: sum of amount of placed order");
  const rules = "of: people\nsegments:\n  VIP: spend > 10\n  New: ENTERED SEGMENT VIP in last 7 days";
  const ran = await runs.run(`${orders()}${people}${cell("segments", "groups", rules)}`);
  expect(ran.codes("groups")).toEqual(["needs-refreshes"]);
});

test("the first refresh records a cell that asks who entered its own segments: nobody yet", async () => {
  const runs = await openRuns({ "orders.csv": ORDERS });
  const people = cell("features", "people", "columns:\n  spend: sum of amount of placed order");
  const rules = (least: number) =>
    cell(
      "segments",
      "groups",
      `of: people\nsegments:\n  VIP: spend > ${least}\n  New: ENTERED SEGMENT VIP in last 7 days`,
    );
  const text = (least: number) => `${orders()}${people}${rules(least)}`;
  const { result } = await runs.run(text(6), { asOf: "2026-10-01", refresh: true });
  const sizes = result.refresh?.segments.map(({ segment, size }) => [segment, size]);
  expect(sizes).toEqual([
    ["VIP", 1],
    ["New", 0],
  ]);
  await runs.run(text(4), { asOf: "2026-10-03", refresh: true });
  await runs.run(text(4), { asOf: "2026-10-04" });
  const found = await runs.rows(text(4), "groups", { asOf: "2026-10-04" });
  expect(found).toContainEqual([2, "New"]);
  expect(found).not.toContainEqual([1, "New"]);
});

test("`membership` is shown like any relation, and rules over it can be previewed", async () => {
  const runs = await openRuns({ "orders.csv": ORDERS });
  const people = cell("features", "people", "columns:\n  spend: sum of amount of placed order");
  const groups = (rules: string) => cell("segments", "groups", `of: people\nsegments:\n${rules}`);
  const text = (rules: string) => `${orders()}${people}${groups(rules)}`;
  await runs.run(text("  VIP: spend > 10"), { asOf: "2026-10-01", refresh: true });
  await runs.run(text("  VIP: spend > 6"), { asOf: "2026-10-02", refresh: true });
  await runs.run(text("  VIP: spend > 4"), { asOf: "2026-10-03", refresh: true });
  const rows = await runs.rows(text("  VIP: spend > 4"), "membership", { asOf: "2026-10-03" });
  expect(rows).toMatchObject([
    [1, "groups", "VIP", "2026-10-02T00:00:00Z", null, "first refresh", null, false],
    [2, "groups", "VIP", "2026-10-03T00:00:00Z", null, "behaviour", null, false],
    [3, "groups", "VIP", "2026-10-04T00:00:00Z", null, "rule", null, false],
  ]);
  await runs.run(text("  VIP: spend > 4"), { asOf: "2026-10-31" });
  const asked = { path: PATH, text: withHead(text("  VIP: spend > 4")), set: {}, asOf: "2026-10-31", cell: "groups" };
  const conditions = ["ENTERED SEGMENT VIP in last 60 days", "LEFT SEGMENT VIP in last 60 days"];
  const view = await runs.session.preview(
    { ...asked, rule: "VIP", conditions, accuracy: "exact" },
    new AbortController().signal,
  );
  expect(view).toMatchObject({
    conditions: [{ problem: null }, { problem: null }],
    // Nobody saw 1 come.
    combinations: expect.arrayContaining([expect.objectContaining({ which: 1, people: 2 })]),
  });
});

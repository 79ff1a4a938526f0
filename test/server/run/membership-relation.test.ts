import { expect, test } from "vitest";
import { cell, ORDERS, openRuns, orders } from "./notebook-runs.ts";

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

import { describe, expect, it } from "vitest";
import { parseExpression } from "../../../../server/language/parse-expression.ts";
import { choose } from "../../../../server/language/ready/choose.ts";
import { READY } from "../../../../server/language/ready/features.ts";
import { candidatesOf, guessRoles } from "../../../../server/language/ready/roles.ts";
import { EVENTS } from "./events.ts";

const around = { events: EVENTS, entity: "customer_id", ids: ["web", "orders", "sessions"], columns: [] };
const everything = {
  picked: READY.map(({ id }) => id),
  roles: guessRoles(EVENTS),
  days: 90,
  categories: ["Kitchen", "Home & Garden", "O'Neill"],
};

describe("guessing what ready features are made of", () => {
  it("finds the events and columns of a shop by their names", () => {
    expect(guessRoles(EVENTS)).toEqual({
      visit: "visited site",
      page: "web",
      session: "session_id",
      product: "viewed product",
      cart: "added to cart",
      order: "placed order",
      amount: "amount",
      category: "category",
      opened: "opened email",
      clicked: "clicked email",
      send: "send_id",
      machine_open: "machine_open",
    });
  });

  it("leaves out what nothing looks like, and what the reader leaves out", () => {
    const [order] = EVENTS;
    expect(guessRoles(order === undefined ? [] : [order])).toEqual({
      order: "placed order",
      amount: "amount",
      category: "category",
    });
    expect(guessRoles(EVENTS, { session: "", amount: "discount" })).toMatchObject({ amount: "discount" });
    expect(guessRoles(EVENTS, { session: "" }).session).toBeUndefined();
  });

  it("offers only what may stand for a role, the likeliest first", () => {
    const roles = guessRoles(EVENTS);
    expect(candidatesOf("amount", roles, EVENTS)).toEqual(["amount", "order_id", "discount"]);
    expect(candidatesOf("machine_open", roles, EVENTS)).toEqual(["machine_open"]);
    expect(candidatesOf("page", roles, EVENTS)[0]).toBe("web");
  });

  it("makes no sessions of events that tell the day only", () => {
    const days = EVENTS.map((event) => ({
      ...event,
      columns: event.columns.map((column) => (column.name === event.at ? { ...column, type: "DATE" } : column)),
    }));
    expect(candidatesOf("page", {}, days)).toEqual([]);
  });
});

describe("writing ready features", () => {
  it("makes expressions that the language reads, each with its window", () => {
    const { columns, events } = choose(everything, around);
    const vocabulary = { attributes: [], events, segments: [], inputs: [], provisional: false };
    for (const { expression } of columns)
      expect([expression, parseExpression(expression, vocabulary).problems]).toEqual([expression, []]);
    expect(columns.map(({ name }) => name)).toEqual(
      `visits_90d sessions_90d session_minutes_90d bounce_rate_90d product_views_90d cart_additions_90d cart_abandonment_90d
       recency_days orders_90d total_spend_90d average_order_90d share_kitchen_90d share_home_garden_90d share_o_neill_90d
       days_between_orders_90d first_order_days opens_90d clicks_90d click_to_open_90d days_since_click click_hour_90d`.split(
        /\s+/,
      ),
    );
    const of = (name: string) => columns.find((one) => one.name === name)?.expression;
    expect(of("opens_90d")).toBe("count of opened email where (not machine_open = true) in last 90 days");
    expect(of("share_o_neill_90d")).toContain("category = 'O''Neill'");
  });

  it("adds the sources that the notebook lacks under free names, and takes those that it has", () => {
    const { sources, events } = choose(everything, around);
    expect(sources.map(({ id }) => id)).toEqual(["sessions_2", "carts", "clicks"]);
    const again = choose(everything, { ...around, events });
    expect(again.sources).toEqual([]);
    expect(again.columns).toEqual(choose(everything, around).columns);
  });

  it("gives values that come to one name names of their own, and writes nothing that the cell has", () => {
    const { columns } = choose({ ...everything, picked: ["share"], categories: ["A-1", "A 1"] }, around);
    expect(columns.map(({ name }) => name)).toEqual(["share_a_1_90d", "share_a_1_90d_2"]);
    const known = { ...around, columns: ["sessions_90d", "opens_90d"] };
    const rest = choose({ ...everything, picked: ["sessions", "opens", "clicks"] }, known);
    expect(rest.columns.map(({ name }) => name)).toEqual(["clicks_90d"]);
    expect(rest.sources).toEqual([]);
  });

  it("leaves out a feature that something is missing for", () => {
    const roles = guessRoles(EVENTS, { order: "" });
    const { columns } = choose({ ...everything, roles }, around);
    expect(columns.map(({ feature }) => feature)).not.toContain("cart_abandonment");
    expect(columns.map(({ feature }) => feature)).not.toContain("orders");
  });
});

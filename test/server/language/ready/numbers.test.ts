import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { READY } from "../../../../server/language/ready/features.ts";
import { cell, openRuns, PATH, withHead } from "../../run/notebook-runs.ts";
import { featuresByHand, type History, type Hit, type Mail } from "./by-hand.ts";
import { EVENTS } from "./events.ts";
import { objects, readyCells, rolesFor } from "./notebook.ts";

const never = new AbortController().signal;
const HOUR = 3_600_000;
const AS_OF = Date.parse("2026-11-01T00:00:00Z");

const SOURCES = [
  cell(
    "source",
    "orders",
    "files: orders.csv\ncolumns: {ordered_at: TIMESTAMP, amount: 'DECIMAL(10,2)', discount: 'DECIMAL(10,2)', category: text}\nevent: placed order\nat: ordered_at",
  ),
  cell(
    "source",
    "web",
    "files: web.csv\ncolumns: {happened_at: TIMESTAMP, session_id: BIGINT}\nat: happened_at\nevents: {by: type, names: {landing: visited site, product: viewed product, cart: added to cart}}",
  ),
  cell(
    "source",
    "mail",
    "files: mail.csv\ncolumns: {at: TIMESTAMP, send_id: BIGINT, machine_open: BOOLEAN}\nat: at\nevents: {by: type, names: {opened: opened email, machine_opened: machine opened email, clicked: clicked email, delivered: delivered email}}",
  ),
  cell("source", "people", "files: people.csv\ncolumns: {customer_id: BIGINT}"),
].join("");

/** The last has no events. */
const PEOPLE = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
const SHARES = { share_kitchen: "Kitchen", share_o_neill: "O'Neill" };
const CATEGORIES = Object.values(SHARES);

/** Times lie on a lattice of ten minutes, so that borders and ties occur: windows, silences and waits end on it. */
function historyOf(seed: number): History {
  const at = fc
    .tuple(fc.integer({ min: -2, max: 12 }), fc.integer({ min: 0, max: 20 }))
    .map(([days, steps]) => AS_OF - days * 8 * HOUR - steps * 600_000);
  const who = fc.constantFrom(...PEOPLE.slice(0, -1));
  const hit = fc.record({
    ...{ who, at, session: fc.integer({ min: 1, max: 4 }) },
    type: fc.constantFrom<Hit["type"]>("landing", "product", "cart", "cart"),
  });
  const order = fc.record({
    who,
    at,
    amount: fc.integer({ min: 0, max: 99 }),
    category: fc.constantFrom(...CATEGORIES, ""),
  });
  const mail = fc.record({
    ...{ who, at, send: fc.integer({ min: 1, max: 5 }) },
    ...{ type: fc.constantFrom<Mail["type"]>("opened", "clicked"), machine: fc.constantFrom(true, false, null) },
  });
  const history = fc.record({
    hits: fc.array(hit, { minLength: 60, maxLength: 90 }),
    orders: fc.array(order, { minLength: 20, maxLength: 30 }),
    mail: fc.array(mail, { minLength: 40, maxLength: 60 }),
  });
  const [one] = fc.sample(history, { seed, numRuns: 1 });
  return one ?? { hits: [], orders: [], mail: [] };
}

async function computed(history: History, session: "by key" | "by silence", days: number | null) {
  const wall = (time: number) => new Date(time).toISOString().slice(0, 19).replace("T", " ");
  const lines = (head: string, rows: readonly (readonly unknown[])[]) =>
    `${[head, ...rows.map((row) => row.map((value) => value ?? "").join(","))].join("\n")}\n`;
  const runs = await openRuns({
    "people.csv": lines(
      "customer_id",
      PEOPLE.map((one) => [one]),
    ),
    "orders.csv": lines(
      "customer_id,ordered_at,order_id,discount,amount,category",
      history.orders.map(({ who, at, amount, category }, place) => [who, wall(at), place, 0, amount, category]),
    ),
    "web.csv": lines(
      "customer_id,happened_at,session_id,type",
      history.hits.map(({ who, at, session, type }) => [who, wall(at), who * 100 + session, type]),
    ),
    "mail.csv": lines(
      "customer_id,at,send_id,machine_open,type",
      history.mail.map(({ who, at, send, machine, type }) => [who, wall(at), who * 100 + send, machine, type]),
    ),
  });
  const roles = rolesFor(EVENTS, session === "by key" ? {} : { session: "" });
  const choice = { picked: READY.map(({ id }) => id), roles, days, categories: CATEGORIES };
  const notebook = SOURCES + readyCells(choice, EVENTS, "people");
  const ran = await runs.run(notebook);
  expect(ran.result.cells.flatMap(({ problems }) => problems.filter(({ severity }) => severity === "error"))).toEqual(
    [],
  );
  const ask = { path: PATH, text: withHead(notebook), set: {}, asOf: null, relation: "ready", key: null };
  const page = await runs.session.page({ ...ask, offset: 0, limit: 10, sort: null, descending: false }, never);
  return objects(page).map((row) =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [name.replace(/_\d+d$/, ""), value])),
  );
}

describe("ready features", () => {
  it.each([
    ["by key", null],
    ["by silence", null],
    ["by silence", 2],
  ] as const)("are what their sentences say, with sessions %s and a window of %s days", async (session, days) => {
    const history = historyOf(days === null ? 11 : 12);
    const found = await computed(history, session, days);
    const wanted = PEOPLE.map((who) =>
      featuresByHand(who, history, { asOf: AS_OF, session, days, categories: SHARES }),
    );
    expect(found.length).toBe(wanted.length);
    for (const [place, row] of found.entries()) {
      for (const [name, value] of Object.entries(wanted[place] ?? {})) {
        if (typeof value === "number") expect([name, row[name]]).toEqual([name, expect.closeTo(value, 10)]);
        else expect([name, row[name]]).toEqual([name, value]);
      }
    }
  });
});

describe("the hour of most clicks", () => {
  it("is that of the notebook's zone, for times with a zone and without", async () => {
    // 23:30 UTC in July is half past midnight in London; in January it is not.
    const data = "customer_id,at,type\n1,2026-07-01T23:30:00Z,clicked\n2,2026-01-05T23:30:00Z,clicked\n";
    for (const [type, hours] of [
      ["TIMESTAMPTZ", [0, 23]],
      ["TIMESTAMP", [23, 23]],
    ] as const) {
      const runs = await openRuns({ "mail.csv": type === "TIMESTAMP" ? data.replaceAll("Z", "") : data });
      const source = `files: mail.csv\ncolumns: {at: ${type}}\nat: at\nevents: {by: type, names: {clicked: clicked email}}`;
      const columns = [
        { name: "customer_id", type: "BIGINT" },
        { name: "at", type },
      ];
      const where = { column: "type", value: "clicked" };
      const clicked = { words: "clicked email", relation: "mail", at: "at", entity: "customer_id", where, columns };
      const choice = { picked: ["click_hour"], roles: { clicked: "clicked email" }, days: null, categories: [] };
      const head = "---\nsegbook: 1\nas_of: 2026-10-31\ntimezone: Europe/London\n---\n\n";
      const notebook = head + cell("source", "mail", source) + readyCells(choice, [clicked]);
      const ran = await runs.run(notebook);
      expect(ran.result.state).toBe("done");
      expect(await runs.rows(notebook, "ready")).toEqual(hours.map((hour, place) => [place + 1, hour]));
    }
  });
});

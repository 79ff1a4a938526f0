import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { READY } from "../../../../server/language/ready/features.ts";
import { cell, openRuns, PATH, withHead } from "../../run/notebook-runs.ts";
import { EVENTS } from "./events.ts";
import { objects, readyCells, rolesFor } from "./notebook.ts";

const never = new AbortController().signal;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const AS_OF = Date.parse("2026-11-01T00:00:00Z");

interface Hit {
  readonly who: number;
  readonly at: number;
  readonly session: number;
  readonly type: "landing" | "product" | "cart";
}
interface Order {
  readonly who: number;
  readonly at: number;
  readonly amount: number;
  readonly category: string;
}
interface Mail {
  readonly who: number;
  readonly at: number;
  readonly send: number;
  readonly type: "opened" | "clicked";
  readonly machine: boolean | null;
}
interface History {
  readonly hits: readonly Hit[];
  readonly orders: readonly Order[];
  readonly mail: readonly Mail[];
}

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
const CATEGORIES = ["Kitchen", "O'Neill"];

/** Times lie on a lattice of ten minutes, so that borders and ties occur: windows, silences and waits end on it. */
function historyOf(seed: number): History {
  const at = fc
    .tuple(fc.integer({ min: -2, max: 12 }), fc.integer({ min: 0, max: 20 }))
    .map(([days, steps]) => AS_OF - days * 8 * HOUR - steps * 10 * MINUTE);
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

/** The same by going through one person's rows, as the features' sentences have it. */
function expected(who: number, history: History, how: { session: "by key" | "by silence"; days: number | null }) {
  const since = how.days === null ? Number.NEGATIVE_INFINITY : AS_OF - how.days * DAY;
  const isIn = ({ at }: { at: number }) => at < AS_OF && at >= since;
  const own = <T extends { who: number }>(rows: readonly T[]) => rows.filter((row) => row.who === who);
  const hits = own(history.hits);
  const sessions = sessionsOf(hits, how.session).filter((one) => isIn({ at: Math.max(...one) }));
  const carts = cartsOf(hits, own(history.orders)).filter(isIn);
  const everyOrder = own(history.orders).filter(({ at }) => at < AS_OF);
  const orders = everyOrder.filter(isIn);
  const spent = sum(orders.map(({ amount }) => amount));
  const share = (category: string) => {
    const part = sum(orders.filter((one) => one.category === category).map(({ amount }) => amount));
    return ratio(part, spent);
  };
  const day = (at: number) => Math.floor(at / DAY);
  const ago = (at: number) => (Number.isFinite(at) ? day(AS_OF - 1) - day(at) : null);
  const orderDays = orders.map(({ at }) => day(at));
  const opens = own(history.mail).filter((one) => one.type === "opened" && one.machine !== true && isIn(one));
  const clicks = own(history.mail).filter((one) => one.type === "clicked" && isIn(one));
  const everyClick = own(history.mail).filter((one) => one.type === "clicked" && one.at < AS_OF);
  const sends = (rows: readonly Mail[]) => new Set(rows.map(({ send }) => send)).size;
  const hours = clicks.map(({ at }) => new Date(at).getUTCHours());
  const frequency = (hour: number) => hours.filter((one) => one === hour).length;
  const commonest = [...hours].sort((a, b) => frequency(b) - frequency(a) || a - b)[0] ?? null;
  const minutes = sum(sessions.map((one) => (Math.max(...one) - Math.min(...one)) / MINUTE));
  const counted = (type: Hit["type"]) => hits.filter((hit) => hit.type === type && isIn(hit)).length;
  return {
    customer_id: who,
    visits: counted("landing"),
    sessions: sessions.length,
    session_minutes: ratio(minutes, sessions.length),
    bounce_rate: ratio(sessions.filter((one) => one.length === 1).length, sessions.length),
    product_views: counted("product"),
    cart_additions: counted("cart"),
    cart_abandonment: ratio(carts.filter(({ abandoned }) => abandoned).length, carts.length),
    recency_days: ago(Math.max(...everyOrder.map(({ at }) => at))),
    orders: orders.length,
    total_spend: spent,
    average_order: ratio(spent, orders.length),
    share_kitchen: share("Kitchen"),
    share_o_neill: share("O'Neill"),
    days_between_orders: ratio(Math.max(...orderDays) - Math.min(...orderDays), orders.length - 1),
    first_order_days: ago(Math.min(...everyOrder.map(({ at }) => at))),
    opens: opens.length,
    clicks: clicks.length,
    click_to_open: ratio(sends(clicks), sends(opens)),
    days_since_click: ago(Math.max(...everyClick.map(({ at }) => at))),
    click_hour: commonest,
  };
}

/** Times of the pages of each session. */
function sessionsOf(hits: readonly Hit[], how: "by key" | "by silence"): number[][] {
  const sorted = [...hits].sort((a, b) => a.at - b.at);
  if (how === "by key") {
    const keys = [...new Set(sorted.map(({ session }) => session))];
    return keys.map((key) => sorted.filter(({ session }) => session === key).map(({ at }) => at));
  }
  const sessions: number[][] = [];
  for (const { at } of sorted) {
    const last = sessions.at(-1);
    const before = last?.at(-1);
    if (last === undefined || before === undefined || at - before > 30 * MINUTE) sessions.push([at]);
    else last.push(at);
  }
  return sessions;
}

/** Carts in the order of what happened: filled by additions, ended by an order or by a day without either. */
function cartsOf(hits: readonly Hit[], orders: readonly Order[]): { at: number; abandoned: boolean }[] {
  const additions = hits.filter(({ type }) => type === "cart").map(({ at }) => ({ at, isOrder: false }));
  const all = [...additions, ...orders.map(({ at }) => ({ at, isOrder: true }))];
  all.sort((a, b) => a.at - b.at || Number(a.isOrder) - Number(b.isOrder));
  const carts: { at: number; abandoned: boolean }[] = [];
  let open: number | null = null;
  for (const { at, isOrder } of all) {
    if (open !== null && at - open > DAY) {
      carts.push({ at: open + DAY, abandoned: true });
      open = null;
    }
    if (isOrder && open !== null) carts.push({ at, abandoned: false });
    open = isOrder ? null : at;
  }
  return open === null ? carts : [...carts, { at: open + DAY, abandoned: true }];
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}

function ratio(part: number, whole: number): number | null {
  return whole <= 0 ? null : part / whole;
}

describe("ready features", () => {
  it.each([
    ["by key", null],
    ["by silence", null],
    ["by silence", 2],
  ] as const)("are what their sentences say, with sessions %s and a window of %s days", async (session, days) => {
    const history = historyOf(days === null ? 11 : 12);
    const found = await computed(history, session, days);
    const wanted = PEOPLE.map((who) => expected(who, history, { session, days }));
    expect(found.length).toBe(wanted.length);
    for (const [place, row] of found.entries()) {
      for (const [name, value] of Object.entries(wanted[place] ?? {})) {
        if (typeof value === "number") expect([name, row[name]]).toEqual([name, expect.closeTo(value, 10)]);
        else expect([name, row[name]]).toEqual([name, value]);
      }
    }
  });
});

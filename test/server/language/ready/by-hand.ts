const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

export interface Hit {
  readonly who: number;
  readonly at: number;
  readonly session: number;
  readonly type: string;
}
export interface Order {
  readonly who: number;
  readonly at: number;
  readonly amount: number;
  readonly category: string;
}
export interface Mail {
  readonly who: number;
  readonly at: number;
  readonly send: number;
  readonly type: string;
  readonly machine: boolean | null;
}
export interface History {
  readonly hits: readonly Hit[];
  readonly orders: readonly Order[];
  readonly mail: readonly Mail[];
}

export interface How {
  /** Milliseconds since 1970; days are UTC's. */
  readonly asOf: number;
  readonly session: "by key" | "by silence";
  readonly days: number | null;
  readonly categories: Readonly<Record<string, string>>;
}

/** The ready features of one person by going through their rows, as the features' sentences have it. */
export function featuresByHand(who: number, history: History, how: How) {
  const { asOf } = how;
  const since = how.days === null ? Number.NEGATIVE_INFINITY : asOf - how.days * DAY;
  const isIn = ({ at }: { at: number }) => at < asOf && at >= since;
  const own = <T extends { who: number }>(rows: readonly T[]) => rows.filter((row) => row.who === who);
  const hits = own(history.hits);
  const sessions = sessionsOf(hits, how.session).filter((one) => isIn({ at: Math.max(...one) }));
  const carts = cartsOf(hits, own(history.orders)).filter(isIn);
  const everyOrder = own(history.orders).filter(({ at }) => at < asOf);
  const orders = everyOrder.filter(isIn);
  const spent = sum(orders.map(({ amount }) => amount));
  const share = (category: string) => {
    const part = sum(orders.filter((one) => one.category === category).map(({ amount }) => amount));
    return ratio(part, spent);
  };
  const day = (at: number) => Math.floor(at / DAY);
  const ago = (at: number) => (Number.isFinite(at) ? day(asOf - 1) - day(at) : null);
  const orderDays = orders.map(({ at }) => day(at));
  const opens = own(history.mail).filter((one) => one.type === "opened" && one.machine !== true && isIn(one));
  const clicks = own(history.mail).filter((one) => one.type === "clicked" && isIn(one));
  const everyClick = own(history.mail).filter((one) => one.type === "clicked" && one.at < asOf);
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
    ...Object.fromEntries(Object.entries(how.categories).map(([name, category]) => [name, share(category)])),
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

/** A person's orders as they stand in a file: the day as a number, and what was spent. */
export type Orders = ReadonlyMap<number, readonly { readonly at: number; readonly amount: number }[]>;

export interface RfmRow {
  readonly customer_id: number;
  readonly recency_days: number;
  readonly frequency: number;
  readonly monetary: number;
  readonly r: number;
  readonly f: number;
  readonly m: number;
  readonly group: string;
}

const DAY = 86_400_000;

/**
 * RFM worked out from its definition, apart from the project's code: fifths by rank, the first fifths one larger where the
 * people can't be divided, ties by the key; the groups are the commonly used table of recency by frequency.
 */
export function rfmApart(orders: Orders, lastDay: number): RfmRow[] {
  const measured = [...orders].map(([customer_id, own]) => ({
    customer_id,
    recency_days: Math.round((lastDay - Math.max(...own.map(({ at }) => Math.floor(at / DAY) * DAY))) / DAY),
    frequency: own.length,
    monetary: Math.round(own.reduce((sum, { amount }) => sum + amount, 0) * 1000) / 1000,
  }));
  const fifths = (value: (row: (typeof measured)[number]) => number): Map<number, number> => {
    const ranked = [...measured].sort((a, b) => value(a) - value(b) || a.customer_id - b.customer_id);
    const [each, more] = [Math.floor(ranked.length / 5), ranked.length % 5];
    const found = new Map<number, number>();
    let place = 0;
    for (let fifth = 1; fifth <= 5; fifth += 1) {
      for (let taken = 0; taken < each + (fifth <= more ? 1 : 0); taken += 1, place += 1)
        found.set(ranked[place]?.customer_id ?? -1, fifth);
    }
    return found;
  };
  const [r, f, m] = [fifths((row) => -row.recency_days), fifths((row) => row.frequency), fifths((row) => row.monetary)];
  return measured.map((row) => {
    const [own = 0, often = 0, much = 0] = [r, f, m].map((each) => each?.get(row.customer_id) ?? 0);
    return { ...row, r: own, f: often, m: much, group: GROUPS[own - 1]?.[often - 1] ?? "" };
  });
}

/** Recency 1 to 5 down, frequency 1 to 5 across. */
const GROUPS = [
  ["Hibernating", "Hibernating", "At Risk", "At Risk", "Can't Lose Them"],
  ["Hibernating", "Hibernating", "At Risk", "At Risk", "Can't Lose Them"],
  ["About To Sleep", "About To Sleep", "Need Attention", "Loyal Customers", "Loyal Customers"],
  ["Promising", "Potential Loyalists", "Potential Loyalists", "Loyal Customers", "Loyal Customers"],
  ["New Customers", "Potential Loyalists", "Potential Loyalists", "Champions", "Champions"],
];

/** The rules that the format quotes, with the words that they need. */
export const QUOTED = {
  First: "Total Spend > $200 AND Last Purchase < 7 Days Ago",
  Second: "Placed Order in Last 30 Days AND Viewed Product where category = 'X'",
  Third:
    "(placed order at least 3 times in last 90 days OR sum of amount of placed order in last 90 days > 500) AND NOT (opened email never in last 60 days)",
} as const;

interface Behaviour {
  readonly orders: readonly { readonly at: number; readonly amount: number }[];
  /** Whether a product of the category was ever viewed, and when mails were opened. */
  readonly viewed: boolean;
  readonly opened: readonly number[];
}

/** The quoted rules by going through each person's events; `asOf` and times in milliseconds. */
export function quotedApart(
  people: ReadonlyMap<number, Behaviour>,
  asOf: number,
): Record<keyof typeof QUOTED, number[]> {
  const within = (at: number, days: number) => at >= asOf - days * DAY && at < asOf;
  const total = (rows: Behaviour["orders"]) =>
    Math.round(rows.reduce((sum, { amount }) => sum + amount, 0) * 1000) / 1000;
  const who = (holds: (one: Behaviour) => boolean) =>
    [...people].flatMap(([id, one]) => (holds(one) ? [id] : [])).sort((a, b) => a - b);
  return {
    First: who(({ orders }) => total(orders) > 200 && Math.max(...orders.map(({ at }) => at)) > asOf - 7 * DAY),
    Second: who(({ orders, viewed }) => orders.some(({ at }) => within(at, 30)) && viewed),
    Third: who(({ orders, opened }) => {
      const recent = orders.filter(({ at }) => within(at, 90));
      return (recent.length >= 3 || total(recent) > 500) && opened.some((at) => within(at, 60));
    }),
  };
}

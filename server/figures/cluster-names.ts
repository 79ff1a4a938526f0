import type { Heat, HeatRow } from "./heatmap-rows.ts";

/** What a column far above and far below everybody's is called in people, by the words of its name. */
const KINDS: readonly { readonly named: RegExp; readonly high: string; readonly low: string }[] = [
  {
    named: /since.*(signup|sign_up|joined|first)|tenure|days_known|account_age/,
    high: "Long-standing",
    low: "Newcomers",
  },
  { named: /recency|since|last_(order|purchase|seen|visit)/, high: "Lapsed", low: "Recent" },
  { named: /discount|coupon|promo|voucher|sale_/, high: "Bargain Hunters", low: "Full Price" },
  { named: /return|refund|cancel/, high: "Returners", low: "Keepers" },
  { named: /click|open|email|mail|newsletter/, high: "Engaged Readers", low: "Silent Readers" },
  { named: /visit|view|session|page|product|browse/, high: "Browsers", low: "Rare Visitors" },
  { named: /spend|spent|monetary|revenue|amount|value|basket|price/, high: "Big Spenders", low: "Small Spenders" },
  { named: /freq|order|purchase|buy|invoice/, high: "Frequent Buyers", low: "Rare Buyers" },
];

/** In standard deviations from everybody's mean. */
const NOTABLE = 0.35;
const MOST = 3;

/** Up to three names for each cluster, by its number: by what sets it apart; the first of each is no other's, nor one that is given already. */
export function suggestedNames(heat: Heat): Map<number, readonly string[]> {
  const taken = new Set(heat.rows.map((row) => row.name));
  const suggested = new Map<number, readonly string[]>();
  // Who stands out most is named first.
  const strength = (row: HeatRow) => Math.max(0, ...row.cells.map((cell) => Math.abs(cell.z ?? 0)));
  for (const row of [...heat.rows].sort((a, b) => strength(b) - strength(a))) {
    const free = namesFor(row, heat).filter((name) => !taken.has(name));
    const names = free.slice(0, MOST);
    if (names[0] !== undefined) taken.add(names[0]);
    suggested.set(row.cluster ?? 0, names);
  }
  return suggested;
}

function namesFor(row: HeatRow, heat: Heat): string[] {
  const notable = row.cells
    .map((cell, place) => ({ column: heat.columns[place]?.name ?? "", z: cell.z ?? 0 }))
    .filter(({ z }) => Math.abs(z) >= NOTABLE)
    .sort((a, b) => Math.abs(b.z) - Math.abs(a.z))
    .slice(0, MOST);
  if (notable.length === 0) return ["In the Middle", `Middle ${row.cluster ?? ""}`.trim()];
  const kinds = notable.flatMap(({ column, z }) => {
    const kind = KINDS.find(({ named }) => named.test(column.toLowerCase()));
    return kind === undefined ? [] : [z > 0 ? kind.high : kind.low];
  });
  const plain = notable.map(({ column, z }) => `${z > 0 ? "High" : "Low"} ${column.replaceAll("_", " ")}`);
  const [first, second] = plain;
  const both = second === undefined ? [] : [`${first}, ${second.charAt(0).toLowerCase()}${second.slice(1)}`];
  return [...new Set([...kinds, ...(first === undefined ? [] : [first]), ...both])];
}

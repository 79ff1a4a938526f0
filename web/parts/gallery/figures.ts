/** Invented figures of the size and shape that the parts meet in earnest; seeded, so that pictures can be compared. */
import type { CellValue, TableColumn } from "../../../server/figures/cell-value.ts";
import type { SeriesTile, SeriesTone } from "../../../server/figures/series-tiles.ts";
import type { TableSummary } from "../../../server/figures/summary-words.ts";
import type { Merge } from "../dendrogram.ts";
import type { Heat } from "../heatmap.ts";
import type { SeriesChange, SeriesPoint } from "../series.ts";
import type { TablePage, TableSort } from "../table-pages.ts";

/** Numbers from 0 to 1, the same ones for the same seed (Park and Miller's generator). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 16_807) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

export const customerColumns: TableColumn[] = [
  { name: "customer_id", type: "BIGINT" },
  { name: "recency_days", type: "DOUBLE", unit: "days" },
  { name: "orders_90d", type: "BIGINT" },
  { name: "avg_order_value", type: "DECIMAL(18,2)", unit: "GBP" },
  { name: "click_rate", type: "DOUBLE", unit: "percent" },
  { name: "country", type: "VARCHAR" },
  { name: "first_order", type: "DATE" },
  { name: "last_seen", type: "TIMESTAMP" },
  { name: "consent", type: "BOOLEAN" },
];

const COUNTRIES = ["UK", "UK", "UK", "UK", "Germany", "Germany", "France", "Ireland", ""];

/** Row `index` of the customers; each can be had without those before it. */
export function customerRow(index: number): CellValue[] {
  const random = seeded(index * 7919 + 17);
  random();
  const orders = Math.floor(random() ** 3 * 14);
  const day = new Date(Date.UTC(2025, 9, 1) + Math.floor(random() * 365) * 86_400_000).toISOString().slice(0, 10);
  const country = COUNTRIES[Math.floor(random() * COUNTRIES.length)] ?? "UK";
  return [
    10_000 + index,
    Math.floor(random() ** 2 * 380),
    orders,
    orders === 0 ? null : (12 + random() * 140).toFixed(2),
    Math.round(random() ** 4 * 2000) / 10_000,
    country === "" ? null : country,
    day,
    `${day}T${String(Math.floor(random() * 24)).padStart(2, "0")}:${String(Math.floor(random() * 60)).padStart(2, "0")}:00`,
    random() > 0.1,
  ];
}

/** A loader over so many customers that answers after `ms`; sorts by reversing, which is enough to be seen. */
export function customerLoader(total: number, ms: number) {
  return async (offset: number, limit: number, sort: TableSort | null, signal: AbortSignal): Promise<TablePage> => {
    await new Promise<void>((done) => setTimeout(done, ms));
    signal.throwIfAborted();
    const rows = Array.from({ length: Math.max(0, Math.min(limit, total - offset)) }, (_, place) =>
      customerRow(sort?.descending ? total - 1 - offset - place : offset + place),
    );
    return { rows, offset, total };
  };
}

const none = { approximate: false, min: null, max: null, mean: null, histogram: [], top: [] };

export const customerSummaries: TableSummary[] = [
  { ...none, name: "customer_id", missing: 0, distinct: 20_000 },
  {
    ...none,
    name: "recency_days",
    missing: 0,
    distinct: 380,
    min: 0,
    max: 379,
    mean: 126.7,
    histogram: [
      4470, 1853, 1422, 1199, 1056, 955, 878, 817, 768, 726, 691, 660, 633, 610, 587, 568, 551, 533, 519, 504,
    ],
  },
  {
    ...none,
    name: "orders_90d",
    missing: 0,
    distinct: 14,
    min: 0,
    max: 13,
    mean: 3,
    histogram: [8298, 2157, 1513, 1205, 1017, 890, 798, 726, 671, 625, 587, 554, 0, 959],
  },
  {
    ...none,
    name: "avg_order_value",
    missing: 8298,
    distinct: 9120,
    min: "12.00",
    max: "151.99",
    mean: 81.9,
    histogram: [210, 390, 560, 760, 910, 1010, 1090, 1080, 1020, 930, 840, 730, 610, 490, 380, 280, 190, 120, 70, 32],
  },
  {
    ...none,
    name: "click_rate",
    missing: 12,
    distinct: 1981,
    min: 0,
    max: 0.2,
    mean: 0.04,
    histogram: [9457, 1789, 1269, 1010, 853, 745, 667, 606, 557, 517, 484, 456, 431, 410, 391, 358],
  },
  {
    ...none,
    name: "country",
    missing: 2222,
    distinct: 4,
    top: [
      { value: "UK", rows: 8889 },
      { value: "Germany", rows: 4444 },
      { value: "France", rows: 2223 },
      { value: "Ireland", rows: 2222 },
    ],
  },
  {
    ...none,
    name: "first_order",
    missing: 0,
    distinct: 365,
    min: "2025-10-01",
    max: "2026-09-30",
    histogram: [
      980, 1010, 990, 1000, 1020, 1110, 1240, 1190, 1010, 960, 940, 955, 970, 985, 1000, 1010, 990, 1010, 1020, 610,
    ],
  },
  { ...none, name: "last_seen", missing: 0, distinct: 19_312, min: "2025-10-01T00:00:00", max: "2026-09-30T23:59:00" },
  {
    ...none,
    name: "consent",
    missing: 0,
    distinct: 2,
    top: [
      { value: "true", rows: 18_004 },
      { value: "false", rows: 1996 },
    ],
  },
];

/** The last 59 of 19,999 merges: Ward on sixty weighted points in the plane. */
export function customerMerges(): Merge[] {
  const random = seeded(11);
  const centres = [
    [0, 0],
    [6, 1],
    [1, 6],
    [7, 7],
  ];
  const people = 20_000;
  const tips = 60;
  const points = Array.from({ length: tips }, (_, tip) => {
    const [x, y] = centres[tip % 11 < 5 ? 0 : tip % 11 < 8 ? 1 : tip % 11 < 10 ? 2 : 3] ?? [0, 0];
    return { id: tip * 300, size: 333, x: (x ?? 0) + random() * 2.6, y: (y ?? 0) + random() * 2.6 };
  });
  const last = points.at(-1);
  if (last) last.size += people - 333 * tips;
  const merges: Merge[] = [];
  while (points.length > 1) {
    let best = { a: 0, b: 1, cost: Number.POSITIVE_INFINITY };
    for (const [a, one] of points.entries()) {
      for (const [b, other] of points.entries()) {
        if (b <= a) continue;
        const weight = (2 * one.size * other.size) / (one.size + other.size);
        const cost = weight * ((one.x - other.x) ** 2 + (one.y - other.y) ** 2);
        if (cost < best.cost) best = { a, b, cost };
      }
    }
    const [other] = points.splice(best.b, 1);
    const [one] = points.splice(best.a, 1);
    if (!one || !other) break;
    const size = one.size + other.size;
    merges.push({ left: one.id, right: other.id, height: Math.sqrt(best.cost), size });
    points.push({
      id: 2 * people - 2 - (tips - 1 - merges.length),
      size,
      x: (one.x * one.size + other.x * other.size) / size,
      y: (one.y * one.size + other.y * other.size) / size,
    });
  }
  return merges;
}

export const profile: Heat = {
  columns: [
    { name: "recency_days", unit: "days" },
    { name: "orders_90d" },
    { name: "visits_30d" },
    { name: "avg_order_value", unit: "GBP" },
    { name: "click_rate", unit: "percent" },
  ],
  everybody: [109.8, 1.5, 9.9, 58.2, 0.033],
  rows: [
    heatRow("Browsing Shoppers", 1, 8912, [96, 0.31, 9.2, 41.6, 0.019], [-0.1, -0.7, -0.05, -0.4, -0.6]),
    heatRow("Lapsed", 2, 5204, [241, 0.04, 1.1, 62.3, 0.004], [1.5, -0.8, -1.2, 0.1, -1.1]),
    heatRow("Frequent Buyers", 3, 3876, [8, 6.24, 21.4, 71.9, 0.098], [-1.2, 2.1, 1.6, 0.4, 1.8]),
    heatRow("Bargain Hunters", 4, 2008, [31, 1.61, 6.0, null, 0.052], [-0.9, 0.1, -0.5, 0, 0.6]),
  ],
};

function heatRow(name: string, cluster: number, size: number, values: (number | null)[], zs: number[]) {
  return { name, cluster, size, share: size / 20_000, cells: values.map((value, at) => ({ value, z: zs[at] ?? 0 })) };
}

interface Wanted {
  segment: string;
  metric: string;
  rate: number;
  fall: number;
  status: string;
  tone: SeriesTone;
}

const WANTED: Wanted[] = [
  {
    segment: "Bargain Hunters",
    metric: "click_rate",
    rate: 0.052,
    fall: 0.25,
    status: "▼ −25% since 22 Aug",
    tone: "alert",
  },
  { segment: "Frequent Buyers", metric: "click_rate", rate: 0.098, fall: 0, status: "steady", tone: "steady" },
  { segment: "Browsing Shoppers", metric: "click_rate", rate: 0.019, fall: 0, status: "steady", tone: "steady" },
  { segment: "Lapsed", metric: "click_rate", rate: 0.004, fall: 0, status: "paused: frozen", tone: "paused" },
  { segment: "Bargain Hunters", metric: "open_rate", rate: 0.31, fall: 0.05, status: "▼ watch, −4%", tone: "watch" },
  { segment: "Frequent Buyers", metric: "open_rate", rate: 0.44, fall: 0, status: "steady", tone: "steady" },
  {
    segment: "Browsing Shoppers",
    metric: "open_rate",
    rate: 0.22,
    fall: -0.22,
    status: "▲ +22% since 22 Aug",
    tone: "alert",
  },
  {
    segment: "A segment whose name is far too long for its tile",
    metric: "open_rate",
    rate: 0.12,
    fall: 0,
    status: "may include machine opens",
    tone: "steady",
  },
  { segment: "New", metric: "click_rate", rate: 0.074, fall: 0, status: "learning, 12 days more", tone: "learning" },
];

/** Twelve weeks of rates with weekdays, noise, a gap and two days that are not mature. */
export function watched(): SeriesTile[] {
  const random = seeded(7);
  const noise = () => random() + random() + random() - 1.5;
  const weekdays = [0, 0.04, 0.06, 0.03, -0.02, -0.08, -0.05];
  return WANTED.map((wanted) => {
    const points = Array.from({ length: 84 }, (_, day): SeriesPoint => {
      const expected = wanted.rate * (1 + (weekdays[day % 7] ?? 0));
      const fallen = wanted.fall !== 0 && day >= 51;
      const value = expected * (1 + noise() * 0.05) * (fallen ? 1 - wanted.fall : 1);
      const delivered = Math.round(4000 + 2000 * random());
      const gap = wanted.segment === "Lapsed" && day >= 60 && day < 66;
      return {
        period: new Date(Date.UTC(2026, 6, 2) + day * 86_400_000).toISOString().slice(0, 10),
        value: gap ? null : value,
        expected,
        low: expected * 0.87,
        high: expected * 1.13,
        delivered,
        events: Math.round(delivered * value),
        evidence: null,
        mature: day < 82,
        flag:
          wanted.tone === "alert" && day >= 54 ? "confirmed" : wanted.tone === "watch" && day >= 76 ? "watch" : null,
      };
    });
    const change: SeriesChange | null =
      wanted.fall === 0
        ? null
        : { at: "2026-08-22", from: "2026-08-20", to: "2026-08-25", direction: wanted.fall > 0 ? "down" : "up" };
    return {
      segment: wanted.segment,
      metric: wanted.metric,
      points,
      status: wanted.status,
      tone: wanted.tone,
      tier: wanted.tone === "alert" ? "confirmed" : wanted.tone === "watch" ? "watch" : null,
      moved: wanted.fall === 0 ? null : -wanted.fall,
      change,
      unit: "share",
    };
  });
}

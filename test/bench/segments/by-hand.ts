import { literal } from "../../../server/language/quote.ts";
import { FEATURES } from "./notebook.ts";
import { RULES } from "./rules.ts";

/** The benchmark's features and segments as one would write them in SQL by hand, as statements to be run one after another. */
export function byHand(from: (source: string) => string, to: { features: string; members: string }): string[] {
  const columns = Object.keys(FEATURES).join(", ");
  const names = RULES.map(({ name, sql }) => `CASE WHEN ${sql} THEN ${literal(name)} END`).join(",\n  ");
  const options = "(FORMAT parquet, COMPRESSION zstd)";
  return [
    `CREATE OR REPLACE TEMP TABLE wide AS\n${wide(from)}`,
    `COPY (SELECT customer_id, ${columns} FROM wide ORDER BY customer_id) TO ${literal(to.features)} ${options}`,
    `COPY (
      SELECT customer_id, segment
      FROM (SELECT customer_id, unnest([${names}]) AS segment, generate_subscripts([${RULES.map((_, n) => n).join(", ")}], 1) AS n FROM wide)
      WHERE segment IS NOT NULL ORDER BY customer_id, n
    ) TO ${literal(to.members)} ${options}`,
    "DROP TABLE wide",
  ];
}

const END = "TIMESTAMP '2026-11-01'";

function last(column: string, days: number): string {
  const day = new Date(Date.UTC(2026, 10, 1) - days * 86_400_000).toISOString().slice(0, 10);
  return `${column} >= TIMESTAMP '${day}'`;
}

function wide(from: (source: string) => string): string {
  const ordered = (days: number) => last("ordered_at", days);
  const happened = (days: number) => last("happened_at", days);
  return `WITH o AS (
  SELECT customer_id, DATE '2026-10-31' - max(ordered_at)::DATE AS recency, count(*) AS frequency,
    sum(amount) AS monetary, avg(amount) AS basket, max(amount) AS largest,
    count(*) FILTER (WHERE ${ordered(7)}) AS orders_7, count(*) FILTER (WHERE ${ordered(30)}) AS orders_30,
    count(*) FILTER (WHERE ${ordered(60)}) AS orders_60, count(*) FILTER (WHERE ${ordered(90)}) AS orders_90,
    count(*) FILTER (WHERE ${ordered(180)}) AS orders_180, count(*) FILTER (WHERE NOT ${ordered(180)}) AS orders_before_180,
    sum(amount) FILTER (WHERE ${ordered(90)}) AS spend_90, avg(amount) FILTER (WHERE ${ordered(365)}) AS average_365,
    count(*) FILTER (WHERE category = 'Kitchen') AS kitchen_orders,
    count(*) FILTER (WHERE amount > 300 AND ${ordered(365)}) AS large_365
  FROM ${from("orders")} WHERE ordered_at < ${END} GROUP BY 1
), m AS (
  SELECT customer_id, DATE '2026-10-31' - max(happened_at) FILTER (WHERE type = 'clicked')::DATE AS last_click,
    count(*) FILTER (WHERE type = 'opened' AND ${happened(30)}) AS opened_30,
    count(*) FILTER (WHERE type = 'opened' AND ${happened(60)}) AS opened_60,
    count(*) FILTER (WHERE type = 'opened') AS opened_180, count(*) FILTER (WHERE type = 'delivered') AS delivered_180,
    count(*) FILTER (WHERE type = 'clicked' AND ${happened(90)}) AS clicked_90,
    count(*) FILTER (WHERE type = 'clicked' AND ${happened(180)}) AS clicked_180
  FROM ${from("mail")} WHERE happened_at < ${END} AND (type = 'clicked' OR ${happened(180)}) GROUP BY 1
), w AS (
  SELECT customer_id,
    count(*) FILTER (WHERE type = 'product' AND ${happened(30)}) AS views_30,
    count(*) FILTER (WHERE type = 'product' AND category = 'Kitchen' AND ${happened(30)}) AS kitchen_views_30,
    count(*) FILTER (WHERE type = 'cart' AND ${happened(30)}) AS carts_30,
    count(*) FILTER (WHERE type = 'cart' AND ${happened(7)}) AS carts_7,
    count(*) FILTER (WHERE type = 'page' AND ${happened(7)}) AS pages_7,
    count(DISTINCT session_id) FILTER (WHERE type = 'product') AS sessions_90
  FROM ${from("web")}
  WHERE happened_at < ${END} AND ${happened(90)}
    AND (type = 'product' OR type = 'cart' AND ${happened(30)} OR type = 'page' AND ${happened(7)})
  GROUP BY 1
), s AS (
  SELECT DISTINCT o.customer_id, TRUE AS saw_and_bought
  FROM (SELECT customer_id, ordered_at AS at FROM ${from("orders")} WHERE ordered_at < ${END} AND ${ordered(90)}) AS o
  ASOF JOIN (
    SELECT customer_id, happened_at AS at FROM ${from("web")}
    WHERE happened_at < ${END} AND type = 'product' AND ${happened(90)}
  ) AS v ON v.customer_id = o.customer_id AND v.at <= o.at
  WHERE o.at - v.at <= INTERVAL 3 DAY
)
SELECT p.customer_id, ${COUNTS.map((column) => `coalesce(${column}, 0) AS ${column}`).join(", ")},
  recency, basket, largest, average_365, last_click, saw_and_bought, coalesce(monetary, 0) AS monetary,
  coalesce(spend_90, 0) AS spend_90, coalesce(opened_180, 0) / nullif(delivered_180, 0) AS open_rate
FROM ${from("people")} AS p LEFT JOIN o USING (customer_id) LEFT JOIN m USING (customer_id)
  LEFT JOIN w USING (customer_id) LEFT JOIN s USING (customer_id)`;
}

const COUNTS = [
  ...["frequency", "orders_7", "orders_30", "orders_60", "orders_90", "orders_180", "orders_before_180"],
  ...["kitchen_orders", "large_365", "opened_30", "opened_60", "delivered_180", "clicked_90", "clicked_180"],
  ...["views_30", "kitchen_views_30", "carts_30", "carts_7", "pages_7", "sessions_90"],
];

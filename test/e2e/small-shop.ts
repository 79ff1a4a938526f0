/** A workspace that runs in a moment: six customers, eight orders, and what a notebook makes of them. */
export const smallShop = {
  data: {
    "orders.csv": `order_id,customer_id,ordered_at,amount,country
1,1,2026-09-01 10:00:00,120.00,UK
2,1,2026-10-20 10:00:00,80.00,UK
3,2,2026-10-05 10:00:00,30.00,FR
4,3,2026-07-11 10:00:00,400.00,UK
5,4,2026-10-30 10:00:00,15.50,DE
6,5,2026-10-01 10:00:00,210.00,FR
7,5,2026-10-15 10:00:00,20.00,FR
8,6,2026-08-08 10:00:00,60.00,DE
`,
  },
  notebooks: {
    "shop.md": `---
segbook: 1
title: Small shop
as_of: 2026-10-31
---

# Small shop

\`\`\`input least
type: number
label: Spent at least
default: 100
min: 0
max: 500
step: 10
\`\`\`

\`\`\`input since
type: date
label: Bought since
default: 2026-01-01
min: 2026-01-01
max: 2026-10-31
\`\`\`

\`\`\`input place
type: choice
label: Country
default: anywhere
options: [anywhere, UK, FR, DE]
\`\`\`

\`\`\`source orders
files: orders.csv
columns:
  order_id: {type: BIGINT, required: true, unique: true}
  customer_id: {type: BIGINT, required: true}
  ordered_at: {type: TIMESTAMP, required: true}
  amount: {type: 'DECIMAL(10,2)', min: 0}
  country: {one_of: [UK, FR, DE]}
event: placed order
at: ordered_at
\`\`\`

\`\`\`sql spend
SELECT customer_id, sum(amount) AS total_spend, max(ordered_at) AS last_purchase, any_value(country) AS country
FROM orders
WHERE ordered_at >= $since AND ($place = 'anywhere' OR country = $place)
GROUP BY customer_id
ORDER BY customer_id
\`\`\`

Who spends most.

\`\`\`segments groups
of: spend
segments:
  Spenders: total_spend >= $least
  Recent: placed order in last 30 days
\`\`\`
`,
  },
} as const;

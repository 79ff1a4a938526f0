import { RULES, type Rule } from "./rules.ts";

/** Features of the benchmark: name → expression. */
export const FEATURES: Readonly<Record<string, string>> = {
  recency: "days since last placed order",
  frequency: "count of placed order",
  monetary: "sum of amount of placed order",
  basket: "average amount of placed order",
  orders_90: "count of placed order in last 90 days",
  spend_90: "sum of amount of placed order in last 90 days",
  kitchen_orders: "count of placed order where category = 'Kitchen'",
  views_30: "count of viewed product in last 30 days",
  carts_30: "count of added to cart in last 30 days",
  sessions_90: "distinct session_id of viewed product in last 90 days",
  open_rate: "count of opened email in last 180 days / count of delivered email in last 180 days",
  last_click: "days since last clicked email",
};

/** Customers with three kinds of events; twelve features, and rules over them and over the events. */
export function segmentsNotebook(rules: readonly Rule[] = RULES): string {
  const listed = (entries: readonly (readonly [string, string])[]) =>
    entries.map(([name, text]) => `  ${name}: ${JSON.stringify(text)}`).join("\n");
  return `---
segbook: 1
as_of: 2026-10-31
---

\`\`\`source people
files: people.parquet
\`\`\`

\`\`\`source orders
files: orders.parquet
event: placed order
at: ordered_at
\`\`\`

\`\`\`source mail
files: mail.parquet
events: {by: type, names: {delivered: delivered email, opened: opened email, clicked: clicked email}}
at: happened_at
\`\`\`

\`\`\`source web
files: web.parquet
events: {by: type, names: {page: visited page, product: viewed product, cart: added to cart}}
at: happened_at
\`\`\`

\`\`\`features behaviour
from: people
columns:
${listed(Object.entries(FEATURES))}
\`\`\`

\`\`\`segments audiences
of: behaviour
segments:
${listed(rules.map(({ name, rule }) => [name, rule]))}
\`\`\`
`;
}

import type { MenuItem } from "../menu.ts";
import type { PaletteItem } from "../palette.ts";

/** Texts and lists of the gallery. */

export const ruleText = `of: behaviour
segments:
  Recent High-Value Buyers: |-
    Total Spend > $200 AND Last Purchase < 7 Days Ago
  Browsing Shoppers: |-
    viewed product at least 5 times in last 30 days
    AND NOT placed oder in last 90 days
otherwise: Everyone else # counted as well
`;

export const sqlText = `-- Revenue by country, the largest first
SELECT country, count(*) AS orders, sum(amount) AS revenue
FROM orders
WHERE ordered_at < $as_of AND category <> 'gift card'
GROUP BY ALL
QUALIFY row_number() OVER (ORDER BY revenue DESC, country) <= 20
`;

export const proseText = `# Spring re-engagement

Which lapsed buyers are worth a letter, and which of them **only ever looked**? Features as of the day below;
people are clustered first and then given rules that a [mail platform](https://example.org/) can follow.

- see [First segments](first-segments.md) and \`orders.csv\`
- ![a picture from elsewhere](https://example.org/pixel.png)
- <script>alert(1)</script> [a trap](javascript:alert(1))

| segment | people |
| --- | ---: |
| Lapsed | 5,204 |
| Frequent Buyers | 3,876 |
`;

export const palette: PaletteItem[] = [
  { id: "run-stale", label: "Run what is stale", kind: "action", hint: "⇧⌘⏎" },
  { id: "run-all", label: "Run all", kind: "action" },
  { id: "theme", label: "Dark or light", kind: "action" },
  { id: "cell:behaviour", label: "behaviour", kind: "cell", hint: "features" },
  { id: "cell:personas", label: "personas", kind: "cell", hint: "cluster" },
  { id: "cell:audiences", label: "audiences", kind: "cell", hint: "segments" },
  { id: "relation:orders", label: "orders", kind: "relation", hint: "412,880 rows" },
  { id: "column:orders.amount", label: "amount", kind: "column", hint: "orders" },
  { id: "column:behaviour.avg_order_value", label: "avg_order_value", kind: "column", hint: "behaviour" },
  { id: "segment:lapsed", label: "Lapsed", kind: "segment", hint: "5,204 people" },
  { id: "segment:frequent", label: "Frequent Buyers", kind: "segment", hint: "3,876 people" },
  ...Array.from({ length: 120 }, (_, place) => ({
    id: `column:wide.c${place}`,
    label: `feature_${String(place).padStart(3, "0")}`,
    kind: "column",
    hint: "wide",
  })),
];

export const cellActions: MenuItem[] = [
  { id: "run", label: "Run", hint: "⌘⏎" },
  { id: "fold", label: "Fold the editor" },
  { id: "below", label: "New cell below" },
  { id: "lock", label: "Lock", disabled: true },
  { id: "delete", label: "Delete", tone: "danger", apart: true },
];

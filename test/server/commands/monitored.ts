import { draws } from "../../bench/monitor/draws.ts";
import { dayOf } from "../../bench/monitor/simulate.ts";

/** Counts of three segments a day, as CSV: VIP's click rate falls by a third on day 70 and is back on day 105. */
export function counts(days: number): string {
  const random = draws(11);
  const lines = ["segment,period,delivered,clicked"];
  for (const segment of ["VIP", "New", "Quiet"]) {
    for (let day = 0; day < days; day++) {
      const level = segment === "VIP" && day >= 70 && day < 105 ? 0.65 : 1;
      const clicked = random.binomial(1_500, random.beta(0.08 * level, 0.002));
      lines.push(`${segment},${dayOf(day)},1500,${clicked}`);
    }
  }
  return `${lines.join("\n")}\n`;
}

/** A notebook that watches them. */
export function watching(columns = "columns: {period: date}"): string {
  return `---
segbook: 1
as_of: 2026-01-31
---

\`\`\`source counted
files: counts.csv
${columns}
\`\`\`

\`\`\`monitor watch
counts: counted
mature_after: 0 hours
\`\`\`
`;
}

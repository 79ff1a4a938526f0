import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { stability } from "../../../../server/monitor/population/stability-index.ts";
import { openWorkspace, type TestWorkspace } from "../../../workspace.ts";

const NOTEBOOK = `---
segbook: 1
title: Make-up
as_of: 2026-04-13T00:00:00
---

\`\`\`source orders
files: orders.csv
columns: {customer_id: BIGINT, ordered_at: TIMESTAMP, kind: text}
event: placed order
at: ordered_at
fresh_within: 2 days
\`\`\`

\`\`\`source mail
files: mail.csv
columns: {customer_id: BIGINT, sent_at: TIMESTAMP, opened_at: TIMESTAMP}
\`\`\`

\`\`\`features behaviour
columns:
  orders: count of placed order in last 14 days
  kind: most frequent kind of placed order in last 14 days
  last_order: max of ordered_at of placed order
\`\`\`

\`\`\`segments groups
of: behaviour
segments:
  Buyers: placed order in last 14 days
  Frequent: orders >= 3
\`\`\`

\`\`\`monitor watch
segments: groups
sends: mail
period: week
baseline: 3
metrics: [open_rate, mix, size]
\`\`\`
`;

const PEOPLE = 300;
const FIRST = Date.parse("2026-01-26T00:00:00Z");
const at = (day: number, hour: number) =>
  new Date(FIRST + day * 86_400_000 + hour * 3_600_000).toISOString().slice(0, 19).replace("T", " ");

/** Everybody orders once a week until 8 March, and a third of them from the 9th on three times, always something else. */
function orders(): { who: number; day: number; kind: string }[] {
  const found = [];
  for (let who = 1; who <= PEOPLE; who++) {
    for (let week = 0; week < 11; week++) {
      const more = week >= 6 && who % 3 === 0;
      for (let i = 0; i < (more ? 3 : 1); i++) {
        found.push({ who, day: week * 7 + ((who + 2 * i) % 7), kind: more ? "new" : who % 2 === 0 ? "a" : "b" });
      }
    }
  }
  // Some have skipped some weeks, so that a fortnight has one order or two.
  return found.filter(({ who, day }) => (who * 7 + Math.floor(day / 7) * 3) % 5 !== 0);
}

let workspace: TestWorkspace;
let rows: Record<string, unknown>[];
beforeAll(async () => {
  const mails = Array.from(
    { length: PEOPLE * 11 },
    (_, i) => `${(i % PEOPLE) + 1},${at(Math.floor(i / PEOPLE) * 7 + 1, 9)},`,
  );
  workspace = await openWorkspace({
    notebooks: { "make-up.md": NOTEBOOK },
    data: {
      "orders.csv": [
        "customer_id,ordered_at,kind",
        ...orders().map(({ who, day, kind }) => `${who},${at(day, 10)},${kind}`),
      ].join("\n"),
      "mail.csv": ["customer_id,sent_at,opened_at", ...mails].join("\n"),
    },
  });
  rows = await workspace.show("notebooks/make-up.md", "watch_make_up");
});
afterAll(() => workspace.remove());

describe("make-up, week by week, by the rules and features as of then", () => {
  it("has the stability index of each feature that is no time, against the first week after the baseline", () => {
    expect([...new Set(rows.map(({ feature }) => feature))].sort()).toEqual(["kind", "orders"]);
    // Nobody has ordered by 26 January: members are known from 2 February on, and three weeks later is the 23rd.
    const reference = "2026-02-23";
    const own = rows.filter(({ segment, feature }) => segment === "Buyers" && feature === "orders");
    expect(own[0]).toMatchObject({ period: reference, psi: 0, flag: null });
    const then = counted(reference);
    for (const { period, psi, n, n_reference } of own.slice(1)) {
      const now = counted(String(period));
      const values = [...new Set([...then.values()])].sort();
      // Bins are the values of the reference, and above the last.
      const top = values.at(-1) ?? 0;
      const bins = (of: ReadonlyMap<number, number>) => [
        ...values.map((value) => [...of.values()].filter((one) => one === value).length),
        [...of.values()].filter((one) => one > top).length,
      ];
      expect([n, n_reference]).toEqual([now.size, then.size]);
      expect(psi).toBeCloseTo(stability(bins(then), bins(now)).psi, 9);
    }
  });

  it("is flagged once people do otherwise, and not before", () => {
    const flagged = (feature: string) =>
      rows
        .filter((row) => row.segment === "Buyers" && row.feature === feature && row.flag === "shifted")
        .map(({ period }) => period);
    expect(flagged("orders").at(0)).toBe("2026-03-16");
    expect(flagged("kind").at(0)).toBe("2026-03-16");
    expect(flagged("orders").at(-1)).toBe("2026-04-13");
  });
});

describe("sizes and staleness", () => {
  it("are those of recorded refreshes, and of the sources behind a segment", async () => {
    const notebook = "notebooks/make-up.md";
    const said = await workspace.segbook("run", notebook, "--as-of", "2026-04-06T00:00:00", "--refresh");
    expect(said.code).toBe(0);
    const series = await workspace.show(notebook, "watch_series", "--as-of", "2026-04-20");
    const sizes = series.filter(({ segment, metric }) => segment === "Buyers" && metric === "size");
    expect(sizes.map(({ period, rate }) => [period, rate])).toEqual([["2026-03-30", counted("2026-04-06").size]]);
    const newest = Math.max(...orders().map(({ day }) => day));
    const stale = await workspace.show(notebook, "watch_staleness", "--as-of", "2026-04-20");
    expect(stale.map(({ state, since }) => [state, since])).toEqual(
      ["Buyers", "Frequent"].map(() => ["stale", at(newest + 2, 10).slice(0, 10)]),
    );
    const [year, month, day] = at(newest, 10).slice(0, 10).split("-").map(Number);
    expect([year, month]).toEqual([2026, 4]);
    expect(stale[0]?.why).toBe(`\`orders\` has nothing newer than ${day} Apr 10:00, and may be 2 days old.`);
  });
});

/** How many orders each buyer has in the fortnight before the beginning of a week. */
function counted(week: string): Map<number, number> {
  const end = (Date.parse(week) - FIRST) / 86_400_000;
  const counts = new Map<number, number>();
  for (const { who, day } of orders()) if (day >= end - 14 && day < end) counts.set(who, (counts.get(who) ?? 0) + 1);
  return counts;
}

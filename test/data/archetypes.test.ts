import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ARCHETYPES } from "../../data/archetypes.ts";
import { cutTree } from "../../server/cluster/cut.ts";
import { adjustedRandIndex } from "../../server/cluster/rand-index.ts";
import { ward } from "../../server/cluster/ward.ts";
import { openShop, type Row, type Shop } from "./shop.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop(3000);
});
afterAll(() => shop.close());

describe("the planted archetypes", () => {
  it("have the shares that they were given", async () => {
    expect(ARCHETYPES.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
    for (const { name, share } of ARCHETYPES) {
      const found = await shop.number(`SELECT count(*) FILTER (WHERE archetype = '${name}') / count(*) FROM truth`);
      expect(Math.abs(found - share)).toBeLessThan(4 * Math.sqrt((share * (1 - share)) / 3000));
    }
  });

  it("open and click at their own rates", async () => {
    for (const { name, mail } of ARCHETYPES) {
      const [row] = await shop.rows(`SELECT
          avg((clicked_at IS NOT NULL)::INTEGER) AS click,
          avg((opened_at IS NOT NULL)::INTEGER) FILTER (WHERE NOT machine_open) AS open
        FROM sends JOIN truth USING (customer_id)
        WHERE archetype = '${name}' AND delivered_at IS NOT NULL
          AND (sent_at < '2026-06-08' OR archetype = 'new') AND sent_at < '2026-10-25'`);
      // The spread between people and between days is larger than that of the counts; few are few.
      const slack = name === "lapsed" || name === "new" ? 0.25 : 0.1;
      expect(Number(row?.click) / mail.click).toBeGreaterThan(1 - slack);
      expect(Number(row?.click) / mail.click).toBeLessThan(1 + slack);
      expect(Number(row?.open) / mail.open).toBeGreaterThan(0.9);
      expect(Number(row?.open) / mail.open).toBeLessThan(1.1);
    }
  });

  it("hold one whose clicks fall by a quarter on 23 August 2026, while its opens stay, and no other", async () => {
    const rows = await shop.rows(`SELECT archetype,
        avg((clicked_at IS NOT NULL)::INTEGER) FILTER (WHERE sent_at >= '2026-08-23')
          / avg((clicked_at IS NOT NULL)::INTEGER) FILTER (WHERE sent_at < '2026-08-23') AS clicks,
        avg((opened_at IS NOT NULL)::INTEGER) FILTER (WHERE sent_at >= '2026-08-23')
          / avg((opened_at IS NOT NULL)::INTEGER) FILTER (WHERE sent_at < '2026-08-23') AS opens
      FROM sends JOIN truth USING (customer_id)
      WHERE delivered_at IS NOT NULL AND sent_at >= '2026-06-08' AND archetype IN ('browsers', 'bargain hunters', 'weekly buyers')
      GROUP BY archetype ORDER BY archetype`);
    const [bargain, browsers, weekly] = rows;
    expect(Math.abs(Number(bargain?.clicks) - 0.75)).toBeLessThan(0.06);
    for (const other of [browsers, weekly]) expect(Math.abs(Number(other?.clicks) - 1)).toBeLessThan(0.1);
    for (const one of rows) expect(Math.abs(Number(one.opens) - 1)).toBeLessThan(0.06);
  });

  it("hold one that is sent mostly newsletters from 8 June 2026 on, of which each kind is opened as before", async () => {
    const rates = (by: string, archetype: string) =>
      shop.rows(`SELECT ${by} AS part, count(*) FILTER (WHERE sent_at >= '2026-06-08') / count(*) AS late_share,
          avg((opened_at IS NOT NULL)::INTEGER) FILTER (WHERE sent_at >= '2026-06-08')
            / avg((opened_at IS NOT NULL)::INTEGER) FILTER (WHERE sent_at < '2026-06-08') AS opens,
          avg((clicked_at IS NOT NULL)::INTEGER) FILTER (WHERE sent_at >= '2026-06-08')
            / avg((clicked_at IS NOT NULL)::INTEGER) FILTER (WHERE sent_at < '2026-06-08') AS clicks
        FROM sends JOIN truth USING (customer_id)
        WHERE delivered_at IS NOT NULL AND NOT machine_open AND archetype = '${archetype}' GROUP BY ALL ORDER BY ALL`);
    const [whole] = await rates("'all'", "weekly buyers");
    expect(Math.abs(Number(whole?.opens) - 0.8)).toBeLessThan(0.03);
    expect(Math.abs(Number(whole?.clicks) - 1)).toBeLessThan(0.08);
    for (const { part, opens, late_share } of await rates("kind", "weekly buyers")) {
      if (part === "recommendations") expect(Number(late_share)).toBeLessThan(0.12);
      else expect(Math.abs(Number(opens) - 1)).toBeLessThan(0.05);
    }
    const [other] = await rates("'all'", "browsers");
    expect(Math.abs(Number(other?.opens) - 1)).toBeLessThan(0.03);
  });

  it("have one mail provider that opens by machine from 13 April 2026 on, which changes nothing that people do", async () => {
    const rows = await shop.rows(`SELECT mail_domain, sent_at >= '2026-04-13' AS late,
        avg(machine_open::INTEGER) AS machine, avg((opened_at IS NOT NULL)::INTEGER) FILTER (WHERE NOT machine_open) AS opens,
        avg((clicked_at IS NOT NULL)::INTEGER) AS clicks
      FROM sends JOIN truth USING (customer_id)
      WHERE delivered_at IS NOT NULL AND archetype = 'browsers' GROUP BY ALL`);
    const of = (domain: string, late: boolean) =>
      rows.find((row) => row.mail_domain === domain && row.late === late) ?? {};
    for (const late of [false, true]) {
      expect(Math.abs(Number(of("icloud.example", late).machine) - 0.88)).toBeLessThan(0.05);
      expect(of("gmail.example", late).machine).toBe(0);
    }
    expect(of("yahoo.example", false).machine).toBe(0);
    expect(Math.abs(Number(of("yahoo.example", true).machine) - 0.85)).toBeLessThan(0.05);
    const clicks = Number(of("yahoo.example", true).clicks) / Number(of("yahoo.example", false).clicks);
    expect(Math.abs(clicks - 1)).toBeLessThan(0.15);
  });

  it("differ between days by more than chance, and between weekdays", async () => {
    const daily = await shop.rows(`SELECT isodow(sent_at) AS weekday, count(*) AS n,
        count(clicked_at) AS x FROM sends JOIN truth USING (customer_id)
      WHERE archetype = 'bargain hunters' AND delivered_at IS NOT NULL AND sent_at < '2026-08-23'
      GROUP BY sent_at::DATE, weekday ORDER BY sent_at::DATE`);
    const rate = (rows: Row[]) => sum(rows, "x") / sum(rows, "n");
    const inWeek = rate(daily.filter(({ weekday }) => Number(weekday) === 2));
    const atWeekend = rate(daily.filter(({ weekday }) => Number(weekday) === 6));
    expect(inWeek / atWeekend).toBeGreaterThan(1.05);
    const tuesdays = daily.filter(({ weekday }) => Number(weekday) === 2);
    const p = rate(tuesdays);
    const chi = tuesdays.reduce((q, { n, x }) => q + (Number(x) - Number(n) * p) ** 2 / (Number(n) * p * (1 - p)), 0);
    expect(chi / (tuesdays.length - 1)).toBeGreaterThan(1.1);
  });

  it("buy more before Christmas and in a sale, and the weekly buyers on a weekday of their own", async () => {
    const perDay = (from: string, to: string) =>
      shop.number(`SELECT count(*) / (DATE '${to}' - DATE '${from}' + 1) FROM orders JOIN truth USING (customer_id)
        WHERE archetype = 'bargain hunters' AND ordered_at::DATE BETWEEN '${from}' AND '${to}'`);
    const usual = await perDay("2026-05-01", "2026-06-30");
    expect((await perDay("2026-07-10", "2026-07-19")) / usual).toBeGreaterThan(1.6);
    expect((await perDay("2025-12-02", "2025-12-20")) / usual).toBeGreaterThan(1.15);
    const favourite = await shop.number(`WITH days AS (
        SELECT customer_id, isodow(ordered_at) AS weekday, count(*) AS n FROM orders JOIN truth USING (customer_id)
        WHERE archetype = 'weekly buyers' GROUP BY ALL)
      SELECT avg(share) FROM (SELECT max(n) / sum(n) AS share FROM days GROUP BY customer_id)`);
    expect(favourite).toBeGreaterThan(0.45);
  });

  it("are found by Ward's method from what the shop itself can see", async () => {
    const people = await shop.rows(BEHAVIOUR);
    const columns = ["discounted", "full_price", "visits", "known_for"];
    const scaled = columns.map((column) => standardised(people.map((row) => Math.log1p(Number(row[column])))));
    const points = Float64Array.from(people.flatMap((_, i) => scaled.map((values) => values[i] ?? 0)));
    const merges = await ward(points, { rows: people.length, columns: columns.length });
    if (!merges.ok) throw new Error(merges.message);
    const planted = people.map(({ archetype }) => ARCHETYPES.findIndex(({ name }) => name === archetype));
    expect(adjustedRandIndex(cutTree(merges.value, 5), planted)).toBeGreaterThan(0.75);
  });
});

/** The four columns that the demo notebook clusters by, counted here in another way than the notebook does. */
const BEHAVIOUR = `
  SELECT truth.customer_id, archetype, DATE '2026-10-31' - signed_up AS known_for,
    (SELECT count(*) FROM orders WHERE orders.customer_id = truth.customer_id AND discount > 0
      AND ordered_at >= '2025-11-01') AS discounted,
    (SELECT count(*) FROM orders WHERE orders.customer_id = truth.customer_id AND discount = 0
      AND ordered_at >= '2025-11-01') AS full_price,
    (SELECT count(*) FROM web WHERE web.customer_id = truth.customer_id AND type = 'landing'
      AND happened_at >= '2026-08-03') AS visits
  FROM truth JOIN customers USING (customer_id) ORDER BY truth.customer_id`;

function standardised(values: readonly number[]): number[] {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const sd = Math.sqrt(values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length);
  return values.map((value) => (value - mean) / sd);
}

function sum(rows: readonly Row[], column: string): number {
  return rows.reduce((total, row) => total + Number(row[column]), 0);
}

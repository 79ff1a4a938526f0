import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FLAWS } from "../../data/flaws.ts";
import { openShop, type Shop } from "./shop.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop(2000);
});
afterAll(() => shop.close());

describe("the demo's relations agree with each other", () => {
  it("has a million and a half hits, and as much mail, for twenty thousand customers", async () => {
    expect(await shop.number("SELECT count(*) FROM customers")).toBe(2000);
    expect(10 * (await shop.number("SELECT count(*) FROM web"))).toBeGreaterThan(1_000_000);
    expect(10 * (await shop.number("SELECT count(*) FROM sends"))).toBeGreaterThan(1_000_000);
    expect(10 * (await shop.number("SELECT count(*) FROM orders"))).toBeGreaterThan(150_000);
  });

  it("knows nothing from before the thirteen months or after them", async () => {
    const ends = await shop.rows(`SELECT
      (SELECT min(ordered_at) >= '2025-10-01' AND max(ordered_at) < '2026-11-01' FROM orders) AS orders,
      (SELECT min(happened_at) >= '2025-10-01' AND max(happened_at) < '2026-11-01' FROM web) AS web,
      (SELECT min(sent_at) >= '2025-10-01' AND max(greatest(sent_at, opened_at, clicked_at, unsubscribed_at)) < '2026-11-01'
        FROM sends) AS sends,
      (SELECT max(happened_at) < '2026-11-01' FROM mail_events) AS mail,
      (SELECT max(signed_up) < '2026-11-01' FROM customers) AS customers`);
    expect(ends).toEqual([{ orders: true, web: true, sends: true, mail: true, customers: true }]);
  });

  it("keeps each month in the file of its name", async () => {
    for (const [relation, at] of [
      ["web", "happened_at"],
      ["sends", "sent_at"],
      ["mail_events", "happened_at"],
    ]) {
      const strays = `SELECT count(*) FROM read_parquet('${shop.workspace}/data/demo/${relation}/*.parquet', filename = true)
        WHERE strftime(${at}, '%Y-%m') || '.parquet' <> parse_filename(filename)`;
      expect(await shop.number(strays)).toBe(0);
    }
  });

  it("lets nobody do anything before signing up, and sends no mail without consent", async () => {
    const early = (relation: string, at: string) =>
      shop.number(`SELECT count(*) FROM ${relation} JOIN customers USING (customer_id) WHERE ${at}::DATE < signed_up`);
    expect(await early("orders", "ordered_at")).toBe(0);
    expect(await early("web", "happened_at")).toBe(0);
    expect(await early("sends", "sent_at")).toBe(0);
    expect(await shop.number("SELECT count(*) FROM sends JOIN customers USING (customer_id) WHERE NOT consent")).toBe(
      0,
    );
  });

  it("gives every order its lines, whose amounts add up to its own", async () => {
    const wrong = await shop.number(`WITH line AS (SELECT DISTINCT * FROM order_lines), total AS (
        SELECT order_id, sum(amount) AS amount, sum(quantity * unit_price) AS list_amount, count(*) AS lines,
          sum(quantity) AS items, max(quantity * unit_price) AS dearest FROM line GROUP BY order_id)
      SELECT count(*) FROM orders FULL JOIN total USING (order_id)
      WHERE abs(orders.amount - total.amount) > 0.001 OR abs(orders.list_amount - total.list_amount) > 0.001
        OR orders.lines <> total.lines OR orders.items <> total.items OR total.order_id IS NULL
        OR abs(orders.list_amount - orders.discount - orders.amount) > 0.001
        OR orders.category NOT IN (SELECT category FROM line WHERE line.order_id = orders.order_id
          AND quantity * unit_price = dearest) OR orders.order_id IS NULL`);
    expect(wrong).toBe(0);
  });

  it("ends a visit with a checkout at the moment of every order", async () => {
    const without = `SELECT count(*) FROM orders ANTI JOIN (FROM web WHERE type = 'checkout') AS checkout
      ON orders.customer_id = checkout.customer_id AND orders.ordered_at = checkout.happened_at
      WHERE orders.customer_id IS NOT NULL`;
    expect(await shop.number(without)).toBe(0);
    expect(await shop.number("SELECT count(*) FROM web WHERE type = 'checkout' AND cart_value IS NULL")).toBe(0);
  });

  it("numbers the hits of a visit in the order of their times, with the time spent between them", async () => {
    const wrong = `WITH hit AS (SELECT DISTINCT * FROM web), next AS (
        SELECT *, lead(happened_at) OVER visit AS following, row_number() OVER visit AS nth
        FROM hit WINDOW visit AS (PARTITION BY session_id ORDER BY step))
      SELECT count(*) FROM next WHERE nth <> step OR following < happened_at
        OR seconds IS DISTINCT FROM date_diff('second', happened_at, following)`;
    expect(await shop.number(wrong)).toBe(0);
  });

  it("tells the same of each send twice: as a row, and as what happened", async () => {
    const differ = await shop.number(`WITH long AS (
        SELECT send_id, delivered_at AS at, 'delivered' AS type FROM sends
        UNION ALL SELECT send_id, opened_at, CASE WHEN machine_open THEN 'machine_opened' ELSE 'opened' END FROM sends
        UNION ALL SELECT send_id, clicked_at, 'clicked' FROM sends
        UNION ALL SELECT send_id, unsubscribed_at, 'unsubscribed' FROM sends
        UNION ALL SELECT send_id, bounced_at, 'bounced' FROM sends)
      SELECT count(*) FROM (FROM long WHERE "at" IS NOT NULL) AS long
        FULL JOIN mail_events ON long.send_id = mail_events.send_id AND long.type = mail_events.type
      WHERE long."at" IS DISTINCT FROM mail_events.happened_at`);
    expect(differ).toBe(0);
  });

  it("delivers a send or bounces it, and opens it before it is clicked", async () => {
    const wrong = `SELECT count(*) FROM sends WHERE (delivered_at IS NULL) = (bounced_at IS NULL)
      OR opened_at < delivered_at OR clicked_at <= opened_at OR unsubscribed_at < clicked_at
      OR (opened_at IS NOT NULL AND delivered_at IS NULL) OR (clicked_at IS NOT NULL AND opened_at IS NULL)
      OR (machine_open AND (opened_at IS NULL OR mail_domain NOT IN ('icloud.example', 'yahoo.example')))`;
    expect(await shop.number(wrong)).toBe(0);
    expect(await shop.number("SELECT count(*) - count(DISTINCT send_id) FROM sends")).toBe(0);
  });

  it("writes no more to who has unsubscribed, nor to a mailbox that is closed", async () => {
    const after = await shop.number(`WITH left_at AS (
        SELECT customer_id, min(sent_at) AS last FROM sends WHERE unsubscribed_at IS NOT NULL GROUP BY customer_id)
      SELECT count(*) FROM sends JOIN left_at USING (customer_id) WHERE sent_at > last`);
    expect(after).toBe(0);
    const bounced = "SELECT count(*) FILTER (WHERE bounced_at IS NOT NULL) / count(*) FROM sends";
    expect(await shop.number(bounced)).toBeLessThan(0.015);
    expect(await shop.number(bounced)).toBeGreaterThan(0.003);
  });
});

describe("the demo's faults", () => {
  it("are there in the measure that is written down", async () => {
    const near = async (found: string, of: string, share: number) => {
      const expected = share * (await shop.number(`SELECT count(*) FROM ${of}`));
      const count = await shop.number(found);
      // Four standard deviations of a Poisson count, and never none.
      expect(count).toBeGreaterThan(Math.max(0, expected - 4 * Math.sqrt(expected)));
      expect(count).toBeLessThan(expected + 4 * Math.sqrt(expected));
    };
    const repeated = (relation: string, key: string) => `SELECT count(*) - count(DISTINCT (${key})) FROM ${relation}`;
    await near("SELECT count(*) FROM orders WHERE customer_id IS NULL", "orders", FLAWS.ordersWithoutCustomer);
    await near("SELECT count(*) FROM customers WHERE country IS NULL", "customers", FLAWS.missingCountries);
    await near(repeated("order_lines", "order_id, line"), "order_lines", FLAWS.repeatedLines);
    await near(repeated("web", "session_id, step"), "web", FLAWS.repeatedHits);
    const bad = "SELECT count(*) FROM customers WHERE NOT regexp_full_match(email, '[^@ ]+@[^@ ]+[.][a-z]+')";
    await near(bad, "customers", FLAWS.badEmails);
  });

  it("are whole rows twice, not two that contradict each other", async () => {
    for (const [relation, key] of [
      ["order_lines", "order_id, line"],
      ["web", "session_id, step"],
    ]) {
      const kinds = `SELECT count(*) - count(DISTINCT (${key})) FROM (SELECT DISTINCT * FROM ${relation})`;
      expect(await shop.number(kinds)).toBe(0);
    }
  });
});

import { productOf } from "./catalogue.ts";
import { FLAWS } from "./flaws.ts";
import { literal } from "./randomness.ts";

/**
 * Tables `month_orders` and `month_lines` of one month: at most one order per person and day, likelier on the
 * person's own weekday, in season and in a sale.
 */
export function ordersOfMonth(month: string): string[] {
  return [
    `CREATE OR REPLACE TABLE month_orders AS
      WITH chances AS (
        SELECT p.customer_id, p.favourite, p.device, a.lines, d.day, d.number, d.sale, p.discounted,
          key_of('order', p.customer_id * 1000 + d.number) AS k,
          CASE WHEN d.day = p.signed_up THEN 0.3
            ELSE 1e0 - exp(-p.order_rate * d.orders * CASE WHEN d.sale THEN a.sale_lift ELSE 1e0 END
              * (1e0 - a.habit + CASE WHEN d.weekday = p.own_weekday THEN 7 * a.habit ELSE 0e0 END)) END AS chance
        FROM people AS p JOIN archetypes AS a USING (archetype) CROSS JOIN days AS d
        WHERE d.month = ${literal(month)} AND d.day >= p.signed_up AND (p.lapsed_on IS NULL OR d.day < p.lapsed_on)
      )
      SELECT strftime(day, '%Y%m%d')::BIGINT * 10000000 + customer_id AS order_id, customer_id, favourite, device,
        day, number, k, geometric(unit(k, 'lines'), lines, 6) AS line_count,
        day + to_seconds(3600 * pick(${SHOPPING_HOURS}, unit(k, 'hour')) + floor(3600 * unit(k, 'second'))::INTEGER)
          AS ordered_at,
        CASE WHEN unit(k, 'discount') < CASE WHEN sale THEN 1e0 - 0.5 * (1e0 - discounted) ELSE discounted END
          THEN pick([10, 10, 20, 20, 20, 30, 30, 50], unit(k, 'percent')) ELSE 0 END AS discount_percent
      FROM chances WHERE unit(k, 'ordered') < chance`,
    `CREATE OR REPLACE TABLE month_lines AS
      WITH lines AS (
        SELECT o.*, unnest(range(1, line_count + 1)) AS line FROM month_orders AS o
      ), keyed AS (
        SELECT *, key_of('line', order_id * 8 + line) AS kl FROM lines
      ), chosen AS (
        SELECT *, ${productOf("kl", "favourite", month)} AS product_id,
          1 + (unit(kl, 'two') > 0.8)::INTEGER + (unit(kl, 'three') > 0.93)::INTEGER AS quantity
        FROM keyed
      )
      SELECT order_id, line::INTEGER AS line, product_id, product, category, quantity, price AS unit_price,
        discount_percent, (quantity * price)::DECIMAL(10,2) AS list_amount,
        round(quantity * price * (100 - discount_percent) / 100, 2)::DECIMAL(10,2) AS amount, kl
      FROM chosen JOIN products USING (product_id)`,
    // The order's category is that of its dearest line.
    `CREATE OR REPLACE TABLE month_totals AS
      SELECT order_id, arg_max(product_id, list_amount * 100 - line) AS product_id, sum(quantity)::INTEGER AS items,
        sum(list_amount)::DECIMAL(10,2) AS list_amount, sum(amount)::DECIMAL(10,2) AS amount
      FROM month_lines GROUP BY order_id`,
  ];
}

/** The month's rows of orders.csv. */
export function ordersQuery(): string {
  return `SELECT order_id,
      CASE WHEN unit(k, 'guest') >= ${FLAWS.ordersWithoutCustomer} THEN customer_id END AS customer_id,
      ordered_at, category, line_count AS lines, items, list_amount,
      (list_amount - amount)::DECIMAL(10,2) AS discount, amount, device
    FROM month_orders JOIN month_totals USING (order_id) JOIN products USING (product_id)
    ORDER BY ordered_at, order_id`;
}

/** The month's rows of order_lines, some of them twice. */
export function orderLinesQuery(): string {
  return `SELECT order_id, line, product_id, product, category, quantity, unit_price, discount_percent, amount
    FROM (SELECT *, unnest(range(CASE WHEN unit(kl, 'twice') < ${FLAWS.repeatedLines} THEN 2 ELSE 1 END))
      FROM month_lines)
    ORDER BY order_id, line`;
}

/** Hours at which people shop; late enough that a visit before an order is on the same day, early enough to end in it. */
export const SHOPPING_HOURS =
  "[7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 12, 13, 13, 14, 15, 16, 17, 17, 18, 18, 19, 19, 19, 20, 20, 20, 21, 21]";

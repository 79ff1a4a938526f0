import { describe, expect, it } from "vitest";
import { CUSTOMERS, checkedIn, LINES, ORDERS, sharedRuns, sql } from "./checked.ts";

/** [code, a query that raises it, what stands where it points, a query that comes near and does not]. */
const CASES: [code: string, raises: string, at: string, near: string][] = [
  [
    "limit-ties",
    "SELECT customers.country, orders.order_id FROM orders FULL JOIN customers USING (customer_id) ORDER BY order_id LIMIT 2",
    "2",
    "SELECT customers.country, orders.order_id FROM orders LEFT JOIN customers USING (customer_id) ORDER BY order_id LIMIT 2",
  ],
  [
    "limit-ties",
    "SELECT o.order_id, l.line FROM orders AS o SEMI JOIN customers AS c USING (customer_id) JOIN lines AS l USING (order_id) ORDER BY o.order_id LIMIT 2",
    "2",
    "SELECT o.order_id, l.line FROM orders AS o SEMI JOIN customers AS c USING (customer_id) JOIN lines AS l USING (order_id) ORDER BY o.order_id, l.line, l.sku LIMIT 2",
  ],
  [
    "limit-ties",
    "SELECT order_id, unnest([1, 2]) AS part FROM orders ORDER BY order_id LIMIT 2",
    "2",
    "SELECT order_id, len([1, 2]) AS parts FROM orders ORDER BY order_id LIMIT 2",
  ],
  [
    "sql-random",
    "SELECT order_id, random() AS r FROM orders",
    "random()",
    "SELECT hash(order_id) % 10 AS r FROM orders",
  ],
  [
    "sql-clock",
    "SELECT * FROM orders WHERE ordered_at > current_date",
    "current_date",
    "SELECT * FROM orders WHERE ordered_at > $as_of::DATE",
  ],
  ["sql-clock", "SELECT *, now() AS at FROM orders", "now()", "SELECT *, 'now()' AS at FROM orders"],
  ["sql-clock", "SELECT age(ordered_at) AS a FROM orders", "age(", "SELECT age($as_of, ordered_at) AS a FROM orders"],
  ["sql-clock", "SELECT ago(INTERVAL 1 DAY) AS a", "ago(", "SELECT $as_of - INTERVAL 1 DAY AS a"],
  [
    "limit-ties",
    "SELECT order_id FROM orders ORDER BY amount OFFSET 5",
    "5",
    "SELECT order_id FROM orders ORDER BY amount, order_id OFFSET 5",
  ],
  [
    "pick-any",
    "SELECT customer_id, arg_max(category, (ordered_at, amount)) AS c FROM orders GROUP BY 1",
    "arg_max",
    "SELECT customer_id, arg_max(category, (ordered_at, order_id)) AS c FROM orders GROUP BY 1",
  ],
  [
    "pick-any",
    "SELECT approx_quantile(amount, 0.5) AS m FROM orders",
    "approx_quantile",
    "SELECT quantile_cont(amount, 0.5) AS m FROM orders",
  ],
  ["float-sum", "SELECT favg(amount) AS m FROM orders", "favg", "SELECT avg(amount) AS m FROM orders"],
  [
    "sample-unseeded",
    "SELECT * FROM orders TABLESAMPLE 10%",
    "orders",
    "SELECT * FROM orders TABLESAMPLE bernoulli(10%) REPEATABLE (1)",
  ],
  [
    "window-ties",
    "SELECT order_id, row_number() OVER (ORDER BY amount) AS n FROM orders",
    "row_number()",
    "SELECT order_id, row_number() OVER (ORDER BY amount, order_id) AS n FROM orders",
  ],
  [
    "window-ties",
    "SELECT ntile(5) OVER (ORDER BY amount) AS n FROM orders",
    "ntile(5)",
    "SELECT rank() OVER (ORDER BY amount) AS n FROM orders",
  ],
  [
    "window-ties",
    "SELECT first_value(category) OVER (PARTITION BY customer_id ORDER BY ordered_at) AS c FROM orders",
    "first_value",
    "SELECT first_value(amount) OVER (PARTITION BY customer_id ORDER BY amount) AS c FROM orders",
  ],
  [
    "window-ties",
    "SELECT sum(amount) OVER (ORDER BY ordered_at ROWS UNBOUNDED PRECEDING) AS s FROM orders",
    "sum(amount)",
    "SELECT sum(amount) OVER (ORDER BY ordered_at) AS s FROM orders",
  ],
  [
    "pick-any",
    "SELECT customer_id, any_value(category) AS c FROM orders GROUP BY 1",
    "any_value",
    "SELECT customer_id, any_value(country) AS c FROM orders JOIN customers USING (customer_id) GROUP BY 1",
  ],
  [
    "pick-any",
    "SELECT customer_id, arg_max(category, amount) AS c FROM orders GROUP BY 1",
    "arg_max",
    "SELECT customer_id, first(category ORDER BY amount DESC, order_id) AS c FROM orders GROUP BY 1",
  ],
  ["pick-any", "SELECT mode(category) AS c FROM orders", "mode", "SELECT max(category) AS c FROM orders"],
  [
    "list-order",
    "SELECT customer_id, string_agg(category, ', ') AS c FROM orders GROUP BY 1",
    "string_agg",
    "SELECT customer_id, string_agg(category, ', ' ORDER BY category) AS c FROM orders GROUP BY 1",
  ],
  [
    "list-order",
    "SELECT list(category) AS c FROM orders",
    "list(",
    "SELECT list_sort(list(category)) AS c FROM orders",
  ],
  ["limit-ties", "SELECT * FROM orders LIMIT 2", "2", "SELECT * FROM orders ORDER BY order_id LIMIT 2"],
  ["limit-ties", "SELECT * FROM orders ORDER BY amount LIMIT 2", "2", "SELECT * FROM orders ORDER BY ALL LIMIT 2"],
  [
    "limit-ties",
    "SELECT category, count(*) AS n FROM orders GROUP BY 1 ORDER BY n DESC LIMIT 1",
    "1",
    "SELECT category, count(*) AS n FROM orders GROUP BY 1 ORDER BY n DESC, category LIMIT 1",
  ],
  [
    "limit-ties",
    "SELECT order_id FROM orders UNION ALL SELECT order_id FROM lines ORDER BY 2 - 1 LIMIT 2",
    "2",
    "SELECT order_id FROM orders UNION ALL SELECT order_id FROM lines ORDER BY 1 LIMIT 2",
  ],
  [
    "distinct-on-ties",
    "SELECT DISTINCT ON (customer_id) * FROM orders ORDER BY ordered_at",
    "customer_id",
    "SELECT DISTINCT ON (customer_id) * FROM orders ORDER BY ordered_at, order_id",
  ],
  ["float-sum", "SELECT sum(amount::DOUBLE) AS s FROM orders", "sum", "SELECT sum(amount) AS s FROM orders"],
  ["float-sum", "SELECT stddev(amount) AS s FROM orders", "stddev", "SELECT max(amount::DOUBLE) AS s FROM orders"],
  [
    "join-multiplies",
    "SELECT * FROM orders AS a JOIN lines AS b ON a.category = b.sku",
    "JOIN",
    "SELECT * FROM orders JOIN lines USING (order_id)",
  ],
  [
    "join-multiplies",
    "WITH o AS (SELECT order_id, unnest([1, 2]) AS part FROM orders) SELECT o.order_id FROM o JOIN lines USING (order_id)",
    "JOIN",
    "WITH o AS (SELECT order_id, len([1, 2]) AS parts FROM orders) SELECT o.order_id FROM o JOIN lines USING (order_id)",
  ],
  [
    "join-multiplies",
    "SELECT * FROM orders, lines WHERE orders.category = lines.sku",
    "lines",
    "SELECT * FROM orders, lines WHERE orders.order_id = lines.order_id",
  ],
  [
    "join-multiplies",
    "SELECT a.category FROM orders AS a JOIN lines AS b ON a.category = b.sku",
    "JOIN",
    "SELECT a.category FROM orders AS a JOIN (SELECT sku FROM lines GROUP BY sku) AS b ON a.category = b.sku",
  ],
  [
    "join-multiplies",
    "SELECT a.category FROM orders AS a LEFT JOIN lines AS b ON a.category = b.sku",
    "LEFT",
    "SELECT a.category FROM orders AS a SEMI JOIN lines AS b ON a.category = b.sku",
  ],
  [
    "join-without-key",
    "SELECT * FROM orders, customers",
    "customers",
    "SELECT * FROM orders, (SELECT max(amount) AS most FROM orders)",
  ],
  [
    "join-repeats",
    "SELECT customer_id, sum(orders.amount) AS s FROM orders JOIN lines USING (order_id) GROUP BY 1",
    "sum",
    "SELECT customer_id, sum(lines.price) AS s FROM orders JOIN lines USING (order_id) GROUP BY 1",
  ],
  [
    "compare-null",
    "SELECT * FROM orders WHERE category = NULL",
    "= NULL",
    "SELECT * FROM orders WHERE category IS NULL",
  ],
  [
    "not-in-missing",
    "SELECT * FROM customers WHERE customer_id NOT IN (SELECT referred_by FROM customers)",
    "NOT IN",
    "SELECT * FROM customers WHERE customer_id NOT IN (SELECT customer_id FROM orders)",
  ],
  [
    "value-case",
    "SELECT * FROM customers WHERE country = 'uk'",
    "'uk'",
    "SELECT * FROM customers WHERE country = 'UK'",
  ],
  [
    "value-unknown",
    "SELECT * FROM customers WHERE country IN ('UK', 'Spain')",
    "'Spain'",
    "SELECT * FROM customers WHERE email = 'Spain'",
  ],
  ["unused-with", "WITH a AS (SELECT 1 AS x) SELECT * FROM orders", "a", "WITH a AS (SELECT 1 AS x) SELECT * FROM a"],
];

const runs = await sharedRuns();

describe("SQL", () => {
  it.each(CASES)("%s: %s", async (code, raises, at, near) => {
    const found = await checkedIn(runs, CUSTOMERS + ORDERS + LINES + sql("q", raises));
    expect(found.codes).toContain(code);
    expect(found.at(code, at.length)).toBe(at);
    const beside = await checkedIn(runs, CUSTOMERS + ORDERS + LINES + sql("q", near));
    expect(beside.codes.filter((one) => one === code || /^sql-(binder|syntax)/.test(one))).toEqual([]);
  });
});

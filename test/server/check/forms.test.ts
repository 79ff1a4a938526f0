import { expect, it } from "vitest";
import { CUSTOMERS, checkedIn, LINES, ORDERS, sharedRuns, sql } from "./checked.ts";

const runs = await sharedRuns();

/** Forms of SQL that the walk must take, and say nothing of where there is nothing to say. */
const QUIET = [
  "FROM orders",
  "FROM orders SELECT order_id WHERE amount > 1",
  "SELECT * EXCLUDE (amount) REPLACE (upper(category) AS category) FROM orders",
  "SELECT COLUMNS('.*_id') FROM orders",
  "SELECT max(COLUMNS(*)) FROM orders",
  "VALUES (1, 'a'), (2, 'b')",
  "SELECT * FROM (VALUES (1, 'a')) AS t(n, name)",
  "SELECT * FROM range(10) AS t(n)",
  "SELECT * FROM unnest([1, 2, 3]) AS t(n)",
  "SELECT o.order_id, t.n FROM orders AS o, LATERAL (SELECT o.order_id + 1 AS n) AS t",
  "SELECT *, (SELECT max(price) FROM lines WHERE lines.order_id = orders.order_id) AS dearest FROM orders",
  "SELECT * FROM orders WHERE EXISTS (SELECT 1 FROM lines WHERE lines.order_id = orders.order_id)",
  "SELECT * FROM orders ANTI JOIN lines USING (order_id)",
  "SELECT o.* FROM orders AS o ASOF JOIN lines AS l ON o.order_id = l.order_id AND o.order_id >= l.line",
  "SELECT * FROM orders NATURAL JOIN (SELECT customer_id, count(*) AS n FROM orders GROUP BY 1)",
  "SELECT orders.* FROM orders POSITIONAL JOIN customers",
  "SELECT category, customer_id, count(*) AS n FROM orders GROUP BY GROUPING SETS ((category), (customer_id), ())",
  "SELECT category, count(*) AS n FROM orders GROUP BY ROLLUP (category)",
  "SELECT category, count(*) FILTER (amount > 5) AS n FROM orders GROUP BY ALL HAVING count(*) > 1",
  "SELECT * FROM orders QUALIFY row_number() OVER (PARTITION BY customer_id ORDER BY ordered_at, order_id) = 1",
  "SELECT a.customer_id, b.country FROM (SELECT * FROM orders QUALIFY row_number() OVER (PARTITION BY customer_id ORDER BY order_id) = 1) AS a JOIN customers AS b USING (customer_id)",
  "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 5) SELECT * FROM t",
  "WITH a AS (SELECT 1 AS x), b AS (SELECT x + 1 AS x FROM a) SELECT * FROM b",
  "SELECT order_id FROM orders UNION SELECT order_id FROM lines ORDER BY order_id LIMIT 3",
  "SELECT order_id FROM orders EXCEPT SELECT order_id FROM lines",
  "SELECT order_id, category FROM orders UNION ALL BY NAME SELECT order_id FROM lines",
  "SELECT list_transform([1, 2], x -> x + 1) AS l, {'a': 1}.a AS s, [x * 2 FOR x IN [1, 2]] AS c",
  "SELECT CASE WHEN category = 'Bath' THEN 1 END AS c FROM orders",
  "SELECT sum(CASE WHEN category = 'Bath' THEN amount END) AS s FROM orders",
  "SELECT count(DISTINCT customer_id) AS n FROM orders",
  "SELECT customer_id, min(ordered_at) AS first FROM orders GROUP BY customer_id ORDER BY customer_id LIMIT 5",
  "SELECT date_trunc('month', ordered_at)::DATE AS m, sum(amount) AS s FROM orders GROUP BY 1 ORDER BY 1 LIMIT 5",
  "PIVOT orders ON category IN ('Bath', 'Kitchen') USING sum(amount) GROUP BY customer_id",
  "SUMMARIZE orders",
  'SELECT \'now()\' AS "random()", "order_id" FROM orders -- LIMIT 5',
  "SELECT row_number() OVER (ORDER BY customer_id) AS n FROM (SELECT DISTINCT customer_id FROM orders)",
  "SELECT rank() OVER w AS r, sum(amount) OVER w AS s FROM orders WINDOW w AS (ORDER BY ordered_at)",
];

it.each(QUIET)("has nothing to say of %s", async (text) => {
  const found = await checkedIn(runs, CUSTOMERS + ORDERS + LINES + sql("q", text));
  expect(found.checked.findings.filter(({ cell }) => cell === "q")).toEqual([]);
});

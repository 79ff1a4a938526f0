import { productOf } from "./catalogue.ts";
import { FLAWS } from "./flaws.ts";
import { SHOPPING_HOURS } from "./orders.ts";
import { literal } from "./randomness.ts";

/**
 * The month's rows of web: every visit as a run of hits. A visit that ends in an order fills the cart one hit before
 * it checks out; some others leave the cart behind. Needs the month's orders.
 */
export function hitsQuery(month: string): string {
  return `WITH chances AS (
      SELECT p.customer_id, d.day, d.number, key_of('visit', p.customer_id * 1000 + d.number) AS kd,
        exp(-p.visit_rate * d.visits * CASE WHEN d.day >= p.lapsed_on THEN 0.03 ELSE 1e0 END) AS none,
        unit(kd, 'visits') AS u
      FROM people AS p CROSS JOIN days AS d
      WHERE d.month = ${literal(month)} AND d.day >= p.signed_up
    ), visits AS (
      -- Poisson, cut at two.
      SELECT customer_id, day, number, unnest(range(1, CASE WHEN u > none * (1e0 - ln(none)) THEN 3 ELSE 2 END)) AS nth,
        NULL AS order_id, NULL AS ordered_at, NULL AS bought, NULL AS value
      FROM chances WHERE u > none
      UNION ALL
      SELECT customer_id, day, number, 0, order_id, ordered_at, product_id, list_amount
      FROM month_orders JOIN month_totals USING (order_id)
    ), visitors AS (
      SELECT v.*, p.favourite, a.pages, key_of('session', (customer_id * 1000 + number) * 4 + nth) AS kv,
        order_id IS NULL AND unit(kv, 'cart') < a.carts AS leaves_cart,
        CASE WHEN unit(kv, 'other device') < 0.15 THEN pick(['mobile', 'desktop'], unit(kv, 'which device'))
          ELSE p.device END AS device
      FROM visits AS v JOIN people AS p USING (customer_id) JOIN archetypes AS a USING (archetype)
    ), sessions AS (
      SELECT *, (strftime(day, '%Y%m%d')::BIGINT * 10000000 + customer_id) * 10 + nth AS session_id,
        greatest(geometric(unit(kv, 'pages'), pages, 15), CASE WHEN order_id IS NOT NULL OR leaves_cart THEN 3
          ELSE 1 END) AS hits,
        -- Some read fast, some slowly: seconds a page, log-normal.
        least(exp(3.4 + 0.7 * normal(kv, 'pace')), 300) AS pace,
        day + to_seconds(3600 * pick(${SHOPPING_HOURS}, unit(kv, 'hour')) + floor(3600 * unit(kv, 'second'))::INTEGER)
          AS begins
      FROM visitors
    ), steps AS (
      SELECT *, unnest(range(1, hits + 1)) AS step FROM sessions
    ), kinds AS (
      SELECT *, key_of('hit', session_id * 16 + step) AS k,
        ${elapsed("step")} AS elapsed,
        CASE WHEN step < hits THEN ${elapsed("step + 1")} - elapsed END AS seconds,
        CASE WHEN order_id IS NOT NULL AND step = hits THEN 'checkout'
          WHEN order_id IS NOT NULL AND step = hits - 1 OR leaves_cart AND step = hits THEN 'cart'
          WHEN step = 1 THEN 'landing'
          WHEN unit(k, 'kind') < 0.7 THEN 'product' ELSE 'category' END AS type
      FROM steps
    ), placed AS (
      SELECT *, CASE WHEN ordered_at IS NULL THEN begins + to_seconds(elapsed)
          ELSE ordered_at - to_seconds(${elapsed("hits")} - elapsed) END AS happened_at,
        CASE WHEN type = 'cart' AND bought IS NOT NULL THEN bought
          WHEN type IN ('product', 'category', 'cart') THEN ${productOf("k", "favourite", month)} END AS product_id
      FROM kinds
    ), recorded AS (
      SELECT *, unnest(range(CASE WHEN unit(k, 'twice') < ${FLAWS.repeatedHits} THEN 2 ELSE 1 END)) FROM placed
    )
    SELECT session_id, step::INTEGER AS step, customer_id, happened_at, type,
      CASE type WHEN 'landing' THEN '/' WHEN 'checkout' THEN '/checkout' WHEN 'cart' THEN '/cart'
        WHEN 'product' THEN page ELSE '/c/' || lower(category) END AS page,
      CASE WHEN type IN ('product', 'cart') THEN product END AS product, category, device, seconds,
      CASE WHEN type = 'checkout' THEN value WHEN type = 'cart' THEN coalesce(value, price) END::DECIMAL(10,2)
        AS cart_value
    FROM recorded LEFT JOIN products USING (product_id)
    ORDER BY happened_at, session_id, step`;
}

/** Whole seconds from the first hit of a visit to its nth: the visit's pace, unevenly, and never back. */
function elapsed(step: string): string {
  return `(CASE WHEN ${step} = 1 THEN 0
    ELSE pace * (${step} - 1 + 0.9 * unit(xor(kv, (${step})::UBIGINT), 'reads')) END)::INTEGER`;
}

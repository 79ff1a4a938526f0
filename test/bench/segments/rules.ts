/** A rule of the benchmark with what a person would write for it in SQL, over the columns of the query in by-hand.ts. */
export interface Rule {
  readonly name: string;
  readonly rule: string;
  readonly sql: string;
}

export const RULES: readonly Rule[] = [
  rule("Big Spenders", "monetary > 500 AND recency < 60", "monetary > 500 AND recency < 60"),
  rule(
    "Interested",
    "(viewed product where category = 'Kitchen' in last 30 days) AND NOT placed order in last 30 days",
    "kitchen_views_30 > 0 AND orders_30 = 0",
  ),
  rule(
    "Engaged Regulars",
    "(placed order at least 3 times in last 90 days OR sum of amount of placed order in last 90 days > 500) AND NOT (opened email never in last 60 days)",
    "(orders_90 >= 3 OR spend_90 > 500) AND opened_60 > 0",
  ),
  rule(
    "Left a Cart",
    "added to cart in last 7 days AND NOT placed order in last 7 days",
    "carts_7 > 0 AND orders_7 = 0",
  ),
  rule(
    "Loyal but Silent",
    "monetary >= 300 AND placed order never in last 60 days",
    "monetary >= 300 AND orders_60 = 0",
  ),
  rule("Bought Once", "placed order exactly 1 times", "frequency = 1"),
  rule("Clickers", "clicked email at least 2 times in last 90 days", "clicked_90 >= 2"),
  rule(
    "Never Click",
    "delivered email at least 5 times in last 180 days AND clicked email never in last 180 days",
    "delivered_180 >= 5 AND clicked_180 = 0",
  ),
  rule(
    "Only Look",
    "viewed product at least 5 times in last 30 days AND placed order never",
    "views_30 >= 5 AND frequency = 0",
  ),
  rule("Cooks", "placed order where category = 'Kitchen' at least 2 times", "kitchen_orders >= 2"),
  rule("One Large Order", "placed order where amount > 300 in last 365 days", "large_365 > 0"),
  rule("Large Orders", "max of amount of placed order > 350", "largest > 350"),
  rule(
    "Gone",
    "placed order more than 180 days ago AND placed order never in last 180 days",
    "orders_before_180 > 0 AND orders_180 = 0",
  ),
  rule("Openers", "opened email at least 3 times in last 30 days", "opened_30 >= 3"),
  rule("Visitors", "visited page in last 7 days", "pages_7 > 0"),
  rule("Many Sessions", "sessions_90 >= 5", "sessions_90 >= 5"),
  rule(
    "Saw and Bought",
    "viewed product then placed order within 3 days in last 90 days",
    "saw_and_bought IS NOT NULL",
  ),
  rule(
    "Open and Spend",
    "in segment Big Spenders AND opened email in last 30 days",
    "monetary > 500 AND recency < 60 AND opened_30 > 0",
  ),
  rule("Dear Baskets", "average of amount of placed order in last 365 days > 120", "average_365 > 120"),
  rule(
    "Cart Abandoners",
    "added to cart at least 3 times in last 30 days AND placed order never in last 30 days",
    "carts_30 >= 3 AND orders_30 = 0",
  ),
];

function rule(name: string, text: string, sql: string): Rule {
  return { name, rule: text, sql };
}

/**
 * What is wrong with the demo's data, on purpose and in the measure of real exports, so that an audit has something
 * to find. Shares of the rows, drawn by hash like all else: the same seed has the same faults.
 */
export const FLAWS = {
  /** customers.csv: addresses without an @, or with two. */
  badEmails: 0.0015,
  /** customers.csv: country left empty. */
  missingCountries: 0.012,
  /** orders.csv: customer_id left empty, as in a guest's order. */
  ordersWithoutCustomer: 0.002,
  /** order_lines: the same line exported twice. */
  repeatedLines: 0.001,
  /** web: the same hit recorded twice. The last hit of a visit has no duration, since nothing follows it. */
  repeatedHits: 0.0004,
} as const;

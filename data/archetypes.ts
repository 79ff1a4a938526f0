/** The kinds of people that live in the demo shop. Nothing in the shop's own files tells who is which. */

export interface Archetype {
  readonly name: string;
  /** Part of all customers, 0–1; the five add up to 1. */
  readonly share: number;
  /** Days between signing up and the end: from `least` to `most`, evenly where `rise` is 1, fewer near `least` below it. */
  readonly signedUp: { readonly least: number; readonly most: number; readonly rise: number };
  /** Days before the end on which they stop visiting and buying, evenly between the two; null for never. */
  readonly lapsed: { readonly from: number; readonly to: number } | null;
  /** Visits a day beside those that end in an order, and the log-normal spread between people. */
  readonly visits: { readonly perDay: number; readonly spread: number; readonly pages: number; readonly carts: number };
  /**
   * Orders a day. `habit` is how much of them falls on the person's own weekday, 0–1; `saleLift` multiplies them
   * in a sale; `discounted` is the part of orders with a discount outside sales.
   */
  readonly orders: {
    readonly perDay: number;
    readonly spread: number;
    readonly habit: number;
    readonly saleLift: number;
    readonly discounted: number;
    readonly lines: number;
  };
  /** Sends a day, and per delivered send the chance of an open, a click and an unsubscribe. */
  readonly mail: {
    readonly perDay: number;
    readonly open: number;
    readonly click: number;
    readonly unsubscribe: number;
  };
}

export const ARCHETYPES: readonly Archetype[] = [
  {
    name: "browsers",
    share: 0.31,
    signedUp: { least: 85, most: 2200, rise: 0.55 },
    lapsed: null,
    visits: { perDay: 0.105, spread: 0.3, pages: 1.9, carts: 0.08 },
    orders: { perDay: 0.0035, spread: 0.4, habit: 0.05, saleLift: 1.3, discounted: 0.2, lines: 1.5 },
    mail: { perDay: 0.2, open: 0.3, click: 0.055, unsubscribe: 0.002 },
  },
  {
    name: "bargain hunters",
    share: 0.25,
    signedUp: { least: 85, most: 2200, rise: 0.55 },
    lapsed: null,
    visits: { perDay: 0.045, spread: 0.35, pages: 1.8, carts: 0.12 },
    orders: { perDay: 0.032, spread: 0.35, habit: 0.05, saleLift: 2.4, discounted: 0.72, lines: 1.8 },
    mail: { perDay: 0.24, open: 0.38, click: 0.112, unsubscribe: 0.0016 },
  },
  {
    name: "lapsed",
    share: 0.18,
    signedUp: { least: 330, most: 2200, rise: 0.7 },
    lapsed: { from: 300, to: 120 },
    visits: { perDay: 0.04, spread: 0.4, pages: 1.8, carts: 0.1 },
    orders: { perDay: 0.022, spread: 0.4, habit: 0.05, saleLift: 1.5, discounted: 0.3, lines: 1.8 },
    mail: { perDay: 0.12, open: 0.12, click: 0.014, unsubscribe: 0.003 },
  },
  {
    name: "weekly buyers",
    share: 0.14,
    signedUp: { least: 85, most: 2200, rise: 0.55 },
    lapsed: null,
    visits: { perDay: 0.035, spread: 0.35, pages: 1.8, carts: 0.14 },
    orders: { perDay: 0.115, spread: 0.22, habit: 0.55, saleLift: 1.1, discounted: 0.12, lines: 2.1 },
    mail: { perDay: 0.24, open: 0.44, click: 0.085, unsubscribe: 0.001 },
  },
  {
    name: "new",
    share: 0.12,
    signedUp: { least: 1, most: 84, rise: 1 },
    lapsed: null,
    visits: { perDay: 0.08, spread: 0.4, pages: 2, carts: 0.14 },
    orders: { perDay: 0.018, spread: 0.4, habit: 0.05, saleLift: 1.4, discounted: 0.3, lines: 1.6 },
    mail: { perDay: 0.22, open: 0.3, click: 0.056, unsubscribe: 0.003 },
  },
];

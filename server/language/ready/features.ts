import { printColumn, printName } from "../print-name.ts";
import { literal } from "../quote.ts";
import { wordsOf } from "../words.ts";
import type { Role, Roles } from "./roles.ts";
import type { SourceName } from "./sources.ts";

export type ReadySet = "web" | "purchases" | "engagement";

/** A feature that an analyst picks: what it means, what it needs, and what it is in the language. */
export interface ReadyFeature {
  /** Also the name of its column, before that of the window. */
  readonly id: string;
  readonly set: ReadySet;
  readonly label: string;
  /** What it is, in a sentence. */
  readonly about: string;
  readonly needs: readonly Role[];
  /** A source that is written for it where the notebook has none; its event's words stand in `words`. */
  readonly source: SourceName | null;
  /** Whether a window makes sense of it; what asks for the last or first event looks at all of them. */
  readonly windowed: boolean;
  readonly expression: (parts: Parts) => string;
  /** What a chosen value of the category adds to the name; absent for features of one column. */
  readonly each?: "category";
}

export interface Parts {
  readonly roles: Roles;
  /** A role's event or column as the language reads it. */
  readonly name: (role: Role) => string;
  /** The event of the feature's source. */
  readonly words: string;
  /** Of a feature with a column for each of several values. */
  readonly value: string;
  /** ` in last 90 days`, or nothing. */
  readonly window: string;
}

const web = { set: "web", source: null, windowed: true } as const;
const purchases = { set: "purchases", source: null, windowed: true, needs: ["order"] } as const;
const engagement = { set: "engagement", source: null, windowed: true } as const;

export const READY: readonly ReadyFeature[] = [
  {
    ...{ ...web, id: "visits", label: "Visits", needs: ["visit"] },
    about: "How often they came.",
    expression: ({ name, window }) => `count of ${name("visit")}${window}`,
  },
  {
    ...{ ...web, id: "sessions", label: "Sessions", needs: ["page"], source: "sessions" },
    about: "Visits as runs of pages, by the session's key, else parted by more than 30 minutes of silence.",
    expression: ({ words, window }) => `count of ${words}${window}`,
  },
  {
    ...{ ...web, id: "session_minutes", label: "Session duration", needs: ["page"], source: "sessions" },
    about: "Average minutes from a session's first page to its last.",
    expression: ({ words, window }) => `average of minutes of ${words}${window}`,
  },
  {
    ...{ ...web, id: "bounce_rate", label: "Bounce rate", needs: ["page"], source: "sessions" },
    about: "Sessions of one page over all sessions.",
    expression: ({ words, window }) => `count of ${words} where pages = 1${window} / count of ${words}${window}`,
  },
  {
    ...{ ...web, id: "product_views", label: "Product views", needs: ["product"] },
    about: "Products looked at, each time.",
    expression: ({ name, window }) => `count of ${name("product")}${window}`,
  },
  {
    ...{ ...web, id: "cart_additions", label: "Cart additions", needs: ["cart"] },
    about: "What was put into the cart, each time.",
    expression: ({ name, window }) => `count of ${name("cart")}${window}`,
  },
  {
    ...{ ...web, id: "cart_abandonment", label: "Cart abandonment", needs: ["cart", "order"], source: "carts" },
    about: "Carts that no order followed within 24 hours of the last addition, over all carts.",
    expression: ({ words, window }) => `count of ${words} where abandoned = true${window} / count of ${words}${window}`,
  },
  {
    ...{ ...purchases, id: "recency_days", label: "Recency", windowed: false },
    about: "Whole days since the last order.",
    expression: ({ name }) => `days since last ${name("order")}`,
  },
  {
    ...{ ...purchases, id: "orders", label: "Frequency" },
    about: "How many orders.",
    expression: ({ name, window }) => `count of ${name("order")}${window}`,
  },
  {
    ...{ ...purchases, id: "total_spend", label: "Monetary", needs: ["order", "amount"] },
    about: "What the orders come to together.",
    expression: ({ name, window }) => `sum of ${name("amount")} of ${name("order")}${window}`,
  },
  {
    ...{ ...purchases, id: "average_order", label: "Average order value", needs: ["order", "amount"] },
    about: "What an order comes to on average.",
    expression: ({ name, window }) => `average of ${name("amount")} of ${name("order")}${window}`,
  },
  {
    ...{
      ...purchases,
      id: "share",
      label: "Category shares",
      needs: ["order", "amount", "category"],
      each: "category",
    },
    about: "For each category that is chosen, its share of what was spent.",
    expression: ({ name, value, window }) => {
      const sum = `sum of ${name("amount")} of ${name("order")}`;
      return `${sum} where ${name("category")} = ${literal(value)}${window} / ${sum}${window}`;
    },
  },
  {
    ...{ ...purchases, id: "days_between_orders", label: "Days between orders" },
    about: "Average days from one order to the next; missing with fewer than two.",
    expression: ({ name, window }) => `average days between ${name("order")}${window}`,
  },
  {
    ...{ ...purchases, id: "first_order_days", label: "First order", windowed: false },
    about: "Whole days since the first order.",
    expression: ({ name }) => `days since first ${name("order")}`,
  },
  {
    ...{ ...engagement, id: "opens", label: "Opens", needs: ["opened"] },
    about: "How often they opened mail; machines left out where they are flagged.",
    expression: ({ name, roles, window }) => `count of ${name("opened")}${humans(roles.machine_open)}${window}`,
  },
  {
    ...{ ...engagement, id: "clicks", label: "Clicks", needs: ["clicked"] },
    about: "How often they clicked in mail; machines left out where they are flagged.",
    expression: ({ name, roles, window }) => `count of ${name("clicked")}${humans(roles.machine_click)}${window}`,
  },
  {
    ...{ ...engagement, id: "click_to_open", label: "Click-to-open", needs: ["opened", "clicked"] },
    about: "Messages clicked over messages opened; without the message's key, clicks over opens.",
    expression: ({ name, roles, window }) => {
      const each = roles.send === undefined ? "count of" : `distinct ${name("send")} of`;
      const clicked = `${each} ${name("clicked")}${humans(roles.machine_click)}${window}`;
      return `${clicked} / ${each} ${name("opened")}${humans(roles.machine_open)}${window}`;
    },
  },
  {
    ...{ ...engagement, id: "days_since_click", label: "Days since last click", needs: ["clicked"], windowed: false },
    about: "Whole days since the last click in mail.",
    expression: ({ name, roles }) => `days since last ${name("clicked")}${humans(roles.machine_click)}`,
  },
  {
    ...{ ...engagement, id: "click_hour", label: "Hour of most clicks", needs: ["clicked"], source: "clicks" },
    about: "The hour of day, 0 to 23 in the notebook's zone, with the most clicks; of several the first.",
    expression: ({ words, window }) => `most frequent hour of ${words}${window}`,
  },
];

/** A role's event or column as the language reads it. */
export function printRole(role: Role, roles: Roles, isEvent: boolean): string {
  const name = roles[role] ?? "";
  return isEvent ? printName(name) : printColumn(name);
}

/** A column's name of a value: `Home & Garden` is `home_garden`. */
export function namedAfter(value: string): string {
  return wordsOf(value).join("_");
}

/** Which are no machine's: where the flag is missing, it is taken for a person's. */
function humans(flag: string | undefined): string {
  return flag === undefined ? "" : ` where (not ${printColumn(flag)} = true)`;
}

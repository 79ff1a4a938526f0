import { literal } from "../../../server/language/quote.ts";
import { madeWorkspace } from "./made.ts";

export const CUSTOMERS = 1_000_000;

/** Raised whenever the same call makes other data. */
const VERSION = 1;

/**
 * A workspace of a million customers with so many events over two years, in their order, made of hashes of row numbers:
 * 6 % orders, 34 % emails, 60 % visits; a tenth of the customers have half of them. Kept in the system's temporary folder.
 */
export function eventsWorkspace(events: number): Promise<string> {
  return madeWorkspace(`segments-${events}-v${VERSION}`, `${events.toLocaleString("en")} events`, tablesOf(events));
}

function tablesOf(events: number): Record<string, string> {
  const orders = Math.round(events * 0.06);
  const mail = Math.round(events * 0.34);
  const categories = ["Kitchen", "Kitchen", "Garden", "Toys", "Books", "Clothes"];
  return {
    people: table(CUSTOMERS, [`i + 1 AS customer_id`, `${pick(1, ["UK", "UK", "UK", "DE", "FR", "NL"])} AS country`]),
    orders: table(orders, [
      ...[customer(2), at(3, orders, "ordered_at"), `${pick(4, categories)} AS category`],
      `CAST(3 + pow(${share(5)}, 3) * 400 AS DECIMAL(10, 2)) AS amount`,
    ]),
    mail: table(mail, [
      ...[customer(6), at(7, mail, "happened_at"), "CAST(i // 50000 AS INTEGER) AS campaign"],
      `${pick(8, ["delivered", "delivered", "delivered", "delivered", "opened", "opened", "clicked"])} AS type`,
    ]),
    web: table(events - orders - mail, [
      ...[customer(9), at(10, events - orders - mail, "happened_at"), `${pick(11, categories)} AS category`],
      `${pick(12, ["page", "page", "page", "product", "product", "cart"])} AS type`,
      "CAST(hash(i // 5, 13) >> 1 AS BIGINT) AS session_id",
    ]),
  };
}

function table(rows: number, columns: readonly string[]): string {
  return `SELECT ${columns.join(", ")} FROM range(${rows}) AS t(i)`;
}

/** Uniform over [0, 1), the same for a row in every call. */
function share(salt: number): string {
  return `(CAST(hash(i, ${salt}) >> 11 AS DOUBLE) / 9007199254740992)`;
}

function customer(salt: number): string {
  return `CAST(1 + floor(${CUSTOMERS} * pow(${share(salt)}, 3)) AS BIGINT) AS customer_id`;
}

/** From 2024-11-01 to 2026-11-01, rising with the row but for some hours. */
function at(salt: number, rows: number, name: string): string {
  const micros = 730 * 86_400_000_000;
  return `TIMESTAMP '2024-11-01' + to_microseconds(CAST(${micros}.0 * (i + ${share(salt)} * 1000) / ${rows + 1000} AS BIGINT)) AS ${name}`;
}

function pick(salt: number, words: readonly string[]): string {
  const list = words.map((word) => literal(word)).join(", ");
  return `list_value(${list})[1 + CAST(hash(i, ${salt}) % ${words.length} AS INTEGER)]`;
}

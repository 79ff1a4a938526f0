import type { EventWord } from "../../../../server/language/vocabulary.ts";

const key = { name: "customer_id", type: "BIGINT" };

function web(words: string, value: string): EventWord {
  const columns = [
    key,
    { name: "happened_at", type: "TIMESTAMP" },
    { name: "session_id", type: "BIGINT" },
    { name: "type", type: "VARCHAR" },
  ];
  const where = { column: "type", value };
  return { words, relation: "web", at: "happened_at", entity: "customer_id", where, columns };
}

function mail(words: string, value: string): EventWord {
  const columns = [
    key,
    { name: "at", type: "TIMESTAMP" },
    { name: "send_id", type: "BIGINT" },
    { name: "machine_open", type: "BOOLEAN" },
    { name: "type", type: "VARCHAR" },
  ];
  return { words, relation: "mail", at: "at", entity: "customer_id", where: { column: "type", value }, columns };
}

/** A shop's events: orders, hits on its site, and what became of its mail. */
export const EVENTS: readonly EventWord[] = [
  {
    ...{ words: "placed order", relation: "orders", at: "ordered_at", entity: "customer_id", where: null },
    columns: [
      key,
      { name: "ordered_at", type: "TIMESTAMP" },
      { name: "order_id", type: "BIGINT" },
      { name: "discount", type: "DECIMAL(10,2)" },
      { name: "amount", type: "DECIMAL(10,2)" },
      { name: "category", type: "VARCHAR" },
    ],
  },
  web("visited site", "landing"),
  web("viewed product", "product"),
  web("added to cart", "cart"),
  mail("delivered email", "delivered"),
  mail("opened email", "opened"),
  mail("machine opened email", "machine_opened"),
  mail("clicked email", "clicked"),
];

import type { Clock, Column, EventWord, Vocabulary } from "../../../server/language/vocabulary.ts";

/** A small shop: what the rules and expressions of these tests may speak of. */
export const shop: Vocabulary = {
  attributes: columns(
    "customer_id BIGINT",
    "total_spend DECIMAL(18,2)",
    "visits INTEGER",
    "score DOUBLE",
    "country VARCHAR",
    "subscribed BOOLEAN",
    "birthday DATE",
    "last_purchase TIMESTAMP",
    "seen_at TIMESTAMP WITH TIME ZONE",
    "between days INTEGER",
    "order INTEGER",
    "tags VARCHAR[]",
  ),
  events: [
    event("placed order", "orders", [
      "customer_id BIGINT",
      "at TIMESTAMP",
      "amount DECIMAL(18,2)",
      "items INTEGER",
      "country VARCHAR",
      "shipped_at TIMESTAMP",
      "weight DOUBLE",
    ]),
    event("viewed product", "views", [
      "customer_id BIGINT",
      "at TIMESTAMP WITH TIME ZONE",
      "category VARCHAR",
      "seconds INTEGER",
    ]),
    event("viewed product again", "revisits", ["customer_id BIGINT", "at TIMESTAMP"]),
    { ...event("opened email", "mails", mails()), where: { column: "kind", value: "open" } },
    { ...event("clicked in email", "mails", mails()), where: { column: "kind", value: "click" } },
    { ...event("not delivered", "mails", mails()), where: { column: "kind", value: "bounce" } },
    event("order", "orders2", ["customer_id BIGINT", "at TIMESTAMP"]),
  ],
  segments: [
    { cell: "groups", name: "VIP" },
    { cell: "groups", name: "Weekly buyers" },
    { cell: "groups", name: "in doubt" },
    { cell: "personas", name: "Cluster 1" },
    { cell: "personas", name: "Both" },
    { cell: "bands", name: "Both" },
  ],
  inputs: [
    { name: "least", type: "number", value: 3 },
    { name: "since", type: "date", value: "2026-10-01" },
    { name: "place", type: "choice", value: "UK" },
    { name: "empty", type: "text", value: null },
  ],
  provisional: false,
};

/** The end of 10 November 2026 in UTC. */
export const today: Clock = { asOf: Date.UTC(2026, 10, 11), zone: "UTC", weekStarts: "monday" };

function mails(): string[] {
  return ["customer_id BIGINT", "at DATE", "kind VARCHAR", "campaign VARCHAR"];
}

function event(words: string, relation: string, columnTexts: readonly string[]): EventWord {
  return { words, relation, at: "at", entity: "customer_id", where: null, columns: columns(...columnTexts) };
}

/** Written as `name TYPE`; the last run of capitals is the type, so that names may hold spaces. */
function columns(...texts: string[]): Column[] {
  return texts.map((text) => {
    const [, name = "", type = ""] = /^(.*?) ([A-Z].*)$/.exec(text) ?? [];
    return { name, type };
  });
}

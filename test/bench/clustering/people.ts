import { madeWorkspace } from "../segments/made.ts";

/** Raised whenever the same call makes other data. */
const VERSION = 2;

export const CLUSTERS = 5;
const COLUMNS = ["orders", "spent", "basket", "recency", "visits", "opened", "open_rate", "tenure"];

/**
 * A workspace with a file of so many people × eight columns, made of hashes of row numbers: five kinds of people, counts
 * and money with long tails, 2 % of the open rates and 1 % of the tenures missing. Kept in the system's temporary folder.
 */
export function peopleWorkspace(people: number): Promise<string> {
  const name = `clustering-${people}-v${VERSION}`;
  return madeWorkspace(name, `${people.toLocaleString("en")} people`, { people: peopleSql(people) });
}

/** The notebook that clusters them. */
export function peopleNotebook(): string {
  return `---
segbook: 1
entity: customer_id
seed: 7
---

# People

\`\`\`source people
files: people.parquet
\`\`\`

\`\`\`cluster kinds
of: people
columns: [${COLUMNS.join(", ")}]
missing: median
k: ${CLUSTERS}
\`\`\`
`;
}

/** What each of the five kinds is about, on the logarithm of the counts and of the money. */
const KINDS = {
  orders: [0.3, 1.2, 2.6, 0.6, 1.9],
  basket: [3.2, 4.1, 3.6, 5.2, 2.6],
  recency: [5.4, 4.2, 2.6, 4.8, 3.4],
  visits: [1.0, 2.2, 3.9, 1.6, 3.2],
  opened: [0.5, 2.6, 3.1, 1.0, 0.8],
};

function peopleSql(people: number): string {
  const count = (column: keyof typeof KINDS, salt: number) => `CAST(floor(${lognormal(column, salt)}) AS INTEGER)`;
  return `
    WITH drawn AS (
      SELECT i, 1 + CAST(least(4, floor(5 * pow(${share(1)}, 1.4))) AS INTEGER) AS kind FROM range(${people}) AS t(i)
    ), bought AS (
      SELECT i, kind, 1 + ${count("orders", 2)} AS orders,
        CAST(${lognormal("basket", 4)} AS DECIMAL(12, 2)) AS basket FROM drawn
    )
    SELECT i + 1 AS customer_id, orders,
      CAST(orders * basket * (0.7 + 0.6 * ${share(6)}) AS DECIMAL(12, 2)) AS spent, basket,
      ${count("recency", 7)} AS recency, ${count("visits", 9)} AS visits, ${count("opened", 11)} AS opened,
      CASE WHEN ${share(13)} < 0.02 THEN NULL
        ELSE round(1 / (1 + exp(2.5 - 0.8 * kind - ${normal(14)} * 0.6)), 3) END AS open_rate,
      CASE WHEN ${share(16)} < 0.01 THEN NULL ELSE CAST(30 + 3000 * ${share(17)} AS INTEGER) END AS tenure
    FROM bought ORDER BY i`;
}

function lognormal(column: keyof typeof KINDS, salt: number): string {
  return `exp(list_value(${KINDS[column].join(", ")})[kind] + 0.5 * ${normal(salt)})`;
}

/** By the formula of Box and Muller (1958). */
function normal(salt: number): string {
  return `(sqrt(-2 * ln(1 - ${share(salt)})) * cos(6.283185307179586 * ${share(salt + 1)}))`;
}

/** Uniform over [0, 1), the same for a row in every call. Not `hash(i, salt)`: draws of two salts would go together. */
function share(salt: number): string {
  return `(CAST(hash(xor(hash(i), hash(${salt}))) >> 11 AS DOUBLE) / 9007199254740992)`;
}

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDuckDb } from "../../../server/engine/duckdb.ts";
import type { Engine } from "../../../server/engine/engine.ts";

let engine: Engine;

beforeAll(async () => {
  engine = await openDuckDb(null);
});

afterAll(() => engine.close());

/** The statement with what is named marked: `[r:orders]`, `[q:orders]`, `[p:$low]`. */
async function marked(sql: string): Promise<string> {
  const { places } = await engine.places(sql);
  return [...places]
    .reverse()
    .reduce(
      (text, { role, from, to }) =>
        `${text.slice(0, from)}[${role.charAt(0)}:${text.slice(from, to)}]${text.slice(to)}`,
      sql,
    );
}

describe("places of names in a SELECT", () => {
  const cases: readonly [what: string, sql: string][] = [
    ["relations and qualifiers", "SELECT [q:orders].amount FROM [r:orders] WHERE [q:orders].day > [p:$from]"],
    ["quoted names", 'SELECT [q:"orders"].amount FROM [r:"orders"]'],
    ["names behind letters of several bytes", "SELECT 'größe 🙂' AS s, [q:orders].x FROM [r:orders]"],
    [
      "neither texts nor comments",
      "SELECT 'orders.x', $$orders.y$$ -- orders.z\nFROM [r:orders] /* orders /* $a */ b */",
    ],
    ["an alias that takes the name", "SELECT orders.x FROM [r:payments] AS orders"],
    ["the relation behind an alias", "SELECT o.x FROM [r:orders] AS o"],
    [
      "a CTE that takes the name, which still reads it",
      "WITH orders AS (SELECT [q:orders].x FROM [r:orders]) SELECT orders.x FROM orders",
    ],
    [
      "subqueries that see what is around them",
      "SELECT * FROM [r:orders] WHERE EXISTS (SELECT 1 FROM [r:y] WHERE [q:y].id = [q:orders].id)",
    ],
    [
      "an alias inside a subquery alone",
      "SELECT (SELECT max(orders.x) FROM [r:y] AS orders) FROM [r:orders] WHERE [q:orders].x > 1",
    ],
    ["a lambda's own name", "SELECT list_transform(l, lambda orders: orders.x), [q:orders].l FROM [r:orders]"],
    [
      "stars and what they leave out",
      "SELECT [q:orders].* EXCLUDE ([q:orders].id, b), COLUMNS([q:orders].*) FROM [r:orders]",
    ],
    ["columns of the same name", "SELECT orders FROM [r:a] JOIN [r:b] USING (orders) ORDER BY orders"],
    [
      "unions and windows",
      "SELECT [q:a].x, max([q:a].y) OVER (PARTITION BY [q:a].z) FROM [r:a] UNION ALL FROM [r:a] LIMIT [p:$most]",
    ],
    ["SUMMARIZE and PIVOT", "FROM (PIVOT [r:orders] ON k IN (1, 2) USING sum(v))"],
    ["relations of another schema", "SELECT * FROM main.orders"],
  ];
  it.each(cases)("are %s", async (_, sql) => {
    const plain = sql.replace(/\[[rqp]:([^\]]+)\]/g, "$1");
    expect(await marked(plain)).toBe(sql);
  });

  it("come with the names that the statement gives itself, and those that may be a whole row", async () => {
    const found = await engine.places("WITH c AS (FROM orders) SELECT orders FROM c JOIN x AS o USING (id), orders");
    expect([...found.given].sort()).toEqual(["c", "o"]);
    expect(found.alone).toEqual(["orders"]);
  });
});

import { describe, expect, test } from "vitest";
import { sqlScope } from "../../../web/notebook/completing/sql-scope.ts";

const columns: Record<string, readonly string[]> = {
  orders: ["customer_id", "amount"],
  people: ["customer_id", "country"],
};

function scope(marked: string) {
  const offset = marked.indexOf("¦");
  return sqlScope(marked.replace("¦", ""), offset, (relation) => columns[relation] ?? null);
}

describe("names at a place of a SELECT", () => {
  test("are those of the relations that it reads, by their aliases, also before FROM was reached", () => {
    expect(scope("SELECT ¦ FROM orders AS o JOIN people p USING (customer_id)").sources).toEqual([
      { alias: "o", relation: "orders" },
      { alias: "p", relation: "people" },
    ]);
    expect(scope("FROM orders, people p WHERE ¦").sources.map(({ alias }) => alias)).toEqual(["orders", "p"]);
    expect(scope('FROM "orders" SELECT ¦').sources).toEqual([{ alias: "orders", relation: "orders" }]);
  });

  test("behind a dot are those of the alias", () => {
    expect(scope("SELECT o.¦ FROM orders o")).toMatchObject({ dotted: "o", wantsRelation: false });
    expect(scope("SELECT o.am¦ FROM orders o").dotted).toBe("o");
    expect(scope("SELECT amount ¦").dotted).toBeNull();
  });

  test("a relation is wanted behind FROM, JOIN and the commas between them", () => {
    for (const sql of ["SELECT * FROM ¦", "FROM or¦", "FROM orders JOIN ¦", "FROM orders o, ¦"]) {
      expect(scope(sql).wantsRelation).toBe(true);
    }
    for (const sql of ["SELECT a, ¦ FROM orders", "FROM orders GROUP BY a, ¦", "FROM orders ¦"]) {
      expect(scope(sql).wantsRelation).toBe(false);
    }
  });

  test("CTEs have the columns of their SELECT", () => {
    const { ctes } = scope(`WITH a AS (SELECT o.customer_id, sum(amount) AS total, country c FROM orders o),
      b AS (SELECT * FROM a), c AS (FROM people) SELECT ¦ FROM b`);
    expect(ctes).toEqual([
      { name: "a", columns: ["customer_id", "total", "c"] },
      { name: "b", columns: ["customer_id", "total", "c"] },
      { name: "c", columns: ["customer_id", "country"] },
    ]);
  });

  test("in brackets are the inner ones, then the outer ones", () => {
    const inner = scope("SELECT * FROM people p WHERE EXISTS (SELECT 1 FROM orders o WHERE ¦)");
    expect(inner.sources.map(({ alias }) => alias)).toEqual(["o", "p"]);
    expect(scope("SELECT ¦ FROM people p WHERE EXISTS (SELECT 1 FROM orders o)").sources).toHaveLength(1);
    expect(scope("SELECT ¦ FROM (SELECT * FROM orders) AS t").sources.map(({ alias }) => alias)).toEqual(["t"]);
  });

  test("nothing is wanted in texts and comments", () => {
    expect(scope("SELECT 'or¦'").quiet).toBe(true);
    expect(scope("SELECT 1 -- or¦").quiet).toBe(true);
    expect(scope("SELECT /* or¦ */ 1").quiet).toBe(true);
    expect(scope("SELECT 'x' ¦").quiet).toBe(false);
  });
});

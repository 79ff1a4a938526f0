import type { DuckDBConnection } from "@duckdb/node-api";
import { expect } from "vitest";
import { compileRules } from "../../../server/language/compile-rules.ts";
import { parseRule } from "../../../server/language/parse-rule.ts";
import type { Clock, Vocabulary } from "../../../server/language/vocabulary.ts";
import { fill, openEngine, rowsOf } from "./duckdb.ts";
import type { Row } from "./interpreter.ts";
import { shop, today } from "./shop.ts";

let engine: DuckDBConnection;

/** The engine that the helpers below use; a test file opens it before its tests. */
export async function open(): Promise<DuckDBConnection> {
  engine = await openEngine();
  return engine;
}

export interface Shop {
  readonly people: readonly Row[];
  readonly orders?: readonly Row[];
  readonly views?: readonly Row[];
  readonly mails?: readonly Row[];
}

export interface Around {
  readonly vocabulary?: Vocabulary;
  readonly clock?: Clock;
  readonly cell?: string;
}

export async function load({ people, ...events }: Shop, vocabulary: Vocabulary = shop): Promise<void> {
  await fill(engine, "people", { columns: vocabulary.attributes, rows: people });
  for (const relation of ["orders", "views", "mails"] as const) {
    const columns = vocabulary.events.find((event) => event.relation === relation)?.columns ?? [];
    await fill(engine, relation, { columns, rows: events[relation] ?? [] });
  }
}

export function compile(
  texts: Readonly<Record<string, string>>,
  { vocabulary = shop, clock = today, cell = "here" }: Around = {},
) {
  const rules = Object.entries(texts).map(([name, text]) => {
    const { rule, problems } = parseRule(text, vocabulary);
    expect(problems, text).toEqual([]);
    if (!rule) throw new Error(text);
    return { name, rule };
  });
  return compileRules({ of: "people", entity: "customer_id", rules, vocabulary, clock, cell });
}

export function sqlOf(texts: Readonly<Record<string, string>>, around: Around = {}): string {
  const compiled = compile(texts, around);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems));
  return compiled.sql;
}

/** For each rule, the keys of those who are in. */
export async function members(
  texts: Readonly<Record<string, string>>,
  around: Around = {},
): Promise<Record<string, string>> {
  const rows = await rowsOf(engine, `SELECT * FROM (${sqlOf(texts, around)}) ORDER BY customer_id`);
  const named = Object.keys(texts).map((name) => {
    for (const row of rows) expect(typeof row[name], "a rule's column is never NULL").toBe("boolean");
    return [name, rows.flatMap((row) => (row[name] === true ? [row.customer_id] : [])).join(" ")] as const;
  });
  return Object.fromEntries(named);
}

export function ids(count: number): Row[] {
  return Array.from({ length: count }, (_, index) => ({ customer_id: index + 1 }));
}

import type { Rule } from "../../language/tree.ts";
import { allOf, anyOf, compare, known, NOWHERE } from "../build.ts";
import { get, isList, isObject, type Json, type JsonObject, textOf } from "../json.ts";
import { type ReadContext, type ReadRule, readingIn, readResult } from "../read.ts";
import { fitting, hasRoom, type Place, type Reading, unread } from "../reading.ts";
import { tidy } from "../tidy.ts";
import { columnAt, type Located, readComparison, readFunction, readValues } from "./conditions.ts";

/**
 * Reads a condition of SQL from the tree that the engine's own parser makes of `SELECT * FROM x WHERE …`; `located` gives
 * the place in the text of an offset into the statement. NOT of a comparison with NULL is not true in SQL, so NOT is moved
 * into the comparisons, whose infix NOT is alike.
 */
export function readSql(statement: Json, context: ReadContext, located: Located): ReadRule {
  const reading = readingIn(context);
  const node = isObject(statement) ? (get(statement, "node") ?? statement) : null;
  const where = isObject(node) ? get(node, "where_clause") : null;
  if (!isObject(node) || !isObject(where)) {
    return readResult(
      reading,
      unread(reading, "$", "There is no WHERE to read.", "Give one SELECT with WHERE, or the condition alone."),
      null,
    );
  }
  for (const [key, what] of BESIDE) {
    const held = get(node, key);
    if (held !== undefined && held !== null && !(isList(held) && held.length === 0))
      unread(
        reading,
        "$",
        `${what} is more than a condition.`,
        "Put it into a sql cell, and write the rule on its columns.",
      );
  }
  const from = get(node, "from_table");
  if (isObject(from) && textOf(from, "type") !== "BASE_TABLE" && textOf(from, "type") !== "EMPTY")
    unread(
      reading,
      "$",
      "The SELECT reads more than one table.",
      "Put the join into a sql cell, and write the rule on its columns.",
    );
  const rule = readCondition({ reading, located }, where, { at: "$", depth: 0 }, "is true");
  return readResult(reading, rule && tidy(rule), null);
}

export interface Sql {
  readonly reading: Reading;
  readonly located: Located;
}

/** Whether the condition must be true, or be false and not NULL. */
export type Outcome = "is true" | "is false";

const BESIDE = [
  ["group_expressions", "GROUP BY"],
  ["having", "HAVING"],
  ["qualify", "QUALIFY"],
  ["sample", "A sample"],
] as const;

export function readCondition(sql: Sql, node: Json, place: Place, outcome: Outcome): Rule | null {
  const { reading } = sql;
  const here = { at: sql.located(node), depth: place.depth + 1 };
  if (!hasRoom(reading, here)) return null;
  const kind = isObject(node) ? textOf(node, "class") : null;
  if (!isObject(node)) return unread(reading, here.at, "A condition was expected.", "Look at the text.");
  const children = listOf(node, "children");
  switch (kind) {
    case "CONJUNCTION": {
      const parts = children.map((child) => readCondition(sql, child, here, outcome));
      const whole = parts.filter((part) => part !== null);
      if (whole.length < parts.length) return null;
      return (textOf(node, "type") === "CONJUNCTION_AND") === (outcome === "is true") ? allOf(whole) : anyOf(whole);
    }
    case "OPERATOR":
      return readOperator(sql, node, here, outcome);
    case "COMPARISON":
      return readComparison(sql, node, here, outcome);
    case "BETWEEN": {
      const subject = columnAt(sql, get(node, "input"), here);
      const ends = subject && readValues(sql, [get(node, "lower") ?? null, get(node, "upper") ?? null], subject);
      const [low, high] = ends ?? [];
      if (subject === null || low === undefined || high === undefined) return null;
      return sqlFitting(
        sql,
        { kind: "between", subject, negated: outcome === "is false", low, high, ...NOWHERE },
        here,
      );
    }
    case "FUNCTION":
      return readFunction(sql, node, here, outcome);
    case "COLUMN_REF": {
      const subject = columnAt(sql, node, here);
      return (
        subject &&
        sqlFitting(sql, compare(subject, "=", { kind: "boolean", value: outcome === "is true", ...NOWHERE }), here)
      );
    }
    case "SUBQUERY":
      return unread(reading, here.at, "It asks another SELECT.", "Make it a sql cell or an event, and ask that.");
    case "CASE":
      return unread(
        reading,
        here.at,
        "CASE chooses between values.",
        "Write it with AND, OR and NOT, or make it a column.",
      );
    default:
      return unread(
        reading,
        here.at,
        "It is no condition on a column.",
        "Write it by hand, or make it a column in SQL.",
      );
  }
}

function readOperator(sql: Sql, node: JsonObject, here: Place, outcome: Outcome): Rule | null {
  const [first = null, ...others] = listOf(node, "children");
  const type = textOf(node, "type");
  if (type === "OPERATOR_NOT") return readCondition(sql, first, here, outcome === "is true" ? "is false" : "is true");
  if (type === "OPERATOR_IS_NULL" || type === "OPERATOR_IS_NOT_NULL") {
    const subject = columnAt(sql, first, here);
    const isKnown = (type === "OPERATOR_IS_NOT_NULL") === (outcome === "is true");
    return subject && known(subject, isKnown ? "known" : "not known");
  }
  if (type !== "COMPARE_IN" && type !== "COMPARE_NOT_IN")
    return unread(
      sql.reading,
      here.at,
      "It is no condition on a column.",
      "Write it by hand, or make it a column in SQL.",
    );
  const subject = columnAt(sql, first, here);
  const values = subject && readValues(sql, others, subject);
  if (subject === null || values === null) return null;
  const negated = (type === "COMPARE_NOT_IN") === (outcome === "is true");
  return sqlFitting(sql, { kind: "among", subject, negated, values, ...NOWHERE }, here);
}

function sqlFitting({ reading }: Sql, rule: Rule, { at }: Place): Rule | null {
  return fitting(reading, rule, { step: null, at });
}

function listOf(node: JsonObject, key: string): readonly Json[] {
  const held = get(node, key);
  return isList(held) ? held : [];
}

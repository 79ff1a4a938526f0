import type { ColumnCondition, Comparison, Operand, Rule, Subject } from "../../language/tree.ts";
import { kindOf } from "../../language/types.ts";
import { own } from "../../notebook/own.ts";
import { compare, NOWHERE, not } from "../build.ts";
import { get, isList, isObject, type Json, type JsonObject, textOf } from "../json.ts";
import { columnNamed, columnOf } from "../names.ts";
import { fitting, type Place, unread } from "../reading.ts";
import { turnedSign } from "../signs.ts";
import { constantOf } from "./constant.ts";
import type { Outcome, Sql } from "./read.ts";

/** The place in the text of a node of the tree, such as `line 1, column 14`. */
export type Located = (node: Json) => string;

/** A comparison of a column with a value, on whichever side it stands. */
export function readComparison(sql: Sql, node: JsonObject, here: Place, outcome: Outcome): Rule | null {
  const { reading } = sql;
  const [left, right] = [get(node, "left") ?? null, get(node, "right") ?? null];
  const isTurned = !isColumn(left) && isColumn(right);
  const [column, value] = isTurned ? [right, left] : [left, right];
  if (isColumn(value))
    return unread(
      reading,
      here.at,
      "Two columns are compared with each other.",
      "Make the difference a column in SQL, and compare that.",
    );
  const subject = columnAt(sql, column, here);
  const type = textOf(node, "type") ?? "";
  if (subject === null) return null;
  const isDistinct = type === "COMPARE_DISTINCT_FROM" || type === "COMPARE_NOT_DISTINCT_FROM";
  const values = readValues(sql, [value], subject);
  const [operand] = values ?? [];
  if (operand === undefined) return null;
  if (isDistinct) {
    const isSame = (type === "COMPARE_NOT_DISTINCT_FROM") === (outcome === "is true");
    const same = fitting(reading, compare(subject, "=", operand), { step: null, at: here.at });
    return same && (isSame ? same : not(same));
  }
  const sign = own(SIGNS, type);
  if (sign === undefined)
    return unread(reading, here.at, "It is no comparison that rules have.", "Use =, !=, <, <=, > or >=.");
  const seen = isTurned ? TURNED[sign] : sign;
  const rule = compare(subject, outcome === "is true" ? seen : turnedSign(seen), operand);
  return fitting(reading, rule, { step: null, at: here.at });
}

/** LIKE with wildcards at its ends alone, and the functions that look into a text. */
export function readFunction(sql: Sql, node: JsonObject, here: Place, outcome: Outcome): Rule | null {
  const name = (textOf(node, "function_name") ?? "").toLowerCase();
  const children = get(node, "children");
  const [column = null, value = null] = isList(children) ? children : [];
  const isLike = name === "~~" || name === "!~~";
  const how = own(FUNCTIONS, name);
  if (!isLike && how === undefined) {
    const hint =
      name === "~~*" || name === "!~~*"
        ? "Make the column small letters in SQL; CONTAINS tells them from capitals."
        : "Make it a column in a sql cell, and compare that.";
    return unread(sql.reading, here.at, `\`${OPERATORS[name] ?? name}\` is no condition that rules have.`, hint);
  }
  const subject = columnAt(sql, column, here);
  const [operand] = (subject && readValues(sql, [value], subject)) ?? [];
  if (subject === null || operand === undefined) return null;
  if (operand.kind !== "text") return unread(sql.reading, here.at, "A text was expected.", "Put it in quotes.");
  const negated = (name === "!~~") === (outcome === "is true");
  const found = isLike ? likeOf(operand.value) : how === undefined ? null : { how, part: operand.value };
  if (found === null)
    return unread(
      sql.reading,
      here.at,
      "LIKE has wildcards inside its text.",
      "Only % at its beginning or end can be said, by STARTS WITH, ENDS WITH or CONTAINS.",
    );
  if (found.how === "is")
    return fitting(sql.reading, compare(subject, negated ? "!=" : "=", { ...operand, value: found.part }), {
      step: null,
      at: here.at,
    });
  const rule: ColumnCondition = {
    kind: "matches",
    subject,
    negated,
    how: found.how,
    value: { ...operand, value: found.part },
    ...NOWHERE,
  };
  return fitting(sql.reading, rule, { step: null, at: here.at });
}

export function columnAt({ reading, located }: Sql, node: Json | undefined, here: Place): Subject | null {
  const names = isObject(node) ? get(node, "column_names") : undefined;
  const name = isList(names) ? names.at(-1) : undefined;
  if (!isObject(node) || typeof name !== "string")
    return unread(
      reading,
      isObject(node) ? located(node) : here.at,
      "A column was expected on one side and a value on the other.",
      "Calculate in a sql cell or a feature.",
    );
  return columnNamed(reading, name, { step: null, at: located(node) });
}

export function readValues(sql: Sql, nodes: readonly Json[], subject: Subject): Operand[] | null {
  const type = columnOf(sql.reading, subject, null)?.type;
  const values = nodes.map((node) => constantOf(node, { ...sql, kind: type === undefined ? null : kindOf(type) }));
  const whole = values.filter((value) => value !== null);
  return whole.length < values.length ? null : whole;
}

function isColumn(node: Json): boolean {
  return isObject(node) && textOf(node, "class") === "COLUMN_REF";
}

function likeOf(pattern: string): { how: "contains" | "starts with" | "ends with" | "is"; part: string } | null {
  const [, before, part = "", after] = /^(%*)([^%]*)(%*)$/s.exec(pattern) ?? [];
  if (before === undefined || part.includes("_")) return null;
  if (before !== "" && after !== "") return { how: "contains", part };
  if (before !== "") return { how: part === "" ? "contains" : "ends with", part };
  return after === "" ? { how: "is", part } : { how: "starts with", part };
}

const SIGNS: Readonly<Record<string, Comparison>> = {
  COMPARE_EQUAL: "=",
  COMPARE_NOTEQUAL: "!=",
  COMPARE_LESSTHAN: "<",
  COMPARE_LESSTHANOREQUALTO: "<=",
  COMPARE_GREATERTHAN: ">",
  COMPARE_GREATERTHANOREQUALTO: ">=",
};

const TURNED = { "=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<=" } as const;

const FUNCTIONS: Readonly<Record<string, "contains" | "starts with" | "ends with">> = {
  contains: "contains",
  starts_with: "starts with",
  prefix: "starts with",
  ends_with: "ends with",
  suffix: "ends with",
};

const OPERATORS: Readonly<Record<string, string>> = Object.assign(Object.create(null), {
  "~~*": "ILIKE",
  "!~~*": "NOT ILIKE",
  like_escape: "LIKE with ESCAPE",
});

import type { Rule } from "../../language/tree.ts";
import { isList, isObject, type Json } from "../json.ts";

/** A condition on attributes, or one whose outcome is known without them. */
export type Logic = Rule | boolean;

/** The value of a part that names no attribute and whose outcome rests on no coercion; `undefined` where it does not have one. */
export function constantOf(value: Json): Json | undefined {
  if (!isObject(value)) return isList(value) ? undefined : value;
  const [operator, ...more] = Object.keys(value);
  if (operator === undefined || more.length > 0 || !Object.hasOwn(FOLDS, operator)) return undefined;
  const held = value[operator];
  const operands = (isList(held) ? held : [held ?? null]).map(constantOf);
  if (operands.length !== 2) return undefined;
  const [left, right] = operands;
  if (left === undefined || right === undefined) return undefined;
  return FOLDS[operator]?.(left, right);
}

/** Truth where it needs no coercion: `undefined` counts as no truth. */
export function truthOf(value: Json): boolean | null {
  return typeof value === "boolean" ? value : value === null ? false : null;
}

type Fold = (left: Json, right: Json) => boolean | undefined;

const FOLDS: Readonly<Record<string, Fold>> = {
  "===": (left, right) => left === right,
  "!==": (left, right) => left !== right,
  "==": (left, right) => (alike(left, right) ? left === right : undefined),
  "!=": (left, right) => (alike(left, right) ? left !== right : undefined),
  "<": (left, right) => order(left, right, (a, b) => a < b),
  "<=": (left, right) => order(left, right, (a, b) => a <= b),
  ">": (left, right) => order(left, right, (a, b) => a > b),
  ">=": (left, right) => order(left, right, (a, b) => a >= b),
  in: (left, right) => (typeof left === "string" && typeof right === "string" ? right.includes(left) : undefined),
};

function alike(left: Json, right: Json): boolean {
  return typeof left === typeof right && (left === null) === (right === null);
}

function order(
  left: Json,
  right: Json,
  holds: (a: number | string, b: number | string) => boolean,
): boolean | undefined {
  if (typeof left === "number" && typeof right === "number") return holds(left, right);
  return typeof left === "string" && typeof right === "string" ? holds(left, right) : undefined;
}

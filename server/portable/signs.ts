import type { Comparison } from "../language/tree.ts";

const TURNED = { "=": "!=", "!=": "=", "<": ">=", "<=": ">", ">": "<=", ">=": "<" } as const;

/** The comparison that holds of two numbers where this one fails. */
export function turnedSign(sign: Comparison): Comparison {
  return TURNED[sign];
}

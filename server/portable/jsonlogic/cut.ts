import { isList, isObject, type Json } from "../json.ts";

/** A text's beginning or end that is compared with a part. */
export interface Cut {
  readonly variable: Json;
  readonly how: "starts with" | "ends with";
  readonly part: string;
}

/** `{"substr": [x, 0, 2]}` or `{"substr": [x, -2]}` beside a text of two; null for anything else. */
export function cutOf({ operands }: { readonly operands: readonly Json[] }): Cut | null {
  const [call, part, ...more] = operands;
  const held = isObject(call) && Object.keys(call).length === 1 ? call.substr : undefined;
  if (!isList(held) || typeof part !== "string" || part === "" || more.length > 0) return null;
  const [variable = null, from, count] = held;
  if (from === 0 && count === part.length && held.length === 3) return { variable, how: "starts with", part };
  return from === -part.length && held.length === 2 ? { variable, how: "ends with", part } : null;
}

import { shift } from "../../language/decimal.ts";
import { isMoment } from "../../language/moment.ts";
import type { Operand } from "../../language/tree.ts";
import { isTime, type TypeKind } from "../../language/types.ts";
import { decimalValue, momentValue, NOWHERE, numberValue, textValue } from "../build.ts";
import { get, isObject, type Json, type JsonObject, textOf } from "../json.ts";
import { unread } from "../reading.ts";
import type { Sql } from "./read.ts";

/** A value as SQL writes it; null, with a remark, where it is none that a rule can hold. */
export function constantOf(node: Json, { reading, located, kind }: Sql & { kind: TypeKind | null }): Operand | null {
  const at = located(node);
  const refuse = (what: string, hint: string) => unread(reading, at, what, hint);
  if (!isObject(node)) return refuse("A value was expected.", "Look at the text.");
  const type = textOf(node, "class");
  if (type === "PARAMETER") return parameter(node, { reading, at });
  const cast = type === "CAST" ? get(node, "cast_type") : undefined;
  const held = type === "CAST" ? (get(node, "child") ?? null) : node;
  const value = isObject(held) && textOf(held, "class") === "CONSTANT" ? get(held, "value") : undefined;
  if (!isObject(value))
    return refuse(
      "It is calculated, or asked of the clock; rules compare with values.",
      "Write `< 30 days ago` for such times, or make it a column.",
    );
  if (get(value, "is_null") === true)
    return refuse("A comparison with NULL is never true.", "Write IS KNOWN, or IS NOT KNOWN.");
  const target = isObject(cast) ? textOf(cast, "id") : null;
  const raw = get(value, "value");
  if (target === "BOOLEAN" && (raw === "t" || raw === "f")) return { kind: "boolean", value: raw === "t", ...NOWHERE };
  if (typeof raw === "boolean") return { kind: "boolean", value: raw, ...NOWHERE };
  if (typeof raw === "string") return ofText(raw, kind) ?? textValue(raw);
  if (target !== null && !/INT|DECIMAL|DOUBLE|FLOAT/.test(target))
    return refuse("The value is made another type.", "Write it as what it is.");
  return ofNumber(value, raw) ?? refuse("The number has more digits than can be taken over exactly.", "Shorten it.");
}

/** A date without a time is its first moment in SQL, but for columns of dates. */
function ofText(text: string, kind: TypeKind | null): Operand | null {
  if (kind === null || !isTime(kind) || !isMoment(text)) return null;
  const isDay = /^\s*\d{4}-\d{2}-\d{2}\s*$/.test(text);
  return momentValue(isDay && kind !== "date" ? `${text.trim()} 00:00` : text.trim());
}

function ofNumber(value: JsonObject, raw: Json | undefined): Operand | null {
  if (typeof raw !== "number" || !Number.isFinite(raw)) return null;
  if (Number.isInteger(raw) && !Number.isSafeInteger(raw)) return null;
  const type = get(value, "type");
  const info = isObject(type) ? get(type, "type_info") : undefined;
  const scale = isObject(info) ? get(info, "scale") : undefined;
  return typeof scale === "number" && Number.isInteger(raw)
    ? decimalValue(shift(String(raw), -scale))
    : numberValue(raw);
}

function parameter(node: JsonObject, { reading, at }: Pick<Sql, "reading"> & { at: string }): Operand | null {
  const name = (textOf(node, "identifier") ?? "").toLowerCase();
  if (name === "as_of" || reading.vocabulary.inputs.some((input) => input.name === name))
    return { kind: "input", name, ...NOWHERE };
  return unread(reading, at, `The notebook has no input \`$${name}\`.`, "Add it, or put the value in its place.");
}

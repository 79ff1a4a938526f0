import type { Subject } from "../../language/tree.ts";
import { isList, isObject, type Json, shownJson } from "../json.ts";
import { columnNamed } from "../names.ts";
import { type Place, type Reading, unread } from "../reading.ts";

/** `{"var": "cart.total"}`, `{"var": ["total"]}` or `{"val": ["cart", "total"]}`: the column of that name. */
export function readVariable(reading: Reading, value: Json, { at }: Place): Subject | null {
  const [operator, ...more] = isObject(value) ? Object.keys(value) : [];
  if (!isObject(value) || more.length > 0 || (operator !== "var" && operator !== "val"))
    return unread(reading, at, `An attribute was expected, not ${shownJson(value)}.`, 'Write {"var": "name"}.');
  const held = value[operator];
  const path = isList(held) ? held : [held];
  if (operator === "var" && path.length > 1)
    return unread(
      reading,
      at,
      "The attribute has a value of its own for where it is missing.",
      "Fill it in the features, by `fill`.",
    );
  const steps = path.filter((step) => typeof step === "string" || typeof step === "number");
  const name = steps.join(".");
  if (steps.length < path.length || name === "")
    return unread(reading, at, `${shownJson(held)} names no attribute.`, "Name one column.");
  return columnNamed(reading, name, { step: null, at });
}

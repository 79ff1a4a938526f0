import { expect, test } from "vitest";
import type { InputView } from "../../../server/run/view.ts";
import { queryOfValues, valuesFromQuery, withValue } from "../../../web/state/inputs.ts";

const input = (id: string, type: InputView["type"], fallback: InputView["fallback"]): InputView => ({
  id,
  type,
  fallback,
  label: id,
  value: fallback,
  min: null,
  max: null,
  step: null,
  options: [],
});

const inputs = [
  input("orders_min", "number", 3),
  input("as_of_day", "date", "2026-10-31"),
  input("strict", "boolean", false),
];

test("values of the address are read by their inputs' types", () => {
  expect(valuesFromQuery("?orders_min=5&as_of_day=2026-09-30&strict=true", inputs)).toEqual({
    orders_min: 5,
    as_of_day: "2026-09-30",
    strict: true,
  });
});

test("what is no value of its input, or of no input, is left out", () => {
  expect(valuesFromQuery("?orders_min=many&strict=maybe&other=1", inputs)).toEqual({});
});

test("a value equal to the notebook's own is not carried in the address", () => {
  const changed = withValue({}, inputs[0] as InputView, 5);
  expect(queryOfValues(changed)).toBe("?orders_min=5");
  expect(queryOfValues(withValue(changed, inputs[0] as InputView, 3))).toBe("");
});

test("values survive the way through the address", () => {
  const values = { as_of_day: "2026-01-02", orders_min: 0.5, strict: true };
  expect(valuesFromQuery(queryOfValues(values), inputs)).toEqual(values);
});

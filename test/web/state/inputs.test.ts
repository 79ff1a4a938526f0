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
    values: { orders_min: 5, as_of_day: "2026-09-30", strict: true },
    faults: {},
  });
});

test("what is no value of its input, or of no input, is left out and told", () => {
  const bounded = { ...(inputs[0] as InputView), id: "bounded", min: 0, max: 10, step: 2 };
  const choice = { ...input("place", "choice", "UK"), options: ["UK", "FR"] };
  const all = [...inputs, bounded, choice];
  const told = (query: string) => {
    const { values, faults } = valuesFromQuery(query, all);
    expect(values).toEqual({});
    return Object.values(faults);
  };
  expect(told("?orders_min=many&strict=maybe&other=1")).toEqual([
    "`orders_min=many`: This is not a number.",
    "`strict=maybe`: It is true or false.",
    "`other=1`: This notebook has no input of that name.",
  ]);
  expect(told("?bounded=11")).toEqual(["`bounded=11`: At most 10."]);
  expect(told("?bounded=3")).toEqual(["`bounded=3`: In steps of 2."]);
  expect(told("?place=DE")).toEqual(["`place=DE`: It is one of UK, FR."]);
  expect(told("?as_of_day=2026-02-30")).toEqual(["`as_of_day=2026-02-30`: That is no day that exists."]);
});

test("a value equal to the notebook's own is not carried in the address", () => {
  const changed = withValue({}, inputs[0] as InputView, 5);
  expect(queryOfValues(changed)).toBe("?orders_min=5");
  expect(queryOfValues(withValue(changed, inputs[0] as InputView, 3))).toBe("");
});

test("values survive the way through the address", () => {
  const values = { as_of_day: "2026-01-02", orders_min: 0.5, strict: true };
  expect(valuesFromQuery(queryOfValues(values), inputs)).toEqual({ values, faults: {} });
});

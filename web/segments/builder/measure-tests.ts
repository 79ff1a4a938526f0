import type { Comparison, MeasureTest } from "../../../server/language/tree.ts";

/** How what a measure yields is compared, as one chooses it. */
export const TESTS: readonly { readonly id: string; readonly label: string }[] = [
  { id: ">=", label: "is at least" },
  { id: ">", label: "is more than" },
  { id: "=", label: "is" },
  { id: "!=", label: "is not" },
  { id: "<", label: "is less than" },
  { id: "<=", label: "is at most" },
  { id: "between", label: "is between" },
  { id: "not between", label: "is not between" },
];

export function testOf(test: MeasureTest): (typeof TESTS)[number] {
  const id = test.kind === "compare" ? test.operator : test.negated ? "not between" : "between";
  return TESTS.find((each) => each.id === id) ?? { id, label: id };
}

/** Another comparison with the same values. */
export function withTest(test: MeasureTest, id: string): MeasureTest {
  const low = test.kind === "compare" ? test.value : test.low;
  if (id === "between" || id === "not between") {
    return {
      kind: "between",
      negated: id === "not between",
      low,
      high: test.kind === "compare" ? test.value : test.high,
    };
  }
  return { kind: "compare", operator: id as Comparison, value: low };
}

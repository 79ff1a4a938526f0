import { expect, it } from "vitest";
import { wilson } from "../../../server/cells/score/wilson.ts";

/** R. G. Newcombe, Statistics in Medicine 17 (1998), table I, method 3; the last is the third turned round. */
it.each([
  [81, 263, 0.2553, 0.3662],
  [15, 148, 0.0624, 0.1605],
  [0, 20, 0, 0.1611],
  [1, 29, 0.0061, 0.1718],
  [20, 20, 0.8389, 1],
])("Wilson's interval of %i of %i is %f to %f, as published", (successes, trials, low, high) => {
  const interval = wilson(successes, trials);
  expect(interval?.low).toBeCloseTo(low, 4);
  expect(interval?.high).toBeCloseTo(high, 4);
});

it("there is no interval without anybody", () => {
  expect(wilson(0, 0)).toBeNull();
});

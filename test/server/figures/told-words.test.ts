import { expect, test } from "vitest";
import { formatDay } from "../../../server/figures/format-time.ts";
import { toldWords } from "../../../server/figures/told-words.ts";

test("a sentence of a relation is shown with its metric in words and its days as the reader writes them", () => {
  const told = toldWords("open_rate of VIP in 2026-09-19 counts 3 of 2; send-2026-09-19 is no day.", "open_rate");
  expect(told).toBe(`open rate of VIP in ${formatDay("2026-09-19")} counts 3 of 2; send-2026-09-19 is no day.`);
});

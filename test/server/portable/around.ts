import fc from "fast-check";
import { expect } from "vitest";
import { parseRule } from "../../../server/language/parse-rule.ts";
import type { Rule } from "../../../server/language/tree.ts";
import type { ReadContext } from "../../../server/portable/read.ts";
import type { WriteContext } from "../../../server/portable/write.ts";
import { type Choices, duration } from "../language/arbitraries.ts";
import { shop } from "../language/shop.ts";

export const reading: ReadContext = { vocabulary: shop, zone: "Europe/London", map: new Map() };
export const writing: WriteContext = { name: "VIP", vocabulary: shop, zone: "Europe/London", map: new Map() };

/** Whatever can be written. */
export const anything: Choices = {
  numbers: fc
    .tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.constantFrom("", ".5", ".000001", ".123456789012"))
    .map(([whole, fraction]) => `${whole}${fraction}`)
    .filter((text) => text !== "-0"),
  texts: fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 12 }),
    fc.constantFrom("", "'", "UK", "2026-01-01", "5", "a,b"),
  ),
  moments: fc.constantFrom("2026-08-12", "2024-02-29", "2026-08-12 09:30", "2026-08-12T09:30+02:00"),
  durations: fc
    .tuple(
      fc.integer({ min: 1, max: 400 }),
      fc.constantFrom("minute", "hour", "day", "week", "month", "quarter", "year"),
    )
    .map(([count, unit]) => duration(count, unit as "day")),
  inputs: true,
  segments: ["VIP", "Weekly buyers"].map((name) => ({
    cell: "groups",
    name,
    qualified: name === "VIP",
    from: 0,
    to: 0,
  })),
  moves: "with moves",
};

/** What random people often meet, said so that other tools can say it too. */
export const likely: Choices = {
  numbers: fc.constantFrom("0", "1", "2", "2.5", "-1", "20", "100"),
  texts: fc.constantFrom("UK", "DE", "U", "", "shoes", "spring"),
  moments: fc.constantFrom("2026-08-12", "2026-08-01", "2026-08-12 09:30"),
  durations: fc.constantFrom(duration(7, "day"), duration(2, "week"), duration(24, "hour"), duration(1, "day")),
  inputs: false,
  segments: [],
};

export function parsed(text: string): Rule {
  const { rule, problems } = parseRule(text, shop);
  expect(problems, text).toEqual([]);
  if (rule === null) throw new Error(text);
  return rule;
}

/** A tree without its offsets. */
export function placeless(tree: unknown): unknown {
  return JSON.parse(JSON.stringify(tree, (key, value) => (key === "from" || key === "to" ? undefined : value)));
}

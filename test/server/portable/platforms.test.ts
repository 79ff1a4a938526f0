import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { printRule } from "../../../server/language/print-rule.ts";
import type { Rule } from "../../../server/language/tree.ts";
import { readRule } from "../../../server/portable/read.ts";
import { writeRule } from "../../../server/portable/write.ts";
import { duration, rules } from "../language/arbitraries.ts";
import { holds } from "../language/interpreter.ts";
import { today } from "../language/shop.ts";
import { choicesOf, worlds } from "../language/worlds.ts";

/** Lengths that both platforms say; at the very border of `< n ago` they leave open who is in, so people keep off it. */
const choices = {
  ...choicesOf(today),
  inputs: false,
  durations: fc.constantFrom(duration(8, "day"), duration(3, "week"), duration(24, "hour")),
};
const context = { name: "VIP", zone: today.zone, map: new Map([["amount", "$value"]]) };

/** NOT IN LAST and NOT of an age say nothing of the future there, which is told in the reference. */
function speaksOfPast(rule: Rule): boolean {
  if (rule.kind === "and" || rule.kind === "or") return rule.parts.every(speaksOfPast);
  if (rule.kind === "not") return speaksOfPast(rule.part);
  return rule.kind !== "recent" && rule.kind !== "ago";
}

describe.each(["klaviyo", "hubspot"] as const)("A rule written for %s and read again", (format) => {
  test("holds for the same people", () => {
    let written = 0;
    fc.assert(
      fc.property(
        worlds(today),
        fc.array(rules(choices).filter(speaksOfPast), { minLength: 6, maxLength: 6 }),
        (world, trees) => {
          for (const rule of trees) {
            const { text, remarks } = writeRule(format, rule, { ...context, vocabulary: world.vocabulary });
            if (text === null) {
              expect(remarks.some(({ severity }) => severity === "error")).toBe(true);
              continue;
            }
            // A sum of anything but the one that is sent as the metric's value is told, and can't come back.
            if (remarks.some(({ code }) => code === "sum-of-value")) continue;
            written += 1;
            const read = readRule(format, text, {
              vocabulary: world.vocabulary,
              zone: today.zone,
              map: new Map([["$value", "amount"]]),
            });
            expect(
              read.remarks.filter(({ severity }) => severity === "error"),
              `${printRule(rule)}\n${text}`,
            ).toEqual([]);
            for (const person of world.people) {
              const again = read.rule !== null && holds(world, person, read.rule);
              expect(again, `${printRule(rule)}\n${read.text}\n${JSON.stringify(person)}`).toBe(
                holds(world, person, rule),
              );
            }
          }
        },
      ),
      { numRuns: 50 },
    );
    expect(written).toBeGreaterThan(50);
  });
});

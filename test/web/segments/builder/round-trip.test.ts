import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseRule } from "../../../../server/language/parse-rule.ts";
import { printRule } from "../../../../server/language/print-rule.ts";
import type { Rule } from "../../../../server/language/tree.ts";
import { changed, everyItem, inserted, without } from "../../../../web/segments/builder/edit-model.ts";
import { type Condition, conditionOf, modelOf, ruleOf } from "../../../../web/segments/builder/model.ts";
import { printModel } from "../../../../web/segments/builder/print-model.ts";
import { type Choices, duration, rules } from "../../../server/language/arbitraries.ts";
import { shop } from "../../../server/language/shop.ts";

const choices: Choices = {
  numbers: fc.constantFrom("200", "0.2", "-5", "1500.5", "100000000000000000000"),
  texts: fc.constantFrom("", "'", '"', "`", " AND ", "UK", ") OR (", "2026-01-01"),
  moments: fc.constantFrom("2026-08-12", "2026-08-12 09:30", "2026-08-12T09:30+02:00"),
  durations: fc
    .tuple(fc.integer({ min: 1, max: 40 }), fc.constantFrom("hour", "day", "month", "year"))
    .map(([count, unit]) => duration(count, unit)),
  inputs: true,
  segments: ["VIP", "in doubt"].map((name) => ({ cell: "groups", name, qualified: name === "VIP", from: 0, to: 0 })),
  moves: "with moves",
};

/** A tree without its offsets. */
function placeless(rule: Rule | null): unknown {
  return JSON.parse(JSON.stringify(rule, (key, value) => (key === "from" || key === "to" ? undefined : value)));
}

describe("text, tree and builder are views of one thing", () => {
  it("nothing is lost from tree to text to builder and back", () => {
    fc.assert(
      fc.property(rules(choices), (rule) => {
        const text = printRule(rule);
        const read = parseRule(text, shop).rule;
        const model = modelOf(read, text);
        expect(placeless(ruleOf(model))).toEqual(placeless(rule));
        for (const lines of ["one", "several"] as const) {
          const printed = printModel(model, shop, { lines }) ?? "";
          expect(placeless(parseRule(printed, shop).rule), printed).toEqual(placeless(rule));
        }
      }),
      { numRuns: 600 },
    );
  });

  it("a condition that is changed leaves every other as it was, in the text too", () => {
    fc.assert(
      fc.property(rules(choices), rules(choices), fc.nat(), (rule, other, pick) => {
        const model = modelOf(parseRule(printRule(rule), shop).rule, printRule(rule));
        const conditions = everyItem(model).filter((item) => item.kind === "condition");
        const target = conditions[pick % conditions.length];
        const put = everyItem(modelOf(other)).find((item) => item.kind === "condition");
        if (target === undefined || put?.kind !== "condition") throw new Error("a rule has a condition");
        const edited = changed<Condition>(model, target.id, (item) => ({ ...item, leaf: put.leaf, source: null }));
        const printed = printModel(edited, shop, { lines: "one" }) ?? "";
        expect(placeless(parseRule(printed, shop).rule), printed).toEqual(placeless(ruleOf(edited)));
      }),
      { numRuns: 300 },
    );
  });

  it("what has not been chosen yet is in no text", () => {
    fc.assert(
      fc.property(rules(choices), (rule) => {
        const model = modelOf(rule);
        const begun = inserted(model, { into: model.id, index: 0 }, conditionOf(null));
        expect(placeless(ruleOf(begun))).toEqual(placeless(rule));
        expect(printModel(without(begun, begun.items[0]?.id ?? ""), shop, { lines: "one" })).toBe(printRule(rule));
      }),
      { numRuns: 100 },
    );
  });
});

describe("the text of an edited rule", () => {
  it("has no brackets around the WHERE of a condition that is alone", () => {
    const { rule } = parseRule("opened email where campaign contains ''", shop);
    for (const lines of ["one", "several"] as const) {
      expect(printModel(modelOf(rule), shop, { lines })).toBe("opened email where campaign contains ''");
    }
  });

  const edit = (text: string, index: number, value: string, lines: "one" | "several" = "one") => {
    const model = modelOf(parseRule(text, shop).rule, text);
    const target = everyItem(model).filter((item) => item.kind === "condition")[index];
    const leaf = modelOf(parseRule(value, shop).rule).items[0];
    if (target === undefined || leaf?.kind !== "condition") throw new Error("no such condition");
    const changedOne = { leaf: leaf.leaf, source: null };
    return printModel(
      changed<Condition>(model, target.id, (item) => ({ ...item, ...changedOne })),
      shop,
      { lines },
    );
  };

  it("keeps the words of the conditions that were not touched", () => {
    const text = 'Total Spend > $1,500.00 AND (`country` = "UK" or Last Purchase < 7 Days Ago)';
    expect(edit(text, 1, "country = 'DE'")).toBe(
      "Total Spend > $1,500.00 AND (country = 'DE' OR Last Purchase < 7 Days Ago)",
    );
  });

  it("puts brackets where a kept condition would swallow the next", () => {
    const text = "viewed product where category = 'X'";
    const model = modelOf(parseRule(text, shop).rule, text);
    const more = modelOf(parseRule("country = 'UK'", shop).rule).items[0] ?? conditionOf(null);
    expect(printModel(inserted(model, { into: model.id, index: 1 }, more), shop, { lines: "one" })).toBe(
      "viewed product where (category = 'X') AND country = 'UK'",
    );
  });

  it("keeps a rule of several lines on several lines", () => {
    expect(edit("total_spend > 1\nAND country = 'UK'", 0, "total_spend > 2", "several")).toBe(
      "total_spend > 2\nAND country = 'UK'",
    );
  });
});

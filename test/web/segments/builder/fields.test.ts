import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseRule } from "../../../../server/language/parse-rule.ts";
import { printRule } from "../../../../server/language/print-rule.ts";
import { kindOf } from "../../../../server/language/types.ts";
import { operatorOf, withOperator } from "../../../../web/segments/builder/column-operators.ts";
import { mannerOf, withManner } from "../../../../web/segments/builder/event-manners.ts";
import { eventOf } from "../../../../web/segments/builder/knows.ts";
import { conditionsIn, type Leaf, modelOf } from "../../../../web/segments/builder/model.ts";
import { fieldText, typedOperand } from "../../../../web/segments/builder/typed-operand.ts";
import { type Choices, duration, rules } from "../../../server/language/arbitraries.ts";
import { shop } from "../../../server/language/shop.ts";

const choices: Choices = {
  numbers: fc.constantFrom("200", "0.2", "-5", "1500.5"),
  texts: fc.constantFrom("", "'", "$least", "'UK'", "$nothing", "50%", "true", "2026-01-01", " a "),
  moments: fc.constantFrom("2026-08-12", "2026-08-12 09:30"),
  durations: fc.constantFrom(duration(1, "day"), duration(3, "month")),
  inputs: true,
  segments: [],
};

const conditions = rules(choices).map((rule) => conditionsIn(modelOf(rule)).map(({ leaf }) => leaf));

function typeOf(name: string) {
  return kindOf(shop.attributes.find((column) => column.name === name)?.type ?? "");
}

function printed(leaf: Leaf): string {
  return printRule(leaf);
}

describe("the fields of a condition", () => {
  it("choosing what is chosen already changes nothing", () => {
    fc.assert(
      fc.property(conditions, (leaves) => {
        for (const leaf of leaves) {
          if ("subject" in leaf) {
            const same = withOperator(leaf, operatorOf(leaf).id, typeOf(leaf.subject.name));
            expect(printed(same)).toBe(printed(leaf));
          } else if (!("segment" in leaf) && leaf.kind !== "sequence") {
            const step = leaf.kind === "measured" ? leaf.measure.step : leaf.step;
            expect(printed(withManner(leaf, mannerOf(leaf).id, eventOf(shop, step)))).toBe(printed(leaf));
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it("keep the value, the time and the window where another way of asking has them too", () => {
    const leafOf = (text: string) => conditionsIn(modelOf(parseRule(text, shop).rule))[0]?.leaf;
    const column = (text: string, id: string) => {
      const leaf = leafOf(text);
      if (leaf === undefined || !("subject" in leaf)) throw new Error(text);
      return printed(withOperator(leaf, id, typeOf(leaf.subject.name)));
    };
    expect(column("total_spend > $200", "between")).toBe("total_spend between $200 and $200");
    expect(column("total_spend not between 1 and 5", "in")).toBe("total_spend in (1)");
    expect(column("country contains 'U'", "not ends with")).toBe("country not ends with 'U'");
    expect(column("last_purchase < 7 days ago", "not in last")).toBe("last_purchase not in last 7 days");
    const event = (text: string, id: string) => {
      const leaf = leafOf(text);
      if (leaf === undefined || "subject" in leaf || "segment" in leaf || leaf.kind === "sequence")
        throw new Error(text);
      const step = leaf.kind === "measured" ? leaf.measure.step : leaf.step;
      return printed(withManner(leaf, id, eventOf(shop, step)));
    };
    expect(event("placed order at least 3 times in last 90 days", "never")).toBe("placed order never in last 90 days");
    expect(event("placed order where amount > 5 in last 90 days", "sum")).toMatch(
      /^sum of \w+ of placed order where amount > 5 in last 90 days >= 1$/,
    );
  });

  it("a value that is shown and typed again is the same value", () => {
    fc.assert(
      fc.property(conditions, (leaves) => {
        for (const leaf of leaves) {
          if (leaf.kind !== "compare") continue;
          const { value } = leaf;
          const kind =
            value.kind === "moment" ? "timestamp" : value.kind === "input" ? typeOf(leaf.subject.name) : value.kind;
          const again = typedOperand(fieldText(value), kind, shop.inputs);
          expect(again === null ? null : printed({ ...leaf, value: again })).toBe(printed(leaf));
        }
      }),
      { numRuns: 300 },
    );
  });

  it("take numbers in every notation and refuse what is none", () => {
    const typed = (text: string, kind: "number" | "timestamp" | "text") => {
      const value = typedOperand(text, kind, shop.inputs);
      return value === null ? null : fieldText(value);
    };
    expect(["$200", "1,500", "20%", "-3.50"].map((text) => typed(text, "number"))).toEqual([
      "$200",
      "1500",
      "20%",
      "-3.5",
    ]);
    expect(["", "many", "2 OR 3", "'5'", "2026-01-01"].map((text) => typed(text, "number"))).toEqual([
      null,
      null,
      null,
      null,
      null,
    ]);
    expect([typed("2026-10-31", "timestamp"), typed("5", "timestamp")]).toEqual(["2026-10-31", null]);
    expect(typed("it's $5", "text")).toBe("it's $5");
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseRule } from "../../../../server/language/parse-rule.ts";
import type { Rule } from "../../../../server/language/tree.ts";
import type { PreviewView } from "../../../../server/run/preview/view.ts";
import { everyItem } from "../../../../web/segments/builder/edit-model.ts";
import { conditionsIn, type Item, modelOf, textOf } from "../../../../web/segments/builder/model.ts";
import { tallyOf } from "../../../../web/segments/builder/tally.ts";
import { shop } from "../../../server/language/shop.ts";

const SHAPES = [
  "a1",
  "NOT a1",
  "a1 AND a2",
  "a1 AND (a2 OR NOT a3)",
  "NOT (a1 OR a2) AND a3",
  "(a1 AND a2) OR (a3 AND NOT (a1 OR a2))",
];

/** A person has some of the conditions 1, 2 and 3; whoever is taken earlier is marked. */
const people = fc.array(fc.record({ which: fc.nat({ max: 7 }), earlier: fc.boolean() }), { maxLength: 60 });

function viewOf(all: readonly { which: number; earlier: boolean }[]): PreviewView {
  const combinations = Array.from({ length: 8 }, (_, which) => {
    const same = all.filter((each) => each.which === which);
    return { which, people: same.length, earlier: same.filter(({ earlier }) => earlier).length };
  });
  const conditions = [1, 2, 3].map(() => ({ missing: 0, problem: null }));
  return { people: all.length, excluded: 0, sample: null, exclusive: true, conditions, combinations };
}

/** Null where everything in it is out. */
function holds(rule: Rule, which: number, out: (text: string) => boolean): boolean | null {
  if (rule.kind === "not") {
    const inner = holds(rule.part, which, out);
    return inner === null ? null : !inner;
  }
  if (rule.kind === "and" || rule.kind === "or") {
    const truths = rule.parts.map((part) => holds(part, which, out)).filter((truth) => truth !== null);
    if (truths.length === 0) return null;
    return rule.kind === "and" ? !truths.includes(false) : truths.includes(true);
  }
  if (rule.kind !== "compare" || rule.value.kind !== "number") throw new Error("a number is compared");
  return out(rule.value.value) ? null : ((which >> (Number(rule.value.value) - 1)) & 1) === 1;
}

describe("what each part of a rule does", () => {
  it("is counted from the combinations alone: kept, dropped, without it, and after earlier segments", () => {
    fc.assert(
      fc.property(fc.constantFrom(...SHAPES), people, fc.nat(), (shape, all, pick) => {
        const rule = parseRule(shape.replace(/a(\d)/g, "total_spend > $1"), shop).rule;
        if (rule === null) throw new Error(shape);
        const root = modelOf(rule);
        const texts = [1, 2, 3].map((n) => `total_spend > ${n}`);
        const conditions = conditionsIn(root);
        const muted = conditions[pick % conditions.length];
        if (muted === undefined) throw new Error(shape);
        const tally = tallyOf(root, { view: viewOf(all), texts, muted: new Set([muted.id]) });
        const size = all.filter(({ which }) => holds(rule, which, () => false));
        expect(tally?.size.count).toBe(size.length);
        expect(tally?.left?.count).toBe(size.filter(({ earlier }) => !earlier).length);
        // In these shapes a number that stands once names one condition.
        const number = textOf(muted.leaf).slice(-1);
        if (shape.split(`a${number}`).length === 2) {
          const without = all.filter(({ which }) => holds(rule, which, (text) => text === number) ?? true);
          expect(tally?.muted.count).toBe(without.length);
          expect(tally?.items.get(muted.id)?.without?.change).toBe(without.length - size.length);
        }
        for (const item of everyItem(root)) {
          const told = tally?.items.get(item.id);
          expect((told?.keeps.count ?? 0) + (told?.drops.count ?? 0)).toBe(all.length);
        }
      }),
    );
  });

  it("is not told while a condition has not been counted", () => {
    const root = modelOf(parseRule("total_spend > 1 AND total_spend > 9", shop).rule);
    expect(tallyOf(root, { view: viewOf([]), texts: ["total_spend > 1"], muted: new Set<string>() })).toBeNull();
  });

  it("is guessed from a sample, each with its stretch", () => {
    const root = modelOf(parseRule("total_spend > 1", shop).rule);
    const sampled = { ...viewOf([]), people: 1_000, sample: { people: 1_000, of: 100_000 }, exclusive: false };
    const view = { ...sampled, combinations: [{ which: 1, people: 300, earlier: 0 }] };
    const item: Item | undefined = root.items[0];
    const tally = tallyOf(root, { view, texts: ["total_spend > 1"], muted: new Set<string>() });
    const keeps = tally?.items.get(item?.id ?? "")?.keeps;
    expect(keeps?.count).toBe(30_000);
    expect(keeps && keeps.low < 28_000 && keeps.high > 32_000).toBe(true);
  });
});

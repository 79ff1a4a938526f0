import { describe, expect, it } from "vitest";
import type { Part } from "../../../../server/monitor/explain/decompose.ts";
import { explainBy, plural, splitsOf } from "../../../../server/monitor/explain/split-by.ts";

/** A part with chances and rates before and after. */
function part(name: string, before: readonly [number, number], after: readonly [number, number]): Part {
  const tally = ([n, rate]: readonly [number, number]) => ({ n, x: Math.round(n * rate) });
  return { name, before: tally(before), after: tally(after) };
}

const explain = (columns: Readonly<Record<string, readonly Part[]>>, inflation = 1) => {
  const given = Object.entries(columns).map(([name, parts]) => ({ name, parts }));
  return explainBy(splitsOf(given), given, inflation);
};

const ALIKE = [part("a", [10_000, 0.2], [5_000, 0.15]), part("b", [10_000, 0.4], [5_000, 0.3])];

describe("what most of a change is of", () => {
  it("is mix by the column that explains it, whatever others say", () => {
    const kinds = [part("personal", [14_000, 0.4], [3_000, 0.4]), part("promotional", [6_000, 0.1], [7_000, 0.1])];
    const domains = [part("x", [10_000, 0.31], [5_000, 0.19]), part("y", [10_000, 0.31], [5_000, 0.19])];
    expect(explain({ domain: domains, kind: kinds })).toEqual({
      verdict: "mix",
      causes: ["a change of mix by kind: promotional went from 30 % to 70 % of the sends"],
    });
  });

  it("is one part where that alone moved, and all of a column where all did", () => {
    const domains = [part("gmail.com", [10_000, 0.3], [5_000, 0.2]), part("work.example", [10_000, 0.3], [5_000, 0.3])];
    expect(explain({ mail_domain: domains, campaign: ALIKE })).toEqual({
      verdict: "rate",
      causes: ["mostly gmail.com (100 % of the fall)", "all campaigns"],
    });
    expect(explain({ campaign: ALIKE, device: ALIKE })?.causes).toEqual(["all campaigns and devices"]);
  });

  it("is no part where it differs by no more than chance allows, or is nearly all there is", () => {
    const unsure = [part("a", [300, 0.3], [300, 0.2]), part("b", [300, 0.3], [300, 0.28])];
    expect(explain({ campaign: unsure })?.causes).toEqual(["all campaigns"]);
    const sure = unsure.map(({ name, before, after }) => ({
      name,
      before: { n: 100 * before.n, x: 100 * before.x },
      after: { n: 100 * after.n, x: 100 * after.x },
    }));
    expect(explain({ campaign: sure })?.causes).toEqual(["mostly a (83 % of the fall)"]);
    expect(explain({ campaign: sure }, 100)?.causes).toEqual(["all campaigns"]);
    const whole = [part("a", [95_000, 0.3], [95_000, 0.2]), part("b", [5_000, 0.3], [5_000, 0.3])];
    expect(explain({ campaign: whole })?.causes).toEqual([]);
  });

  it("is a few parts where these alone moved, and not all where one hardly did", () => {
    const two = (n: number) => [
      part("gmx.de", [n, 0.04], [n, 0.006]),
      part("web.de", [n, 0.04], [n, 0.006]),
      part("gmail.com", [3 * n, 0.04], [3 * n, 0.038]),
      part("icloud.com", [n, 0.04], [n, 0.039]),
    ];
    expect(explain({ mail_domain: two(10_000) })?.causes).toEqual(["mostly gmx.de and web.de (91 % of the fall)"]);
    expect(explain({ mail_domain: two(10_000) }, 50)?.causes).toEqual(["all mail domains"]);
    const five = ["a", "b", "c", "d"].map((name) => part(name, [10_000, 0.04], [10_000, 0.02]));
    expect(explain({ device: [...five, part("e", [30_000, 0.04], [30_000, 0.039])] })?.causes).toEqual([
      "all devices but e (96 % of the fall)",
    ]);
  });

  it("is both where each is half of it", () => {
    const kinds = [part("a", [10_000, 0.4], [6_000, 0.34]), part("b", [10_000, 0.1], [14_000, 0.06])];
    const found = explain({ kind: kinds });
    expect(found?.verdict).toBe("both");
    expect(found?.causes[0]).toBe("partly a change of mix by kind: b went from 50 % to 70 % of the sends");
  });

  it("is not told by campaigns of which each has its own days", () => {
    const days = [part("spring", [10_000, 0.4], [0, 0]), part("summer", [0, 0], [10_000, 0.3])];
    expect(explain({ campaign: days })).toBeNull();
    expect(explain({ campaign: days, kind: ALIKE })).toEqual({ verdict: "rate", causes: ["all kinds"] });
  });

  it("names yes and no, numbers and what is missing with their column", () => {
    const parts = [part("true", [10_000, 0.3], [5_000, 0.2]), part("false", [10_000, 0.3], [5_000, 0.3])];
    expect(explain({ is_sale: parts })?.causes).toEqual(["mostly is sale true (100 % of the fall)"]);
  });

  it("has words for several of a column", () => {
    expect(["campaign", "mail_domain", "category", "address", "switch", "day"].map(plural)).toEqual([
      "campaigns",
      "mail domains",
      "categories",
      "address",
      "switches",
      "days",
    ]);
  });
});

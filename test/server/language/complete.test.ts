import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { completeExpression, completeRule, type KnownValues, type Offer } from "../../../server/language/complete.ts";
import { parseExpression } from "../../../server/language/parse-expression.ts";
import { parseRule } from "../../../server/language/parse-rule.ts";
import { shop } from "./shop.ts";

const values: KnownValues = (column, relation) =>
  column !== "country" ? [] : relation === "orders" ? ["UK", "Côte d'Ivoire"] : ["FR", "UK"];

/** What is offered where `|` stands, as the text would be after it was taken. */
function taken(marked: string, complete = completeRule): string[] {
  const offset = marked.indexOf("|");
  const text = marked.replace("|", "");
  return complete(text, offset, shop, values).map((offer) => text.slice(0, offer.from) + offer.text);
}

function kinds(marked: string): Offer["kind"][] {
  const offset = marked.indexOf("|");
  return [...new Set(completeRule(marked.replace("|", ""), offset, shop, values).map(({ kind }) => kind))];
}

describe("in a rule", () => {
  test("a condition begins with an attribute, an event or a word of the language", () => {
    expect(kinds("|")).toEqual(["attribute", "event", "word"]);
    for (const rule of ["|", "visits > 3 and |", "not |", "(|", "visits > 3 and (country = 'UK' or |"]) {
      expect(taken(rule)).toContain(`${rule.replace("|", "")}total_spend `);
      expect(taken(rule)).toContain(`${rule.replace("|", "")}placed order `);
    }
  });

  test("a name of several words is completed from its start, however it is written", () => {
    expect(taken("placed or|")).toContain("placed order ");
    expect(taken("Total Sp|")).toContain("total_spend ");
    expect(taken("visits > 3 and viewed product a|")).toContain("visits > 3 and viewed product again ");
    expect(taken("spe|")).toContain("total_spend ");
    expect(taken("between d|")).toContain("`between days` ");
  });

  test("operators fit the type", () => {
    expect(taken("visits |")).toContain("visits > ");
    expect(taken("visits |")).not.toContain("visits contains ");
    expect(taken("country |")).toContain("country contains ");
    expect(taken("country |")).not.toContain("country in last ");
    expect(taken("country not |")).toContain("country not in (");
    expect(taken("birthday |")).toContain("birthday anniversary in next ");
    expect(taken("last_purchase in l|")).toContain("last_purchase in last ");
    expect(taken("subscribed |")).toEqual([
      "subscribed = ",
      "subscribed != ",
      "subscribed is known",
      "subscribed is not known",
    ]);
    expect(taken("tags |")).toEqual(["tags is known", "tags is not known"]);
    expect(taken("visits >|")).toContain("visits >= ");
  });

  test("values are those that are known, quoted, and inputs that fit", () => {
    expect(taken("country = |")).toEqual(["country = 'FR'", "country = 'UK'", "country = $place", "country = $empty"]);
    expect(taken("country = 'U|")).toEqual(["country = 'UK'"]);
    expect(taken("country in ('FR', |")).toContain("country in ('FR', 'UK'");
    expect(taken("placed order where country = |")).toContain("placed order where country = 'Côte d''Ivoire'");
    expect(taken("subscribed = |")).toEqual(["subscribed = true", "subscribed = false"]);
    expect(taken("visits > $|")).toEqual(["visits > $least"]);
    expect(taken("last_purchase after |")).toContain("last_purchase after $since");
  });

  test("units stand behind a number, with AGO where it is needed", () => {
    expect(taken("last_purchase < 7 |")).toContain("last_purchase < 7 days ago");
    expect(taken("placed order in last 30 |")).toContain("placed order in last 30 days");
    expect(taken("placed order in last 30 d|")).toEqual(["placed order in last 30 days"]);
    expect(taken("placed order more than 3 |")).toEqual(
      expect.arrayContaining(["placed order more than 3 times", "placed order more than 3 days ago"]),
    );
    expect(taken("visits > 7 |")).not.toContain("visits > 7 days ago");
  });

  test("behind an event stand WHERE, how often and when, each once", () => {
    const first = taken("placed order |");
    for (const more of ["where ", "at least ", "never", "in last ", "then ", "and "]) {
      expect(first).toContain(`placed order ${more}`);
    }
    expect(taken("placed order never |")).not.toContain("placed order never at least ");
    expect(taken("placed order in last 30 days |")).not.toContain("placed order in last 30 days in last ");
    expect(taken("placed order at l|")).toEqual(["placed order at least "]);
    expect(taken("placed order at least 3 |")).toEqual(["placed order at least 3 times"]);
  });

  test("behind WHERE stand the columns of the event at hand", () => {
    expect(kinds("placed order where |")).toEqual(["property"]);
    expect(taken("placed order where am|")).toEqual(["placed order where amount "]);
    expect(taken("viewed product where |")).toContain("viewed product where category ");
    expect(taken("viewed product where |")).not.toContain("viewed product where amount ");
    // A further condition may be the event's or the person's.
    expect(taken("placed order where amount > 5 and |")).toEqual(
      expect.arrayContaining(["placed order where amount > 5 and items ", "placed order where amount > 5 and visits "]),
    );
    expect(taken("placed order where (amount > 5 and |")).not.toContain("placed order where (amount > 5 and visits ");
  });

  test("a measure takes columns that it can be taken of, then an event, then a comparison", () => {
    expect(taken("sum of |")).toContain("sum of amount of placed order ");
    expect(taken("sum of |")).not.toContain("sum of country of placed order ");
    expect(taken("sum of amount of |")).toContain("sum of amount of placed order ");
    expect(taken("sum of amount of placed order |")).toContain("sum of amount of placed order > ");
    expect(taken("count of |")).toContain("count of opened email ");
    expect(taken("distinct |")).toContain("distinct country of placed order ");
  });

  test("segments are named, with their cell where several have one of the name", () => {
    expect(taken("in segment |")).toEqual(
      expect.arrayContaining(["in segment VIP ", "in segment personas.Both ", "in segment `in doubt` "]),
    );
    expect(taken("in segment Wee|")).toEqual(["in segment Weekly buyers "]);
    expect(taken("entered segment VIP |")).toContain("entered segment VIP in last ");
  });

  test("a sequence goes on and ends with WITHIN", () => {
    expect(taken("viewed product then |")).toContain("viewed product then placed order ");
    expect(taken("viewed product then placed order |")).toContain("viewed product then placed order within ");
    expect(taken("viewed product then placed order within 3 |")).toContain(
      "viewed product then placed order within 3 days",
    );
  });

  test("an earlier slip does not end the help", () => {
    expect(taken("total_spend > > 5 and country |")).toContain("total_spend > > 5 and country = ");
  });

  test("nothing is offered inside a text, and nothing that is there already", () => {
    expect(taken("country contains 'zz|")).toEqual([]);
    expect(taken("placed order never|")).toEqual([]);
  });

  test("whatever stands there, an offer begins in it and is not refused where it was put", () => {
    const words = [
      "placed order",
      "visits",
      "country",
      "where",
      ">",
      "'UK'",
      "3",
      "days",
      "and",
      "(",
      ")",
      "in last",
      "'",
    ];
    const anyText = fc.array(fc.constantFrom(...words), { maxLength: 7 }).map((each) => each.join(" "));
    fc.assert(
      fc.property(anyText, fc.nat(), (text, place) => {
        const offset = place % (text.length + 1);
        for (const offer of completeRule(text, offset, shop, values)) {
          expect(offer.from).toBeLessThanOrEqual(offset);
          const before = text.slice(0, offer.from);
          const slips = (rule: string) => parseRule(rule, shop).problems.filter(({ to }) => to < offer.from);
          expect(slips(before + offer.text.trimEnd()).length).toBeLessThanOrEqual(slips(`${before} `).length + 1);
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe("in a feature's expression", () => {
  const feature = (marked: string) => taken(marked, completeExpression);

  test("it begins with what features are made of", () => {
    expect(feature("|")).toEqual(expect.arrayContaining(["days since last ", "count of ", "most frequent "]));
    expect(feature("days s|")).toEqual(["days since last ", "days since first "]);
    expect(feature("count of placed order / |")).toContain("count of placed order / sum of ");
  });

  test("then come events, columns and windows", () => {
    expect(feature("days since last |")).toContain("days since last placed order ");
    expect(feature("most frequent |")).toContain("most frequent category of viewed product ");
    expect(feature("count of placed order in last |")).toEqual(["count of placed order in last $least"]);
    expect(feature("count of placed order |")).toContain("count of placed order in last ");
    expect(feature("count of placed order |")).not.toContain("count of placed order never");
    const whole = "sum of amount of placed order in last 90 days where country = 'UK'";
    expect(parseExpression(whole, shop).problems).toEqual([]);
    expect(feature("sum of amount of placed order in last 90 days where country = |")).toContain(whole);
  });
});

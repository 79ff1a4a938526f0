import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { parseRule } from "../../../server/language/parse-rule.ts";
import type { Clock } from "../../../server/language/vocabulary.ts";
import { holds } from "./interpreter.ts";
import { ids, load, members, open } from "./members.ts";
import { shop, today } from "./shop.ts";

beforeAll(async () => {
  await open();
});

describe("Sequences", () => {
  test("include the last moment of WITHIN, and take equal times in either order", async () => {
    await load({
      people: ids(4),
      views: [
        { customer_id: 1, at: "2026-11-01T00:00:00Z" },
        { customer_id: 2, at: "2026-11-01T00:00:00Z" },
        { customer_id: 3, at: "2026-11-05T00:00:00Z" },
        { customer_id: 4, at: "2026-11-06T00:00:00Z" },
      ],
      orders: [
        { customer_id: 1, at: "2026-11-04T00:00:00" },
        { customer_id: 2, at: "2026-11-04T00:00:00.000001" },
        { customer_id: 3, at: "2026-11-05T00:00:00" },
        { customer_id: 4, at: "2026-11-05T00:00:00" },
      ],
    });
    const rules = {
      there: "viewed product then placed order within 3 days",
      back: "placed order then viewed product within 1 day",
    };
    expect(await members(rules)).toEqual({ there: "1 3", back: "3 4" });
  });

  test("of two kinds are found on both sides of 1970 and of the borders between stretches of WITHIN", async () => {
    const at = [-3, -2, -1, 0, 1, 2, 3].map((days) => new Date(days * 86_400_000).toISOString());
    const pairs = at.flatMap((view, from) => at.map((order, to) => ({ view, order, days: to - from })));
    await load({
      people: ids(pairs.length),
      views: pairs.map(({ view }, index) => ({ customer_id: index + 1, at: view })),
      orders: pairs.map(({ order }, index) => ({ customer_id: index + 1, at: order.slice(0, -1) })),
    });
    const found = pairs.flatMap(({ days }, index) => (days >= 0 && days <= 2 ? [index + 1] : []));
    expect(await members({ near: "viewed product then placed order within 2 days" })).toEqual({
      near: found.join(" "),
    });
  });

  test("need different events, even at one moment", async () => {
    await load({
      people: ids(3),
      orders: [1, 2, 2, 3, 3, 3].map((customer) => ({ customer_id: customer, at: "2026-11-01T00:00:00", amount: 5 })),
    });
    expect(
      await members({
        two: "placed order then placed order within 1 minute",
        three: "placed order then placed order where amount = 5 then placed order within 1 minute",
      }),
    ).toEqual({ two: "2 3", three: "3" });
  });

  test("need different events where one kind is part of another", async () => {
    const opened = shop.events.find((event) => event.words === "opened email");
    if (!opened) throw new Error("no event");
    const vocabulary = { ...shop, events: [...shop.events, { ...opened, words: "was mailed", where: null }] };
    await load({
      people: ids(2),
      mails: [
        { customer_id: 1, at: "2026-11-01", kind: "open" },
        { customer_id: 2, at: "2026-11-01", kind: "open" },
        { customer_id: 2, at: "2026-11-01", kind: "sent" },
      ],
    });
    const rules = {
      there: "was mailed then opened email within 1 day",
      back: "opened email then was mailed within 1 day",
    };
    expect(await members(rules, { vocabulary })).toEqual({ there: "2", back: "2" });
  });

  test("hold each step to its WHERE and all of them to the window", async () => {
    const order = (customer_id: number, at: string, amount: number) => ({ customer_id, at, amount });
    await load({
      people: ids(3),
      orders: [
        order(1, "2026-10-01T00:00:00", 1),
        order(1, "2026-11-01T00:00:00", 9),
        order(2, "2026-11-01T00:00:00", 1),
        order(2, "2026-11-02T00:00:00", 9),
        order(3, "2026-11-01T00:00:00", 9),
        order(3, "2026-11-02T00:00:00", 1),
      ],
    });
    const text = "placed order where amount < 5 then placed order where amount > 5 within 2 months in last 30 days";
    expect(await members({ text })).toEqual({ text: "2" });
  });

  test("measure elapsed time over a changed clock, and calendar months in the zone", async () => {
    const clock: Clock = { ...today, zone: "Europe/London" };
    await load({
      people: ids(4),
      orders: [
        // 25 hours pass from midnight to midnight when the clock goes back.
        { customer_id: 1, at: "2026-10-25T00:00:00" },
        { customer_id: 1, at: "2026-10-26T00:00:00" },
        { customer_id: 2, at: "2026-10-24T00:00:00" },
        { customer_id: 2, at: "2026-10-25T00:00:00" },
        // A month from 31 January ends on 28 February.
        { customer_id: 3, at: "2026-01-31T12:00:00" },
        { customer_id: 3, at: "2026-02-28T12:00:00" },
        { customer_id: 4, at: "2026-01-31T12:00:00" },
        { customer_id: 4, at: "2026-02-28T12:00:01" },
      ],
    });
    const rules = {
      day: "placed order then placed order within 24 hours",
      month: "placed order then placed order within 1 month",
    };
    expect(await members(rules, { clock })).toEqual({ day: "2", month: "1 2 3" });
  });

  test("agree with trying every choice of events, where many share a moment", async () => {
    const when = fc.nat({ max: 5 }).map((hours) => `2026-11-01T0${hours}:00:00`);
    const orders = fc.array(
      fc.record({
        customer_id: fc.constantFrom(1, 2),
        at: when,
        amount: fc.constantFrom(1, 2),
        country: fc.constantFrom("UK", "FR"),
      }),
      { maxLength: 10 },
    );
    const views = fc.array(fc.record({ customer_id: fc.constantFrom(1, 2), at: when.map((at) => `${at}Z`) }), {
      maxLength: 3,
    });
    const step = fc.constantFrom(
      "placed order",
      "placed order where amount = 1",
      "placed order where amount = 2",
      "placed order where country = 'UK'",
      "viewed product",
    );
    const text = fc
      .tuple(
        fc.array(step, { minLength: 2, maxLength: 5 }),
        fc.constantFrom("1 minute", "1 hour", "2 hours", "3 hours"),
      )
      .map(([steps, within]) => `${steps.join(" then ")} within ${within}`);
    await fc.assert(
      fc.asyncProperty(
        orders,
        views,
        fc.array(text, { minLength: 8, maxLength: 8 }),
        async (orderRows, viewRows, texts) => {
          const people = ids(2);
          await load({ people, orders: orderRows, views: viewRows });
          const named = Object.fromEntries(texts.map((each, index) => [`s${index}`, each]));
          const world = { vocabulary: shop, clock: today, relations: { orders: orderRows, views: viewRows } };
          const expected = Object.entries(named).map(([name, each]) => {
            const { rule } = parseRule(each, shop);
            if (!rule) throw new Error(each);
            return [
              name,
              people
                .filter((person) => holds(world, person, rule))
                .map((person) => person.customer_id)
                .join(" "),
            ];
          });
          expect(await members(named), JSON.stringify(named)).toEqual(Object.fromEntries(expected));
        },
      ),
      { numRuns: 60 },
    );
  });
});

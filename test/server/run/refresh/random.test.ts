import fc from "fast-check";
import { expect, test } from "vitest";
import { cell, openRuns } from "../notebook-runs.ts";
import { notebook, ordersFile, peopleFile, refresh } from "./refreshes.ts";

const RULES = [
  "placed order in last 5 days",
  "placed order at least 2 times in last 9 days",
  "NOT placed order in last 4 days",
  "country = 'UK' AND sum of amount of placed order > 15",
  "in segment a OR country is not known",
];
const PEOPLE = [0, 1, 2, 3, 4];
const countries = fc.array(fc.constantFrom("UK", "DE", ""), { minLength: 5, maxLength: 5 });
const orders = fc.array(
  fc.record({
    who: fc.constantFrom(...PEOPLE),
    day: fc.integer({ min: 1, max: 20 }),
    amount: fc.constantFrom(5, 10, 20),
  }),
  { maxLength: 8 },
);
const step = fc.record({
  days: fc.integer({ min: 0, max: 5 }),
  orders,
  countries,
  a: fc.constantFrom(...RULES.slice(0, 4)),
  b: fc.constantFrom(...RULES),
});

test("Any data and rules: the history gives back who was in at each refresh, and causes add up to what changed", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 4 }), async (steps) => {
      const runs = await openRuns({});
      let day = 8;
      let all: { who: number; at: string; amount: number }[] = [];
      const were: { day: string; members: string[] }[] = [];
      let sizes = new Map<string, number>();
      let text = "";
      for (const { days, orders: more, countries: where, a, b } of steps) {
        day += days;
        const at = (one: number) => `2026-10-${String(one).padStart(2, "0")}`;
        all = [...all, ...more.map(({ who, day: on, amount }) => ({ who, amount, at: at(on) }))];
        await runs.put("orders.csv", ordersFile(all));
        await runs.put("people.csv", peopleFile(PEOPLE.map((who) => ({ who, country: where[who] ?? "" }))));
        text = notebook({ rules: { a, b } });
        const view = await refresh(runs, text, at(day));
        const rows = (await runs.rows(text, "groups", { asOf: at(day) })) as unknown[][];
        const members = rows.map((row) => row.join(" ")).sort();
        if (view.state === "recorded") {
          for (const { segment, size, entered, left, causes } of view.segments) {
            expect(size).toBe((sizes.get(segment) ?? 0) + entered - left);
            expect(causes.reduce((sum, one) => sum + one.entered, 0)).toBe(entered);
            expect(causes.reduce((sum, one) => sum + one.left, 0)).toBe(left);
            expect(size).toBe(members.filter((one) => one.endsWith(` ${segment}`)).length);
          }
          sizes = new Map(view.segments.map(({ segment, size }) => [segment, size]));
        }
        // Of two refreshes of one moment the later one tells.
        const before = were.filter((one) => one.day !== at(day));
        were.splice(0, were.length, ...before, { day: at(day), members });
      }
      const asked = were.map(({ day: on }) => {
        const moment = `TIMESTAMPTZ '${on} 00:00:00+00' + INTERVAL 1 DAY`;
        return `SELECT '${on}' AS day, customer_id, segment FROM membership WHERE since <= ${moment} AND ("until" IS NULL OR "until" > ${moment})`;
      });
      const asking = `${text}${cell("sql", "asked", `${asked.join("\nUNION ALL\n")}\nORDER BY ALL`)}`;
      const last = were.at(-1)?.day ?? "";
      await runs.run(asking, { asOf: last, cells: ["asked"] });
      const found = ((await runs.rows(asking, "asked", { asOf: last })) as unknown[][]).map((row) => row.join(" "));
      const expected = were.flatMap(({ day: on, members }) => members.map((one) => `${on} ${one}`));
      expect(found.sort()).toEqual(expected.sort());
    }),
    { numRuns: 3 },
  );
});

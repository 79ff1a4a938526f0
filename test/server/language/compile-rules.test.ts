import type { DuckDBConnection } from "@duckdb/node-api";
import { beforeAll, describe, expect, test } from "vitest";
import { compileRules } from "../../../server/language/compile-rules.ts";
import { parseRule } from "../../../server/language/parse-rule.ts";
import { fill, rowsOf } from "./duckdb.ts";
import { type Around, compile, ids, load, members, open, sqlOf } from "./members.ts";
import { shop, today } from "./shop.ts";

let engine: DuckDBConnection;
beforeAll(async () => {
  engine = await open();
});

describe("The rules of the format page run as written", () => {
  test("over people and events whose outcome was worked out by hand", async () => {
    await load({
      people: [
        { customer_id: 1, total_spend: 200.01, last_purchase: "2026-11-04T00:00:01" },
        { customer_id: 2, total_spend: 200, last_purchase: "2026-11-10T00:00:00" },
        { customer_id: 3, total_spend: 900, last_purchase: "2026-11-04T00:00:00" },
        { customer_id: 4, total_spend: 900, last_purchase: "2026-11-11T00:00:00" },
        { customer_id: 5 },
      ],
      orders: [
        { customer_id: 1, at: "2026-10-12T00:00:00", amount: 10 },
        { customer_id: 2, at: "2026-10-11T23:59:59", amount: 501 },
        { customer_id: 3, at: "2026-09-01T00:00:00", amount: 1 },
        { customer_id: 3, at: "2026-10-01T00:00:00", amount: 1 },
        { customer_id: 3, at: "2026-11-01T00:00:00", amount: 1 },
        { customer_id: 4, at: "2026-11-11T00:00:00", amount: 9999 },
        { customer_id: null, at: "2026-11-01T00:00:00", amount: 9999 },
      ],
      views: [
        { customer_id: 1, at: "2020-01-01T00:00:00Z", category: "X" },
        { customer_id: 3, at: "2026-11-01T00:00:00Z", category: "x" },
      ],
      mails: [
        { customer_id: 2, at: "2026-11-01", kind: "open" },
        { customer_id: 3, at: "2026-11-01", kind: "click" },
      ],
    });
    const rules = {
      first: "Total Spend > $200 AND Last Purchase < 7 Days Ago",
      second: "Placed Order in Last 30 Days AND Viewed Product where category = 'X'",
      third:
        "(placed order at least 3 times in last 90 days OR sum of amount of placed order in last 90 days > 500) AND NOT (opened email never in last 60 days)",
    };
    expect(await members(rules)).toEqual({ first: "1", second: "1", third: "2" });
  });

  test("never in a window and NOT in it are the same", async () => {
    await load({ people: ids(2), orders: [{ customer_id: 1, at: "2026-11-01T00:00:00" }] });
    const rules = { never: "placed order never in last 90 days", not: "not placed order in last 90 days" };
    expect(await members(rules)).toEqual({ never: "2", not: "2" });
  });

  test("few, none and exactly 0 hold for people without any event", async () => {
    await load({ people: ids(2), orders: [{ customer_id: 1, at: "2026-11-01T00:00:00", amount: 5 }] });
    expect(
      await members({
        most: "placed order at most 0 times",
        fewer: "placed order fewer than 1 times",
        exactly: "placed order exactly 0 times",
        sum: "sum of amount of placed order = 0",
        count: "count of placed order < 1",
        distinct: "distinct amount of placed order between 0 and 0",
        average: "average amount of placed order < 1",
        largest: "not max amount of placed order > 1",
      }),
    ).toEqual({ most: "2", fewer: "2", exactly: "2", sum: "2", count: "2", distinct: "2", average: "", largest: "2" });
  });
});

describe("What is missing is neither equal nor unequal to anything", () => {
  test("infix NOT and != are false where a value is missing, prefix NOT is not", async () => {
    await load({ people: [{ customer_id: 1, country: "UK" }, { customer_id: 2, country: "FR" }, { customer_id: 3 }] });
    expect(
      await members({
        unequal: "country != 'UK'",
        notIn: "country not in ('UK')",
        notContains: "country not contains 'U'",
        notBetween: "country not between 'T' and 'V'",
        prefix: "not country in ('UK')",
        twice: "not not country != 'UK'",
        unknown: "country is not known",
      }),
    ).toEqual({ unequal: "2", notIn: "2", notContains: "2", notBetween: "2", prefix: "2 3", twice: "2", unknown: "3" });
  });

  test("an input without a value compares with nothing", async () => {
    await load({ people: [{ customer_id: 1, country: "UK" }, { customer_id: 2 }] });
    const rules = {
      is: "country = $empty",
      not: "country != $empty",
      prefix: "not country = $empty",
      none: "country not between 'A' and $empty",
    };
    expect(await members(rules)).toEqual({ is: "", not: "", prefix: "1 2", none: "" });
  });

  test("texts compare exactly, and % and _ are plain characters", async () => {
    await load({
      people: ["50%", "50x", "a_b", "axb", "It's"].map((country, index) => ({ customer_id: index + 1, country })),
    });
    expect(
      await members({
        ends: "country ends with '%'",
        contains: "country contains '_'",
        starts: "country starts with 'It''s'",
        upper: "country = 'IT''S'",
      }),
    ).toEqual({ ends: "1", contains: "3", starts: "5", upper: "" });
  });
});

describe("Segments in segments", () => {
  const around: Around = { cell: "groups" };

  test("another rule of the cell is a reference, wherever it stands", async () => {
    await load({ people: [{ customer_id: 1, visits: 1 }, { customer_id: 2, visits: 5 }, { customer_id: 3 }] });
    const rules = {
      "in doubt": "in segment `Weekly buyers` and not in segment groups.VIP",
      "Weekly buyers": "in segment VIP or visits = 1",
      VIP: "visits > 3",
    };
    expect(await members(rules, around)).toEqual({ "in doubt": "1", "Weekly buyers": "1 2", VIP: "2" });
  });

  test("a segment of another cell is looked up in its relation", async () => {
    await load({ people: ids(3) });
    await fill(engine, "personas", {
      columns: [
        { name: "customer_id", type: "BIGINT" },
        { name: "segment", type: "VARCHAR" },
      ],
      rows: [
        { customer_id: 1, segment: "Cluster 1" },
        { customer_id: 1, segment: "Both" },
        { customer_id: 2, segment: "Both" },
        { customer_id: null, segment: "Both" },
      ],
    });
    const rules = {
      one: "in segment cluster 1",
      both: "in segment personas.Both",
      not: "not in segment personas.Both",
    };
    expect(await members(rules, around)).toEqual({ one: "1", both: "1 2", not: "3" });
  });

  test("a cycle is an error that names the way round", () => {
    const compiled = compile({ VIP: "in segment `Weekly buyers`", "Weekly buyers": "not in segment VIP" }, around);
    expect(compiled).toMatchObject({ ok: false, problems: [{ code: "segment-cycle", rule: "VIP" }] });
    expect(compiled.ok ? "" : compiled.problems[0]?.message).toContain("`VIP` → `Weekly buyers` → `VIP`");
  });

  test("ENTERED and LEFT say that they need recorded refreshes", () => {
    const compiled = compile({ a: "entered segment VIP in last 7 days", b: "left segment VIP in last 7 days" });
    expect(compiled.ok ? [] : compiled.problems.map(({ code, rule }) => `${rule} ${code}`)).toEqual([
      "a needs-refreshes",
      "b needs-refreshes",
    ]);
  });
});

describe("Values keep all of their digits", () => {
  test("whole numbers beyond a double's reach are told apart, and fractions do not overflow them", async () => {
    const vocabulary = {
      ...shop,
      attributes: [...shop.attributes, { name: "big", type: "BIGINT" }, { name: "money", type: "DECIMAL(38,2)" }],
    };
    await load(
      {
        people: [
          { customer_id: 1, big: "9007199254740993", money: "999999999999999999999999999999999999.01" },
          { customer_id: 2, big: "9007199254740992", money: "0.10" },
          { customer_id: 3, big: "9223372036854775807", money: "-0.10" },
        ],
      },
      vocabulary,
    );
    const rules = {
      one: "big = 9007199254740993",
      above: "big > 0.00000000000000000000000001",
      never: "big = 1.5",
      always: "big != 1.5",
      dime: "money = 0.1",
      fraction: "money > 0.0999999",
      most: "money <= 0.1000001",
      exact: "money = 999999999999999999999999999999999999.01",
    };
    expect(await members(rules, { vocabulary })).toEqual({
      one: "1",
      above: "1 2 3",
      never: "",
      always: "1 2 3",
      dime: "2",
      fraction: "1 2",
      most: "2 3",
      exact: "1",
    });
  });

  test("0.1 in a column of doubles equals 0.1 and 10%", async () => {
    await load({
      people: [
        { customer_id: 1, score: 0.1 },
        { customer_id: 2, score: 0.1000000001 },
      ],
    });
    expect(await members({ plain: "score = 0.1", share: "score = 10%" })).toEqual({ plain: "1", share: "1" });
  });
});

describe("Names and keys", () => {
  test("quotes in names and texts stay what they are", async () => {
    await load({ people: [{ customer_id: 1, country: `'); DROP TABLE people; --"` }] });
    const rules = { "a\"b' c": `country = '''); DROP TABLE people; --"'`, "SELECT 1": "country contains '\"'" };
    expect(await members(rules)).toEqual({ "a\"b' c": "1", "SELECT 1": "1" });
  });

  test("a key that is a number here and a text there still finds its events", async () => {
    const texts = shop.events.map((event) => ({
      ...event,
      columns: event.columns.map((column) =>
        column.name === "customer_id" ? { name: "customer_id", type: "VARCHAR" } : column,
      ),
    }));
    const vocabulary = { ...shop, events: texts };
    await load(
      {
        people: ids(2),
        orders: [
          { customer_id: "1", at: "2026-11-01T00:00:00" },
          { customer_id: "no number", at: "2026-11-01T00:00:00" },
        ],
      },
      vocabulary,
    );
    const rules = { order: "placed order", twice: "placed order then placed order within 1 day" };
    expect(await members(rules, { vocabulary })).toEqual({ order: "1", twice: "" });
  });

  test("columns are passed through on demand, and rules that would share a name are refused", async () => {
    await load({ people: [{ customer_id: 1, country: "UK" }] });
    const { rule } = parseRule("visits > 1", shop);
    if (!rule) throw new Error("no rule");
    const request = { of: "people", entity: "customer_id", vocabulary: shop, clock: today, cell: "here" };
    const passed = compileRules({ ...request, rules: [{ name: "a", rule }], extraColumns: ["country"] });
    expect(passed.ok && (await rowsOf(engine, passed.sql))).toEqual([{ customer_id: "1", country: "UK", a: false }]);
    const clash = compileRules({
      ...request,
      rules: [
        { name: "VIP", rule },
        { name: "vip", rule },
      ],
    });
    expect(clash).toMatchObject({ ok: false, problems: [{ code: "duplicate-name", rule: "vip" }] });
  });

  test("a number of times that is too large is said to be so", () => {
    const compiled = compile({ a: "placed order at least 99999999999999999999 times" }, { vocabulary: shop });
    expect(compiled).toMatchObject({ ok: false, problems: [{ code: "bad-input", hint: "Take a smaller one." }] });
  });

  test("an input that can't be a number of times is said when it is used", () => {
    const inputs = [{ name: "least", type: "number" as const, value: 1.5 }];
    const compiled = compile({ a: "placed order at least $least times" }, { vocabulary: { ...shop, inputs } });
    expect(compiled).toMatchObject({ ok: false, problems: [{ code: "bad-input", rule: "a" }] });
  });
});

test("however many rules there are, an event relation is read once", async () => {
  await load({
    people: ids(3),
    orders: [{ customer_id: 1, at: "2026-11-01T00:00:00", amount: 5 }],
    views: [{ customer_id: 1, at: "2026-11-01T00:00:00Z" }],
  });
  const texts = Array.from({ length: 20 }, (_, index) => [
    `r${index}`,
    `placed order at least ${index} times in last ${index + 1} days or sum of amount of placed order where items = ${index} > 5 or viewed product`,
  ]);
  const [row] = await rowsOf(engine, `EXPLAIN (FORMAT json) ${sqlOf(Object.fromEntries(texts))}`);
  // The engine writes `views` in quotes, as a word of its own.
  const plan = String(row?.explain_value).replace(/[\\"]/g, "");
  const scans = (relation: string) => plan.split(`Table: memory.main.${relation},`).length - 1;
  expect([scans("orders"), scans("views"), scans("people")]).toEqual([1, 1, 1]);
});

import { describe, expect, test } from "vitest";
import { describeExpression, describeRule } from "../../../server/language/describe.ts";
import { parseExpression } from "../../../server/language/parse-expression.ts";
import { parseRule } from "../../../server/language/parse-rule.ts";
import { printRule } from "../../../server/language/print-rule.ts";
import { shop, today } from "./shop.ts";

/** The moment and the inputs' values that the page tells. */
const told = { ...today, inputs: shop.inputs };

/** What is written, how it is read (with every group in brackets where there is a choice), and what the page says. */
const READINGS: readonly (readonly [text: string, read: string, said: string])[] = [
  // The three of the format.
  [
    "Total Spend > $200 AND Last Purchase < 7 Days Ago",
    "total_spend > $200 AND last_purchase < 7 days ago",
    "total_spend is more than 200, and last_purchase is after 4 Nov 2026, 00:00 and before 11 Nov 2026, 00:00 (UTC)",
  ],
  [
    "Placed Order in Last 30 Days AND Viewed Product where category = 'X'",
    "placed order in last 30 days AND viewed product where (category = 'X')",
    "placed order at least once from 12 Oct to 10 Nov 2026, and viewed product (where category is 'X') at least once",
  ],
  [
    "(placed order at least 3 times in last 90 days OR sum of amount of placed order in last 90 days > 500) AND NOT (opened email never in last 60 days)",
    "(placed order at least 3 times in last 90 days OR sum of amount of placed order in last 90 days > 500) AND NOT opened email never in last 60 days",
    "(placed order at least 3 times from 13 Aug to 10 Nov 2026, or the sum of amount of placed order events from 13 Aug to 10 Nov 2026 is more than 500), and not (never opened email from 12 Sep to 10 Nov 2026)",
  ],
  // Ranks: NOT before AND before OR.
  [
    "visits = 1 or visits = 2 and visits = 3",
    "visits = 1 OR (visits = 2 AND visits = 3)",
    "visits is 1, or (visits is 2, and visits is 3)",
  ],
  ["not visits = 1 and visits = 2", "NOT visits = 1 AND visits = 2", "not (visits is 1), and visits is 2"],
  ["not not visits = 1", "NOT NOT visits = 1", "not (not (visits is 1))"],
  [
    "(visits = 1 or visits = 2) and visits = 3",
    "(visits = 1 OR visits = 2) AND visits = 3",
    "(visits is 1, or visits is 2), and visits is 3",
  ],
  ["((visits = 1))", "visits = 1", "visits is 1"],
  [
    "(visits = 1 and visits = 2) and visits = 3",
    "(visits = 1 AND visits = 2) AND visits = 3",
    "(visits is 1, and visits is 2), and visits is 3",
  ],
  ["VISITS = 1 AnD not Visits = 2", "visits = 1 AND NOT visits = 2", "visits is 1, and not (visits is 2)"],
  // Numbers.
  ["total_spend > 1,500", "total_spend > 1500", "total_spend is more than 1500"],
  ["total_spend > $1,234,567.50", "total_spend > $1234567.5", "total_spend is more than 1234567.5"],
  ["score >= 20%", "score >= 20%", "score is at least 0.2"],
  ["score < .5", "score < 0.5", "score is less than 0.5"],
  ["score > -0.50", "score > -0.5", "score is more than -0.5"],
  ["total_spend <= -$5", "total_spend <= -$5", "total_spend is at most -5"],
  ["visits in (1,500)", "visits in (1, 500)", "visits is one of 1, 500"],
  ["visits in (1,500,2)", "visits in (1, 500, 2)", "visits is one of 1, 500, 2"],
  ["visits between 1,000 and 2,000", "visits between 1000 and 2000", "visits is between 1000 and 2000"],
  ["visits not between 1 and 2", "visits not between 1 and 2", "visits is known and not between 1 and 2"],
  [
    "visits between 1 and 2 and visits = 3",
    "visits between 1 and 2 AND visits = 3",
    "visits is between 1 and 2, and visits is 3",
  ],
  [
    "score > 12345678901234567890.123456789",
    "score > 12345678901234567890.123456789",
    "score is more than 12345678901234567890.123456789",
  ],
  // Texts and names: a quoted word is a name on the left and a text on the right.
  [`"country" = "UK"`, "country = 'UK'", "country is 'UK'"],
  ["`country` = 'UK'", "country = 'UK'", "country is 'UK'"],
  ["country = 'O''Brien'", "country = 'O''Brien'", "country is 'O'Brien'"],
  [`country = "O'Brien"`, "country = 'O''Brien'", "country is 'O'Brien'"],
  ["country = ' AND x'", "country = ' AND x'", "country is ' AND x'"],
  ["country = '100%_'", "country = '100%_'", "country is '100%_'"],
  ["country not in ('UK', \"F'R\")", "country not in ('UK', 'F''R')", "country is known and none of 'UK', 'F'R'"],
  ["not country in ('UK')", "NOT country in ('UK')", "not (country is one of 'UK')"],
  ["country not contains 'x'", "country not contains 'x'", "country is known and does not contain 'x'"],
  ["country starts with 'U'", "country starts with 'U'", "country starts with 'U'"],
  ["country ENDS WITH 'K'", "country ends with 'K'", "country ends with 'K'"],
  ["country != 'UK'", "country != 'UK'", "country is known and not 'UK'"],
  ["country is not known", "country is not known", "country is missing"],
  ["Country IS KNOWN", "country is known", "country is known"],
  ["`between days` > 3", "`between days` > 3", "between days is more than 3"],
  ["subscribed = true", "subscribed = true", "subscribed is true"],
  ["subscribed != FALSE", "subscribed != false", "subscribed is known and not false"],
  // An event and an attribute of one name.
  ["attribute order > 5", "attribute order > 5", "order is more than 5"],
  ["event order", "event order", "order at least once"],
  ["event order in last 1 day", "event order in last 1 day", "order at least once on 10 Nov 2026"],
  ["event placed order never", "event placed order never", "never placed order"],
  // The longest event wins.
  ["viewed product again", "viewed product again", "viewed product again at least once"],
  ["Viewed-Product  again never", "viewed product again never", "never viewed product again"],
  ["not delivered", "`not delivered`", "not delivered at least once"],
  ["not not delivered", "NOT `not delivered`", "never not delivered"],
  [
    "clicked in email in last 7 days",
    "`clicked in email` in last 7 days",
    "clicked in email at least once from 4 Nov to 10 Nov 2026",
  ],
  ["'clicked in email' never", "`clicked in email` never", "never clicked in email"],
  // Times and windows.
  ["placed order more than 3 times", "placed order more than 3 times", "placed order more than 3 times"],
  [
    "placed order more than 30 days ago",
    "placed order more than 30 days ago",
    "placed order at least once before 12 Oct 2026, 00:00 (UTC)",
  ],
  [
    "placed order more than 3 times more than 30 days ago",
    "placed order more than 3 times more than 30 days ago",
    "placed order more than 3 times before 12 Oct 2026, 00:00 (UTC)",
  ],
  [
    "placed order in the last 2 weeks at most 1 time",
    "placed order at most 1 times in last 2 weeks",
    "placed order at most 1 time from 28 Oct to 10 Nov 2026",
  ],
  ["placed order exactly 0 times", "placed order exactly 0 times", "placed order exactly 0 times"],
  [
    "not placed order in last 90 days",
    "NOT placed order in last 90 days",
    "never placed order from 13 Aug to 10 Nov 2026",
  ],
  [
    "placed order never in last 90 days",
    "placed order never in last 90 days",
    "never placed order from 13 Aug to 10 Nov 2026",
  ],
  [
    "placed order between 2026-08-12 and '2026-11-10'",
    "placed order between 2026-08-12 and 2026-11-10",
    "placed order at least once from 12 Aug to 10 Nov 2026",
  ],
  ["placed order after 2025-12-31", "placed order after 2025-12-31", "placed order at least once after 31 Dec 2025"],
  ["placed order before $since", "placed order before $since", "placed order at least once before 1 Oct 2026 ($since)"],
  [
    "placed order at least $least times",
    "placed order at least $least times",
    "placed order at least 3 ($least) times",
  ],
  [
    "placed order in last 1 month and visits = 1",
    "placed order in last 1 month AND visits = 1",
    "placed order at least once from 11 Oct to 10 Nov 2026, and visits is 1",
  ],
  [
    "last_purchase in last 36 hours",
    "last_purchase in last 36 hours",
    "last_purchase is from 9 Nov 2026, 12:00 to 11 Nov 2026, 00:00 (UTC)",
  ],
  [
    "last purchase not in the last 7 days",
    "last_purchase not in last 7 days",
    "last_purchase is known and not from 4 Nov to 10 Nov 2026",
  ],
  ["last_purchase > 7 days ago", "last_purchase > 7 days ago", "last_purchase is before 4 Nov 2026, 00:00 (UTC)"],
  [
    "last_purchase more than 7 days ago",
    "last_purchase > 7 days ago",
    "last_purchase is before 4 Nov 2026, 00:00 (UTC)",
  ],
  ["last_purchase on 2026-08-12", "last_purchase on 2026-08-12", "last_purchase is on 12 Aug 2026"],
  ["last_purchase > '2026-08-12'", "last_purchase > '2026-08-12'", "last_purchase is after 12 Aug 2026"],
  [
    "last_purchase >= 2026-08-12 09:30",
    "last_purchase >= 2026-08-12 09:30",
    "last_purchase is not before 12 Aug 2026, 09:30 (UTC)",
  ],
  [
    "seen_at before 2026-08-12T09:30+02:00",
    "seen_at before 2026-08-12T09:30+02:00",
    "seen_at is before 12 Aug 2026, 07:30 (UTC)",
  ],
  [
    "birthday anniversary in next 7 days",
    "birthday anniversary in next 7 days",
    "birthday has its anniversary from 10 Nov to 16 Nov 2026",
  ],
  // WHERE.
  [
    "placed order where country = 'UK' or amount > 50 and viewed product",
    "placed order where (country = 'UK' OR amount > 50) AND viewed product",
    "placed order (where country is 'UK', or amount is more than 50) at least once, and viewed product at least once",
  ],
  [
    "placed order where country = 'UK' and amount > 50 at least 2 times and visits = 1",
    "placed order where (country = 'UK' AND amount > 50) at least 2 times AND visits = 1",
    "placed order (where country is 'UK', and amount is more than 50) at least 2 times, and visits is 1",
  ],
  [
    "placed order where (country = 'UK') and country = 'FR'",
    "placed order where (country = 'UK') AND country = 'FR'",
    "placed order (where country is 'UK') at least once, and country is 'FR'",
  ],
  [
    "placed order where country = 'UK' and last purchase in last 3 days",
    "placed order where (country = 'UK') AND last_purchase in last 3 days",
    "placed order (where country is 'UK') at least once, and last_purchase is from 8 Nov to 10 Nov 2026",
  ],
  [
    "placed order where shipped_at < 3 days ago and country is known in last 30 days",
    "placed order where (shipped_at < 3 days ago AND country is known) in last 30 days",
    "placed order (where shipped_at is after 8 Nov 2026, 00:00 and before 11 Nov 2026, 00:00 (UTC), and country is known) at least once from 12 Oct to 10 Nov 2026",
  ],
  [
    "placed order where (shipped_at before 2026-08-12 and not country = 'UK')",
    "placed order where (shipped_at before 2026-08-12 AND NOT country = 'UK')",
    "placed order (where shipped_at is before 12 Aug 2026, and not (country is 'UK')) at least once",
  ],
  [
    "placed order where amount between 1 and 2 between 2026-01-01 and 2026-01-31",
    "placed order where amount between 1 and 2 between 2026-01-01 and 2026-01-31",
    "placed order (where amount is between 1 and 2) at least once from 1 Jan to 31 Jan 2026",
  ],
  [
    "placed order where amount > 5 and viewed product between 2026-01-01 and 2026-01-31",
    "placed order where (amount > 5) AND viewed product between 2026-01-01 and 2026-01-31",
    "placed order (where amount is more than 5) at least once, and viewed product at least once from 1 Jan to 31 Jan 2026",
  ],
  [
    "placed order where amount > 5 and sum of amount of placed order > 9",
    "placed order where (amount > 5) AND sum of amount of placed order > 9",
    "placed order (where amount is more than 5) at least once, and the sum of amount of placed order events is more than 9",
  ],
  [
    "placed order where amount > 5 and attribute country = 'UK'",
    "placed order where (amount > 5) AND attribute country = 'UK'",
    "placed order (where amount is more than 5) at least once, and country is 'UK'",
  ],
  [
    "placed order where amount > 5 and not country = 'UK'",
    "placed order where (amount > 5) AND NOT country = 'UK'",
    "placed order (where amount is more than 5) at least once, and not (country is 'UK')",
  ],
  [
    "placed order in last 3 days where amount in (1,5) never",
    "placed order where amount in (1, 5) never in last 3 days",
    "never placed order (where amount is one of 1, 5) from 8 Nov to 10 Nov 2026",
  ],
  // Measures.
  ["count of placed order > 3", "count of placed order > 3", "the number of placed order events is more than 3"],
  [
    "count of placed order where amount > 5 in last 7 days between 3 and 5",
    "count of placed order where amount > 5 in last 7 days between 3 and 5",
    "the number of placed order events (where amount is more than 5) from 4 Nov to 10 Nov 2026 is between 3 and 5",
  ],
  [
    "count of placed order between 2026-08-01 and 2026-08-31 >= 2",
    "count of placed order between 2026-08-01 and 2026-08-31 >= 2",
    "the number of placed order events from 1 Aug to 31 Aug 2026 is at least 2",
  ],
  [
    "sum amount of placed order > 5",
    "sum of amount of placed order > 5",
    "the sum of amount of placed order events is more than 5",
  ],
  [
    "MAX OF amount OF placed order = 5",
    "max of amount of placed order = 5",
    "the largest amount of placed order events is 5",
  ],
  [
    "distinct category of viewed product >= 2",
    "distinct category of viewed product >= 2",
    "the number of different values of category of viewed product events is at least 2",
  ],
  [
    "average amount of placed order > 5 in last 7 days where items = 1",
    "average of amount of placed order where items = 1 in last 7 days > 5",
    "the average amount of placed order events (where items is 1) from 4 Nov to 10 Nov 2026 is more than 5",
  ],
  [
    "sum of amount of placed order where items = 1 > 5",
    "sum of amount of placed order where (items = 1) > 5",
    "the sum of amount of placed order events (where items is 1) is more than 5",
  ],
  [
    "min of at of placed order > 2026-01-01",
    "min of `at` of placed order > 2026-01-01",
    "the smallest at of placed order events is after 1 Jan 2026",
  ],
  // Segments.
  ["in segment vip", "in segment VIP", "in segment VIP"],
  [
    "IN SEGMENT Weekly Buyers and visits = 1",
    "in segment Weekly buyers AND visits = 1",
    "in segment Weekly buyers, and visits is 1",
  ],
  ["not in segment groups.VIP", "NOT in segment groups.VIP", "not in segment VIP of groups"],
  ["in segment 'in doubt'", "in segment `in doubt`", "in segment in doubt"],
  ["in segment cluster 1", "in segment `Cluster 1`", "in segment Cluster 1"],
  ["in segment bands.both", "in segment bands.Both", "in segment Both of bands"],
  [
    "entered segment VIP in last 7 days",
    "entered segment VIP in last 7 days",
    "entered segment VIP from 4 Nov to 10 Nov 2026",
  ],
  ["left segment VIP before 2026-08-12", "left segment VIP before 2026-08-12", "left segment VIP before 12 Aug 2026"],
  // Sequences.
  [
    "viewed product then placed order within 3 days",
    "viewed product then placed order within 3 days",
    "viewed product, then placed order, all within 3 days",
  ],
  [
    "viewed product where category = 'X' then placed order where amount > 5 then viewed product again within 1 week in last 30 days",
    "viewed product where category = 'X' then placed order where amount > 5 then viewed product again within 1 week in last 30 days",
    "viewed product (where category is 'X'), then placed order (where amount is more than 5), then viewed product again, all within 1 week, from 12 Oct to 10 Nov 2026",
  ],
  [
    "viewed product then placed order in last 30 days within 3 days and visits = 1",
    "viewed product then placed order within 3 days in last 30 days AND visits = 1",
    "viewed product, then placed order, all within 3 days, from 12 Oct to 10 Nov 2026, and visits is 1",
  ],
  // Inputs with their values, and what reads two ways at first sight.
  ["visits > - 5", "visits > -5", "visits is more than -5"],
  ["country = ''", "country = ''", "country is ''"],
  ["country between 'A' and 'F'", "country between 'A' and 'F'", "country is between 'A' and 'F'"],
  [
    "last_purchase not between 2026-08-12 and 2026-08-31",
    "last_purchase not between 2026-08-12 and 2026-08-31",
    "last_purchase is known and not from 12 Aug to 31 Aug 2026",
  ],
  [
    "last_purchase <= 7 days ago",
    "last_purchase <= 7 days ago",
    "last_purchase is not before 4 Nov 2026, 00:00 and before 11 Nov 2026, 00:00 (UTC)",
  ],
  [
    "last_purchase >= 1 month ago",
    "last_purchase >= 1 month ago",
    "last_purchase is not after 11 Oct 2026, 00:00 (UTC)",
  ],
  [
    "placed order exactly 1 time in the last 1 day",
    "placed order exactly 1 times in last 1 day",
    "placed order exactly 1 time on 10 Nov 2026",
  ],
  [
    "placed order before 2026-08-12 10:00",
    "placed order before 2026-08-12 10:00",
    "placed order at least once before 12 Aug 2026, 10:00 (UTC)",
  ],
  [
    "placed order never where amount > 5",
    "placed order where amount > 5 never",
    "never placed order (where amount is more than 5)",
  ],
  [
    "placed order more than 30 days ago at least 2 times where amount > 5",
    "placed order where amount > 5 at least 2 times more than 30 days ago",
    "placed order (where amount is more than 5) at least 2 times before 12 Oct 2026, 00:00 (UTC)",
  ],
  [
    "placed order fewer than 3 times in last 2 quarters",
    "placed order fewer than 3 times in last 2 quarters",
    "placed order fewer than 3 times from 11 May to 10 Nov 2026",
  ],
  [
    "placed order where (country = 'UK' or (amount > 5 and not items = 1)) at least 2 times",
    "placed order where (country = 'UK' OR (amount > 5 AND NOT items = 1)) at least 2 times",
    "placed order (where country is 'UK', or (amount is more than 5, and not (items is 1))) at least 2 times",
  ],
  [
    "placed order where not country = 'UK'",
    "placed order where (NOT country = 'UK')",
    "placed order (where not (country is 'UK')) at least once",
  ],
  [
    "placed order where shipped_at not in last 3 days at least 2 times",
    "placed order where shipped_at not in last 3 days at least 2 times",
    "placed order (where shipped_at is known and not from 8 Nov to 10 Nov 2026) at least 2 times",
  ],
  [
    "placed order where amount > 5 in last 30 days and last_purchase in last 3 days",
    "placed order where amount > 5 in last 30 days AND last_purchase in last 3 days",
    "placed order (where amount is more than 5) at least once from 12 Oct to 10 Nov 2026, and last_purchase is from 8 Nov to 10 Nov 2026",
  ],
  [
    "placed order and viewed product where category = 'X' or seconds > 5",
    "placed order AND viewed product where (category = 'X' OR seconds > 5)",
    "placed order at least once, and viewed product (where category is 'X', or seconds is more than 5) at least once",
  ],
  [
    "placed order at least 2 times where items between 1 and 3 in last 2 weeks",
    "placed order where items between 1 and 3 at least 2 times in last 2 weeks",
    "placed order (where items is between 1 and 3) at least 2 times from 28 Oct to 10 Nov 2026",
  ],
  [
    "not viewed product then placed order within 3 days",
    "NOT viewed product then placed order within 3 days",
    "not (viewed product, then placed order, all within 3 days)",
  ],
  [
    "count of placed order where amount > 5 in last 30 days not between 2 and 4",
    "count of placed order where amount > 5 in last 30 days not between 2 and 4",
    "the number of placed order events (where amount is more than 5) from 12 Oct to 10 Nov 2026 is known and not between 2 and 4",
  ],
  [
    "count of placed order after 2026-08-01 between 2 and 4",
    "count of placed order after 2026-08-01 between 2 and 4",
    "the number of placed order events after 1 Aug 2026 is between 2 and 4",
  ],
  [
    "max of country of placed order = 'UK'",
    "max of country of placed order = 'UK'",
    "the largest country of placed order events is 'UK'",
  ],
  [
    "in segment VIP and not in segment groups.`Weekly buyers`",
    "in segment VIP AND NOT in segment groups.Weekly buyers",
    "in segment VIP, and not in segment Weekly buyers of groups",
  ],
  [
    "visits > 5 or visits > 6 and not visits > 7 or visits > 8",
    "visits > 5 OR (visits > 6 AND NOT visits > 7) OR visits > 8",
    "visits is more than 5, or (visits is more than 6, and not (visits is more than 7)), or visits is more than 8",
  ],
  [
    "not (placed order or viewed product) and visits > 5",
    "NOT (placed order OR viewed product) AND visits > 5",
    "not (placed order at least once, or viewed product at least once), and visits is more than 5",
  ],
  ["not not placed order", "NOT NOT placed order", "not (never placed order)"],
  [
    "last_purchase in last $least days",
    "last_purchase in last $least days",
    "last_purchase is from 8 Nov to 10 Nov 2026 ($least)",
  ],
  [
    "last_purchase < $least days ago",
    "last_purchase < $least days ago",
    "last_purchase is after 8 Nov 2026, 00:00 and before 11 Nov 2026, 00:00 (UTC) ($least)",
  ],
  [
    "last_purchase between $since and 2026-10-31",
    "last_purchase between $since and 2026-10-31",
    "last_purchase is from 1 Oct 2026 ($since) to 31 Oct 2026",
  ],
  ["last_purchase > $since", "last_purchase > $since", "last_purchase is after 1 Oct 2026 ($since)"],
  [
    "last_purchase before $as_of",
    "last_purchase before $as_of",
    "last_purchase is before 11 Nov 2026, 00:00 (UTC) ($as_of)",
  ],
  [
    "placed order at least $least times after $since",
    "placed order at least $least times after $since",
    "placed order at least 3 ($least) times after 1 Oct 2026 ($since)",
  ],
  [
    "viewed product then placed order within $least days",
    "viewed product then placed order within $least days",
    "viewed product, then placed order, all within 3 ($least) days",
  ],
  [
    "birthday anniversary in next $least days",
    "birthday anniversary in next $least days",
    "birthday has its anniversary from 10 Nov to 12 Nov 2026 ($least)",
  ],
  ["country in ($place, 'FR')", "country in ($place, 'FR')", "country is one of 'UK' ($place), 'FR'"],
  ["country = $empty", "country = $empty", "country is $empty"],
  ["visits > 1,000,000", "visits > 1000000", "visits is more than 1000000"],
  [
    "last_purchase on 2026-10-25 and last_purchase > 2026-10-25 01:30",
    "last_purchase on 2026-10-25 AND last_purchase > 2026-10-25 01:30",
    "last_purchase is on 25 Oct 2026, and last_purchase is after 25 Oct 2026, 01:30 (UTC)",
  ],
];

describe("Every text has one reading", () => {
  test.each(READINGS)("%s", (text, read, said) => {
    const { rule, problems } = parseRule(text, shop);
    expect(problems).toEqual([]);
    if (!rule) throw new Error("no rule");
    expect(printRule(rule)).toBe(read);
    expect(describeRule(rule, told)).toBe(said);
    expect(printRule(parseRule(read, shop).rule ?? rule)).toBe(read);
  });

  test("there are at least sixty of them", () => {
    expect(READINGS.length).toBeGreaterThanOrEqual(60);
  });
});

describe("What a feature says reads as a sentence whatever the event's words are", () => {
  test.each([
    ["count of placed order", "number of placed order events"],
    ["count of placed order where items = 1", "number of placed order events (where items is 1)"],
    ["average of amount of placed order", "average amount of placed order events"],
    ["stddev of amount of placed order", "standard deviation of amount of placed order events"],
    ["most frequent category of viewed product", "most frequent category of viewed product events"],
    ["average days between placed order", "average days from one placed order event to the next"],
    ["days since last placed order", "whole calendar days from the last placed order event to 10 Nov 2026"],
    [
      "1 - count of placed order / count of viewed product",
      "1 minus (number of placed order events divided by number of viewed product events)",
    ],
  ])("%s", (text, said) => {
    const { expression, problems } = parseExpression(text, shop);
    expect(problems).toEqual([]);
    expect(expression && describeExpression(expression, told)).toBe(said);
  });
});

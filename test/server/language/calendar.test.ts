import type { DuckDBConnection } from "@duckdb/node-api";
import { Temporal } from "temporal-polyfill";
import { beforeAll, describe, expect, test } from "vitest";
import { compileExpressions } from "../../../server/language/compile-expressions.ts";
import { compileRules } from "../../../server/language/compile-rules.ts";
import { describeRule } from "../../../server/language/describe.ts";
import { resolveMoment } from "../../../server/language/moment.ts";
import { parseExpression } from "../../../server/language/parse-expression.ts";
import { parseRule } from "../../../server/language/parse-rule.ts";
import type { Clock } from "../../../server/language/vocabulary.ts";
import { fill, openEngine, rowsOf } from "./duckdb.ts";
import { shop } from "./shop.ts";

let engine: DuckDBConnection;
beforeAll(async () => {
  engine = await openEngine();
});

const LONDON = "Europe/London";
const NEW_YORK = "America/New_York";

function clockAt(text: string, zone: string): Clock {
  const asOf = resolveMoment(text, zone);
  if (asOf === null) throw new Error(text);
  return { asOf, zone, weekStarts: "monday" };
}

/** Which of some values of a column a rule lets in. */
async function kept(
  text: string,
  { column, values, clock }: { column: string; values: readonly string[]; clock: Clock },
) {
  const rows = values.map((value, index) => ({ customer_id: index + 1, [column]: value }));
  await fill(engine, "people", { columns: shop.attributes, rows });
  const { rule, problems } = parseRule(text, shop);
  expect(problems).toEqual([]);
  if (!rule) throw new Error(text);
  const rules = [{ name: "in", rule }];
  const compiled = compileRules({ of: "people", entity: "customer_id", rules, vocabulary: shop, clock, cell: "here" });
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems));
  const found = await rowsOf(engine, `SELECT * FROM (${compiled.sql}) WHERE "in" ORDER BY customer_id`);
  return found.map((row) => values[Number(row.customer_id) - 1]);
}

describe("The moment of a head's as_of", () => {
  const cases: readonly (readonly [text: string, zone: string, instant: string | null])[] = [
    ["2026-11-10", "UTC", "2026-11-11T00:00:00Z"],
    ["2026-06-10", LONDON, "2026-06-10T23:00:00Z"],
    ["2026-10-25", LONDON, "2026-10-26T00:00:00Z"],
    ["2026-03-29", LONDON, "2026-03-29T23:00:00Z"],
    ["2026-03-08", NEW_YORK, "2026-03-09T04:00:00Z"],
    ["2026-11-01", NEW_YORK, "2026-11-02T05:00:00Z"],
    ["2024-02-29", "UTC", "2024-03-01T00:00:00Z"],
    ["2026-06-10 12:00", LONDON, "2026-06-10T11:00:00Z"],
    ["2026-06-10T9:30", NEW_YORK, "2026-06-10T13:30:00Z"],
    ["2026-06-10T12:00:00.25Z", LONDON, "2026-06-10T12:00:00.25Z"],
    ["2026-06-10 12:00+0200", NEW_YORK, "2026-06-10T10:00:00Z"],
    // Shown twice, and never shown.
    ["2026-10-25 01:30", LONDON, "2026-10-25T01:30:00Z"],
    ["2026-03-29 01:30", LONDON, "2026-03-29T01:30:00Z"],
    ["2026-02-29", "UTC", null],
    ["2026-06-10 24:00", "UTC", null],
    ["10 June 2026", "UTC", null],
    ["now", "UTC", null],
    ["", "UTC", null],
  ];
  test.each(cases)("%s in %s", (text, zone, instant) => {
    const expected = instant === null ? null : Temporal.Instant.from(instant).epochMilliseconds;
    expect(resolveMoment(text, zone)).toBe(expected);
  });
});

describe("Days are fixed lengths, months are calendar steps in the zone", () => {
  test("the last day before a clock goes back begins an hour later on the wall", async () => {
    const values = ["2026-10-25T00:59:59", "2026-10-25T02:00:00", "2026-10-25T23:59:59", "2026-10-26T00:00:00"];
    const clock = clockAt("2026-10-25", LONDON);
    const about = { column: "last_purchase", values, clock };
    // 24 hours before 26 October, 00:00 GMT, it is 01:00 in summer time.
    expect(await kept("last_purchase in last 1 day", about)).toEqual(values.slice(1, 3));
    expect(await kept("last_purchase on 2026-10-25", about)).toEqual(values.slice(0, 3));
  });

  test("the last day after a clock went forward begins the evening before", async () => {
    const values = ["2026-03-07T22:59:59", "2026-03-07T23:00:00", "2026-03-08T00:00:00", "2026-03-08T23:59:59"];
    const clock = clockAt("2026-03-08", NEW_YORK);
    expect(await kept("last_purchase in last 1 day", { column: "last_purchase", values, clock })).toEqual(
      values.slice(1),
    );
  });

  test("a month back over a changed clock is the same time on the wall", async () => {
    const clock = clockAt("2026-11-15 12:00", NEW_YORK);
    const values = ["2026-10-15T15:59:59Z", "2026-10-15T16:00:00Z", "2026-11-15T16:59:59Z", "2026-11-15T17:00:00Z"];
    expect(await kept("seen_at in last 1 month", { column: "seen_at", values, clock })).toEqual(values.slice(1, 3));
  });

  test("months from the 31st go to the month's end", async () => {
    const clock = clockAt("2026-03-31 12:00", LONDON);
    const values = ["2026-02-28T11:59:59", "2026-02-28T12:00:00", "2026-03-31T11:59:59", "2026-03-31T12:00:00"];
    const about = { column: "last_purchase", values, clock };
    expect(await kept("last_purchase in last 1 month", about)).toEqual(values.slice(1, 3));
    const quarter = ["2025-12-31T11:59:59", "2025-12-31T12:00:00"];
    expect(await kept("last_purchase in last 1 quarter", { ...about, values: quarter })).toEqual(quarter.slice(1));
  });

  test("a year back from a leap day is 28 February", async () => {
    const clock = clockAt("2024-02-29 00:00", "UTC");
    const values = ["2023-02-27T23:59:59", "2023-02-28T00:00:00"];
    expect(await kept("last_purchase in last 1 year", { column: "last_purchase", values, clock })).toEqual(
      values.slice(1),
    );
  });
});

describe("A date stands for its whole day in the zone", () => {
  const clock = clockAt("2026-11-10", NEW_YORK);
  const values = ["2026-08-12T03:59:59Z", "2026-08-12T04:00:00Z", "2026-08-13T03:59:59Z", "2026-08-13T04:00:00Z"];
  const about = { column: "seen_at", values, clock };
  test.each([
    ["before 2026-08-12", [0]],
    ["< 2026-08-12", [0]],
    ["<= 2026-08-12", [0, 1, 2]],
    ["on 2026-08-12", [1, 2]],
    ["= 2026-08-12", [1, 2]],
    ["!= 2026-08-12", [0, 3]],
    [">= 2026-08-12", [1, 2, 3]],
    ["> 2026-08-12", [3]],
    ["after 2026-08-12", [3]],
    ["between 2026-08-12 and 2026-08-12", [1, 2]],
    ["not between 2026-08-12 and 2026-08-12", [0, 3]],
    ["in (2026-08-12, 2026-08-14)", [1, 2]],
    ["after 2026-08-12 00:00", [2, 3]],
    ["on 2026-08-12 00:00", [1]],
  ])("seen_at %s", async (condition, indexes) => {
    expect(await kept(`seen_at ${condition}`, about)).toEqual(indexes.map((index) => values[index]));
  });

  test("and a column of dates agrees with its midnights", async () => {
    const dates = ["2026-11-02", "2026-11-03", "2026-11-04", "2026-11-10", "2026-11-11"];
    const midnights = dates.map((date) => `${date}T00:00:00`);
    for (const condition of [
      "in last 7 days",
      "< 7 days ago",
      "> 7 days ago",
      "<= 7 days ago",
      "before 2026-11-04",
      "after 2026-11-03 12:00",
      "not in last 36 hours",
    ]) {
      const byDate = await kept(`birthday ${condition}`, { column: "birthday", values: dates, clock });
      const byTime = await kept(`last_purchase ${condition}`, { column: "last_purchase", values: midnights, clock });
      expect(byTime, condition).toEqual(byDate.map((date) => `${date}T00:00:00`));
    }
  });
});

describe("`< 7 days ago` is strictly later, and nothing counts at or after as_of", () => {
  const clock = clockAt("2026-11-10", "UTC");
  const values = [
    "2026-11-03T23:59:59",
    "2026-11-04T00:00:00",
    "2026-11-04T00:00:01",
    "2026-11-10T23:59:59",
    "2026-11-11T00:00:00",
  ];
  test.each([
    ["< 7 days ago", [2, 3]],
    ["<= 7 days ago", [1, 2, 3]],
    ["> 7 days ago", [0]],
    [">= 7 days ago", [0, 1]],
    ["more than 7 days ago", [0]],
    ["in last 7 days", [1, 2, 3]],
    ["not in last 7 days", [0, 4]],
    ["before $as_of", [0, 1, 2, 3]],
  ])("last_purchase %s", async (condition, indexes) => {
    const found = await kept(`last_purchase ${condition}`, { column: "last_purchase", values, clock });
    expect(found).toEqual(indexes.map((index) => values[index]));
  });
});

describe("Anniversaries", () => {
  test("include today, go over the end of the year, and leave out the day itself", async () => {
    const values = ["1990-12-29", "1990-12-30", "1990-12-31", "1991-01-01", "1991-01-05", "1991-01-06", "2026-12-30"];
    const clock = clockAt("2026-12-30", "UTC");
    const found = await kept("birthday anniversary in next 7 days", { column: "birthday", values, clock });
    expect(found).toEqual(values.slice(1, 5));
  });

  test("29 February counts on the 28th in years without one", async () => {
    const about = { column: "birthday", values: ["2000-02-28", "2000-02-29", "2000-03-01"] };
    const find = (date: string) =>
      kept("birthday anniversary in next 1 day", { ...about, clock: clockAt(date, "UTC") });
    expect(await find("2026-02-28")).toEqual(["2000-02-28", "2000-02-29"]);
    expect(await find("2028-02-28")).toEqual(["2000-02-28"]);
    expect(await find("2028-02-29")).toEqual(["2000-02-29"]);
    expect(await find("2026-03-01")).toEqual(["2000-03-01"]);
  });
});

describe("`days since` counts whole calendar days in the zone", () => {
  test.each([
    ["2026-11-10", LONDON, "2026-11-10T00:00:00Z", "0"],
    ["2026-11-10", LONDON, "2026-11-09T23:59:59Z", "1"],
    // 23:30 in UTC is already the next day of a London summer.
    ["2026-06-10", LONDON, "2026-06-09T23:30:00Z", "0"],
    ["2026-06-10", NEW_YORK, "2026-06-10T03:59:59Z", "1"],
    ["2026-10-26", LONDON, "2026-10-24T23:00:00Z", "1"],
    ["2026-06-10 12:00", "UTC", "2026-06-09T23:00:00Z", "1"],
    ["2026-06-10 00:00", "UTC", "2026-06-09T00:00:00Z", "0"],
  ])("as of %s in %s, from %s", async (asOf, zone, at, days) => {
    const columns = shop.events.find((event) => event.relation === "views")?.columns ?? [];
    await fill(engine, "views", { columns, rows: [{ customer_id: 1, at }] });
    const { expression } = parseExpression("days since last viewed product", shop);
    if (!expression) throw new Error("no expression");
    const compiled = compileExpressions({
      from: null,
      entity: "customer_id",
      columns: [{ name: "days", expression }],
      vocabulary: shop,
      clock: clockAt(asOf, zone),
      fill: {},
    });
    if (!compiled.ok) throw new Error("not compiled");
    expect(await rowsOf(engine, compiled.sql)).toEqual([{ customer_id: "1", days }]);
  });
});

test("the end of time is a date like any other", async () => {
  const about = { column: "birthday", values: ["2026-01-01", "9999-12-31"], clock: clockAt("2026-11-10", "UTC") };
  expect(await kept("birthday on 9999-12-31", about)).toEqual(["9999-12-31"]);
  expect(await kept("birthday before 9999-12-31", about)).toEqual(["2026-01-01"]);
});

test("a stretch that reaches before all dates is an error", () => {
  const { rule } = parseRule("last_purchase in last 5000 years", shop);
  if (!rule) throw new Error("no rule");
  const clock = clockAt("2026-11-10", "UTC");
  const rules = [{ name: "old", rule }];
  const compiled = compileRules({ of: "people", entity: "customer_id", rules, vocabulary: shop, clock, cell: "here" });
  expect(compiled).toMatchObject({ ok: false, problems: [{ code: "out-of-range" }] });
  expect(describeRule(rule, clock)).toBe("last_purchase is in the last 5000 years");
});

test("a reading names the zone's own times where days do not begin at midnight", () => {
  const { rule } = parseRule("placed order in last 30 days", shop);
  if (!rule) throw new Error("no rule");
  expect(describeRule(rule, clockAt("2026-11-10", LONDON))).toBe(
    "placed order at least once from 12 Oct 2026, 01:00 to 11 Nov 2026, 00:00 (Europe/London)",
  );
  expect(describeRule(rule, clockAt("2026-10-24", LONDON))).toBe(
    "placed order at least once from 25 Sep to 24 Oct 2026",
  );
});

test("a reading names the zone once, however many times it tells", () => {
  const { rule } = parseRule("placed order in last 30 days OR last_purchase before 2026-11-10 08:30", shop);
  if (!rule) throw new Error("no rule");
  expect(describeRule(rule, clockAt("2026-11-10", LONDON))).toBe(
    "placed order at least once from 12 Oct 2026, 01:00 to 11 Nov 2026, 00:00 (Europe/London), or last_purchase is before 10 Nov 2026, 08:30",
  );
});

import { describe, expect, test } from "vitest";
import { parseExpression } from "../../../server/language/parse-expression.ts";
import { parseRule } from "../../../server/language/parse-rule.ts";
import { shop } from "./shop.ts";

/** What is written, the problem's code, the part of the text it points at, and what its hint says. */
type Slip = readonly [text: string, code: string, at: string, hint: string];

const RULES: readonly Slip[] = [
  // Names.
  ["totl_spend > 5", "unknown-attribute", "totl_spend", "`total_spend`"],
  ["viewd product", "unknown-event", "viewd product", "`viewed product`"],
  ["viewd product in last 3 days", "unknown-name", "viewd product", "`viewed product`"],
  ["xyzzy plugh > 5", "unknown-attribute", "xyzzy plugh", "Known attributes:"],
  ["order > 5", "ambiguous-name", "order", "`event order` or `attribute order`"],
  ["order never", "ambiguous-name", "order", "`event order` or `attribute order`"],
  ["in segment VIPs", "unknown-segment", "VIPs", "`VIP`"],
  ["in segment both", "ambiguous-segment", "both", "`personas.Both`"],
  ["in segment groups.Both", "unknown-segment", "groups.Both", "Known segments: `VIP`"],
  ["in segment nowhere.VIP", "unknown-segment", "nowhere.VIP", "`groups.VIP`"],
  ["visits > $leest", "unknown-input", "$leest", "`least`"],
  ["placed order where amnt > 5", "unknown-property", "amnt", "`amount`"],
  ["sum of amnt of placed order > 5", "unknown-property", "amnt", "`amount`"],
  ["count of placed orders > 5", "unknown-event", "placed orders", "`placed order`"],
  ["viewed product then plced order within 1 day", "unknown-event", "plced order", "`placed order`"],
  ["attribute placed order > 5", "unknown-attribute", "placed order", "`order`"],
  ["event total_spend never", "unknown-event", "total_spend", "Known events:"],
  [
    "placed order where country = 'UK' and total_spend > 200",
    "unknown-property",
    "total_spend",
    "close the event's own conditions with brackets",
  ],
  ["placed order where amount > 5 and shipped_at before 2026-01-01", "unknown-name", "shipped_at", "brackets"],
  // Texts and values.
  ["country = UK", "unquoted-text", "UK", "Write 'UK'."],
  ["country = New York and visits = 1", "unquoted-text", "New York", "Write 'New York'."],
  ["country in (UK, 'FR')", "unquoted-text", "UK", "Write 'UK'."],
  ["country = `UK`", "unquoted-text", "`UK`", "If it is a text, write 'UK'"],
  ["country = 'UK", "unfinished-quote", "'UK", "Put ' at its end"],
  ["`country = 'UK'", "unfinished-quote", "`country = 'UK'", "Put ` at its end"],
  ["country = ‘UK’", "expected-value", "‘", "straight quotes"],
  ["visits = ", "expected-value", "", "number"],
  ["visits > 1,50", "bad-number", "1,50", "Leave the comma out"],
  ["visits > 1500,000", "bad-number", "1500,000", "Leave the comma out"],
  ["visits > 1,000.5,000", "bad-number", "1,000.5,000", "Leave the comma out"],
  ["visits > 5k", "bad-number", "5k", "Write digits"],
  ["visits > $5%", "bad-number", "$5%", "`$` or `%`"],
  ["last_purchase before 2026-02-30", "bad-date", "2026-02-30", "2026-08-12"],
  ["last_purchase after last week", "bad-date", "last", "2026-08-12"],
  ["last_purchase on 12/31/2026", "bad-date", "12", "2026-08-12"],
  ["country = null", "unquoted-text", "null", "`is not known`"],
  ["last_purchase before yesterday", "bad-date", "yesterday", "`in last 1 day`"],
  ["last_purchase after now", "bad-date", "now", "`$as_of`"],
  ["placed order in last month", "bad-number", "month", "`1 month`"],
  ["placed order since 2026-01-01", "trailing-text", "since", "`after`"],
  ["visits > 3 in last 30 days", "trailing-text", "in", "belongs to an event"],
  ["placed order until 2026-01-01", "trailing-text", "until", "`before`"],
  // Operators.
  ["visits <> 5", "expected-operator", "<>", "`!=`"],
  ["visits == 5", "expected-operator", "==", "`=`"],
  ["visits ≥ 5", "expected-operator", "≥", "`>=`"],
  ["country is 'UK'", "expected-operator", "is", "`=`"],
  ["country is null", "expected-operator", "is", "`is not known`"],
  ["country like 'U%'", "expected-operator", "like", "`contains`"],
  ["subscribed", "expected-operator", "", "`subscribed = true`"],
  ["visits at least 3 times", "expected-operator", "at", "`visits > 5`"],
  ["placed order > 3", "expected-event-condition", ">", "`count of placed order > 3`"],
  ["last_purchase < 7 days", "expected-ago", "7 days", "`7 days ago`"],
  ["last_purchase = 7 days ago", "expected-operator", "last_purchase =", "`last_purchase < 7 days ago`"],
  ["sum of amount of placed order", "expected-operator", "", "`> 500`"],
  ["sum of amount > 5", "expected-of", ">", "`sum of amount of placed order`"],
  ["visits between 1, 5", "expected-and", ",", "between 10 and 20"],
  // Times and windows.
  ["placed order in last 3 days in last 7 days", "two-windows", "in", "two conditions joined by AND"],
  ["placed order never at least 3 times", "two-times", "at", "two conditions joined by AND"],
  ["placed order where items = 1 never where items = 2", "two-wheres", "where", "one WHERE"],
  ["placed order more than 3", "expected-times", "", "`more than 3 times`"],
  ["placed order more than 3 days", "expected-ago", "", "`more than 3 days ago`"],
  ["placed order 3 times", "trailing-text", "3", "`at least 3 times`"],
  ["placed order twice", "trailing-text", "twice", "times"],
  ["placed order on 2026-08-12", "expected-window", "on", "between 2026-08-12 and 2026-08-12"],
  ["placed order not in last 3 days", "expected-window", "not", "`never in last 30 days`"],
  ["placed order within 3 days", "expected-window", "within", "`in last 30 days`"],
  ["placed order in last 0 days", "bad-number", "0", "1 or more"],
  ["placed order in last 1.5 days", "bad-number", "1.5", "`36 hours`"],
  ["placed order in last 3 fortnights", "unknown-unit", "fortnights", "minutes, hours, days"],
  ["placed order at least -1 times", "bad-number", "-", "whole number"],
  ["viewed product then placed order", "expected-within", "", "`viewed product then placed order within 3 days`"],
  ["viewed product in last 3 days then placed order within 3 days", "misplaced-window", "in last 3 days", "at the end"],
  [
    `${Array.from({ length: 9 }, () => "placed order").join(" then ")} within 3 days`,
    "too-many-steps",
    Array.from({ length: 9 }, () => "placed order").join(" then "),
    "two sequences",
  ],
  ["entered segment VIP", "expected-window", "", "`entered segment VIP in last 30 days`"],
  // Brackets and ends.
  ["", "expected-condition", "", "Write a condition"],
  ["   ", "expected-condition", "", "Write a condition"],
  ["visits = 1 and", "expected-name", "", "name"],
  ["(visits = 1", "missing-bracket", "", "Put )"],
  ["visits = 1)", "missing-bracket", ")", "Take it out"],
  ["visits = 1 && visits = 2", "trailing-text", "&&", "Write AND."],
  ["visits in (1 2)", "missing-bracket", "2", "in ('UK', 'FR')"],
  ["before days > 3", "expected-name", "before", "backticks"],
  ["placed order where (amount > 5", "missing-bracket", "", "AND and OR"],
  // Types.
  ["visits > '5'", "wrong-type", "'5'", "Leave the quotes out."],
  ["country > 5", "wrong-type", "5", "Put it in quotes."],
  ["country = true", "wrong-type", "true", "Put it in quotes."],
  ["subscribed = 1", "wrong-type", "1", "TRUE or FALSE"],
  ["subscribed > true", "wrong-type", "subscribed > true", "= or !="],
  ["last_purchase > 5", "wrong-type", "5", "2026-08-12"],
  ["last_purchase > 'soon'", "wrong-type", "'soon'", "2026-08-12"],
  ["visits contains '5'", "wrong-type", "visits", "BETWEEN"],
  ["country contains 5", "wrong-type", "5", "Put it in quotes."],
  ["tags = 'x'", "wrong-type", "'x'", "IS KNOWN"],
  ["country in last 30 days", "not-a-time", "country", "DATE or TIMESTAMP"],
  ["visits < 7 days ago", "not-a-time", "visits", "DATE or TIMESTAMP"],
  ["visits before 2026-01-01", "not-a-time", "visits", "DATE or TIMESTAMP"],
  ["placed order where country before 2026-01-01", "not-a-time", "country", "DATE or TIMESTAMP"],
  ["birthday anniversary in next 12 hours", "unknown-unit", "12 hours", "7 days"],
  ["sum of country of placed order > 5", "wrong-type", "country", "under `columns` of its source"],
  ["max of country of placed order > 5", "wrong-type", "5", "quotes"],
  ["placed order in last $place days", "wrong-type", "$place", "`number`"],
  ["placed order after $least", "wrong-type", "$least", "`date`"],
  ["visits > $place", "wrong-type", "$place", "Write a number."],
];

const EXPRESSIONS: readonly Slip[] = [
  ["", "expected-expression", "", "Features are"],
  ["avg amount of placed order", "expected-expression", "avg", "`average`"],
  ["summ of amount of placed order", "expected-expression", "summ", "`sum`"],
  ["count of placed order > 3", "trailing-text", ">", "comparisons belong into rules"],
  ["count of plced order", "unknown-event", "plced order", "`placed order`"],
  ["days since placed order", "expected-which", "placed", "`days since last placed order`"],
  ["count placed order", "expected-of", "placed", "`count of placed order`"],
  ["most frequent colour of placed order", "unknown-property", "colour", "`country`"],
  ["(count of placed order", "missing-bracket", "", "Put )"],
  ["count of placed order)", "missing-bracket", ")", "Take it out"],
  ["max of country of placed order + 1", "wrong-type", "max of country of placed order", "numbers only"],
  ["count of placed order * $place", "wrong-type", "$place", "`number`"],
  ["count of placed order in last 3 days in last 7 days", "two-windows", "in", "two conditions"],
  ["total_spend + 1", "expected-expression", "total_spend", "{sql: …}"],
];

describe("A slip in a rule is said with its place and a way out", () => {
  test.each(RULES)("%s", (text, code, at, hint) =>
    expectSlip(parseRule(text, shop).problems, { text, code, at, hint }),
  );
});

describe("A slip in an expression is said with its place and a way out", () => {
  test.each(EXPRESSIONS)("%s", (text, code, at, hint) =>
    expectSlip(parseExpression(text, shop).problems, { text, code, at, hint }),
  );
});

function expectSlip(
  problems: ReturnType<typeof parseRule>["problems"],
  { text, code, at, hint }: { text: string; code: string; at: string; hint: string },
): void {
  const shown = problems.map((problem) => ({ code: problem.code, at: text.slice(problem.from, problem.to) }));
  expect(shown).toContainEqual({ code, at });
  const problem = problems.find((each) => each.code === code);
  expect(problem?.hint).toContain(hint);
  expect(problem?.message).toMatch(/\.$/);
}

test("a name that is not known leaves the rest of the rule readable, and each is said once", () => {
  const { rule, problems } = parseRule("totl_spend > 5 and viewd product in last 3 days and visits > '5'", shop);
  expect(problems.map((problem) => problem.code)).toEqual(["unknown-attribute", "unknown-name", "wrong-type"]);
  expect(rule).not.toBeNull();
});

test("types are not judged while they are provisional, names are", () => {
  const guess = { ...shop, provisional: true };
  expect(parseRule("visits > '5' and country in last 3 days", guess).problems).toEqual([]);
  expect(parseRule("vists > 5", guess).problems.map((problem) => problem.code)).toEqual(["unknown-attribute"]);
});

test("columns of a relation that was never read are not judged by name either", () => {
  const unread = { ...shop, attributes: [], provisional: true };
  expect(parseRule("anything > 5 and something in last 3 days", unread).problems).toEqual([]);
});

test("two events of the same words ask for another name", () => {
  const [first] = shop.events;
  if (!first) throw new Error("no event");
  const doubled = { ...shop, events: [...shop.events, { ...first, relation: "shop_orders" }] };
  expect(parseRule("placed order never", doubled).problems.map((problem) => problem.code)).toEqual(["ambiguous-name"]);
});

test("a column that is spelled exactly wins over one with the same words", () => {
  const twins = {
    ...shop,
    attributes: [
      { name: "total_spend", type: "BIGINT" },
      { name: "total spend", type: "BIGINT" },
    ],
  };
  expect(parseRule("total_spend > 5 and `total spend` > 5", twins).problems).toEqual([]);
  const { rule } = parseRule("`total spend` > 5", twins);
  expect(rule).toMatchObject({ kind: "compare", subject: { name: "total spend" } });
});

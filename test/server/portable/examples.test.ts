import { describe, expect, test } from "vitest";
import type { ReadFormat } from "../../../server/portable/formats.ts";
import { readRule } from "../../../server/portable/read.ts";
import { writeRule } from "../../../server/portable/write.ts";
import { parsed, reading, writing } from "./around.ts";

const read = (format: Exclude<ReadFormat, "sql">, document: unknown, map: Record<string, string> = {}) =>
  readRule(format, JSON.stringify(document), { ...reading, map: new Map(Object.entries(map)) });
const places = ({ remarks }: ReturnType<typeof read>) =>
  remarks.map(({ at, code, severity }) => `${at} ${code} ${severity}`);

/** Built by the schemas of Klaviyo's create_segment, OpenAPI of revision 2026-04-15. */
describe("A segment definition of Klaviyo's", () => {
  const relative = (operator: string, quantity: number) => ({ type: "date", operator, unit: "day", quantity });
  const metric = (more: object) => ({
    type: "profile-metric",
    metric_id: "RESQ6t",
    measurement: "count",
    measurement_filter: { type: "numeric", operator: "greater-than-or-equal", value: 3 },
    timeframe_filter: relative("in-the-last", 90),
    ...more,
  });
  const segment = (...groups: object[][]) => ({
    data: {
      type: "segment",
      attributes: { name: "Engaged", definition: { condition_groups: groups.map((conditions) => ({ conditions })) } },
    },
  });
  const map = { RESQ6t: "placed order", Xy12: "viewed product", $value: "amount", Y6nRLr: "VIP" };

  test("is AND over groups of OR", () => {
    const document = segment(
      [
        metric({}),
        metric({ measurement: "sum", measurement_filter: { type: "numeric", operator: "greater-than", value: 500 } }),
      ],
      [
        {
          type: "profile-property",
          property: "properties['country']",
          filter: { type: "string", operator: "in", value: ["UK", "DE"] },
        },
        { type: "profile-property", property: "last_purchase", filter: relative("at-least", 30) },
        { type: "profile-group-membership", is_member: false, group_ids: ["Y6nRLr"] },
      ],
    );
    const { text, name, remarks } = read("klaviyo", document, map);
    expect([name, remarks]).toEqual(["Engaged", []]);
    expect(text).toBe(
      "(placed order at least 3 times in last 90 days OR sum of amount of placed order in last 90 days > 500)" +
        " AND (country in ('UK', 'DE') OR last_purchase >= 30 days ago OR NOT in segment VIP)",
    );
  });

  test("has funnels, filters on a metric's properties, and instants that are days in the notebook's zone", () => {
    const document = segment([
      {
        type: "profile-metric-funnel",
        completion_window_seconds: "DAYS_3",
        timeframe_filter: {
          type: "date",
          operator: "between-static",
          start: "2026-08-01T00:00:00+01:00",
          end: "2026-08-31T23:59:59+01:00",
        },
        steps: [
          {
            metric_exists: true,
            metric_id: "Xy12",
            metric_filters: [{ property: "category", filter: { type: "string", operator: "equals", value: "shoes" } }],
          },
          { metric_exists: true, metric_id: "RESQ6t" },
        ],
      },
      metric({
        measurement_filter: { type: "numeric", operator: "equals", value: 0 },
        timeframe_filter: { type: "date", operator: "before", date: "2026-08-12T00:00:00+01:00" },
      }),
    ]);
    expect(read("klaviyo", document, map).text).toBe(
      "viewed product where category = 'shoes' then placed order within 3 days between 2026-08-01 and 2026-08-31 OR placed order never before 2026-08-12",
    );
  });

  test("is refused by name and place where it asks for what rules don't have", () => {
    const document = segment([
      { type: "profile-marketing-consent", consent: { channel: "email" } },
      { type: "profile-property", property: "country", filter: { type: "string", operator: "regex", value: "^U" } },
      { type: "profile-property", property: "tags", filter: { type: "list", operator: "contains", value: "x" } },
      metric({ metric_id: "nobody" }),
    ]);
    const found = read("klaviyo", document, map);
    const at = "$.data.attributes.definition.condition_groups[0].conditions";
    expect(found.rule).toBeNull();
    expect(places(found)).toEqual([
      `${at}[0] not-said-here error`,
      `${at}[1].filter not-said-here error`,
      `${at}[2].filter not-said-here error`,
      `${at}[3].metric_id unknown-event error`,
    ]);
  });

  test("can't be written for what Klaviyo does not say, each named with a reason", () => {
    const text =
      "placed order in last 3 months AND median of amount of placed order > 5 AND viewed product then placed order within 2 days in last 30 days" +
      " AND entered segment VIP in last 7 days AND placed order where (amount > 5 or country = 'UK') AND country < 'D'";
    const { text: written, remarks } = writeRule("klaviyo", parsed(text), writing);
    expect(written).toBeNull();
    expect(remarks.filter(({ severity }) => severity === "error").map(({ message }) => message)).toEqual([
      "Klaviyo does not say windows in months.",
      "Klaviyo does not say MEDIAN of an event's values.",
      "Klaviyo does not say a sequence within 2 days.",
      "Klaviyo does not say who entered a segment when.",
      "Klaviyo does not say OR and NOT inside WHERE.",
      "Klaviyo does not say the order of texts.",
    ]);
  });
});

/** Built by the schemas of HubSpot's Lists API, OpenAPI 2026-03, and its guide to list filters. */
describe("A list of HubSpot's", () => {
  const property = (name: string, operation: object) => ({
    filterType: "PROPERTY",
    property: name,
    operation: { includeObjectsWithNoValueSet: false, ...operation },
  });
  const branch = (type: string, filters: object[], filterBranches: object[] = []) => ({
    filterBranchType: type,
    filterBranchOperator: type,
    filters,
    filterBranches,
  });
  const events = (more: object) => ({
    ...branch("UNIFIED_EVENTS", []),
    filterBranchOperator: "AND",
    eventTypeId: "4-1639801",
    operator: "HAS_COMPLETED",
    ...more,
  });
  const map = { "4-1639801": "placed order", "42": "VIP" };

  test("is OR over branches of AND, with events, lists and properties", () => {
    const document = {
      list: {
        name: "Buyers",
        filterBranch: branch(
          "OR",
          [],
          [
            branch(
              "AND",
              [
                property("country", { operationType: "MULTISTRING", operator: "IS_EQUAL_TO", values: ["UK", "DE"] }),
                { filterType: "IN_LIST", operator: "NOT_IN_LIST", listId: "42" },
              ],
              [
                events({
                  coalescingRefineBy: { type: "NUM_OCCURRENCES", minOccurrences: 2 },
                  pruningRefineBy: {
                    type: "RELATIVE_COMPARATIVE",
                    comparison: "AFTER",
                    timeOffset: { amount: 30, timeUnit: "DAYS", offsetDirection: "PAST" },
                  },
                }),
              ],
            ),
            branch("AND", [
              property("total_spend", { operationType: "NUMBER", operator: "IS_GREATER_THAN", value: 200 }),
              property("visits", {
                operationType: "NUMBER",
                operator: "IS_NOT_EQUAL_TO",
                value: 3,
                includeObjectsWithNoValueSet: true,
              }),
              property("score", { operationType: "ALL_PROPERTY", operator: "IS_KNOWN" }),
              property("last_purchase", {
                operationType: "ROLLING_DATE_RANGE",
                operator: "IS_LESS_THAN_X_DAYS_AGO",
                numberOfDays: 7,
              }),
            ]),
          ],
        ),
      },
    };
    const { text, name, remarks } = read("hubspot", document, map);
    expect([name, remarks]).toEqual(["Buyers", []]);
    expect(text).toBe(
      "(country in ('UK', 'DE') AND NOT in segment VIP AND placed order at least 2 times in last 30 days)" +
        " OR (total_spend > 200 AND NOT visits = 3 AND score is known AND last_purchase in last 7 days)",
    );
  });

  test("is refused by name and place where it asks for what rules don't have", () => {
    const document = branch(
      "OR",
      [],
      [
        branch(
          "AND",
          [
            { filterType: "FORM_SUBMISSION", operator: "FILLED_OUT", formId: "1" },
            property("country", { operationType: "STRING", operator: "HAS_EVER_BEEN_EQUAL_TO", value: "UK" }),
            property("county", { operationType: "STRING", operator: "IS_EQUAL_TO", value: "UK" }),
          ],
          [{ ...branch("ASSOCIATION", []), objectTypeId: "0-2" }],
        ),
      ],
    );
    expect(places(read("hubspot", document, map))).toEqual([
      "$.filterBranches[0].filterBranches[0] not-said-here error",
      "$.filterBranches[0].filters[0] not-said-here error",
      "$.filterBranches[0].filters[1].operation not-said-here error",
      "$.filterBranches[0].filters[2].property unknown-attribute error",
    ]);
  });

  test("can't be written for sums, sequences, anniversaries and the like", () => {
    const text =
      "sum of amount of placed order > 5 AND viewed product then placed order within 3 days AND birthday anniversary in next 7 days AND country not starts with 'U' AND placed order in last 2 hours";
    const { text: written, remarks } = writeRule("hubspot", parsed(text), writing);
    expect(written).toBeNull();
    expect(remarks.map(({ message }) => message)).toEqual([
      "HubSpot does not say SUM of an event's values.",
      "HubSpot does not say one event after another.",
      "HubSpot does not say an anniversary in the next days.",
      "HubSpot does not say NOT of this condition.",
      "HubSpot does not say windows on events in hours.",
    ]);
  });
});

/** In the form of PostHog's own tests of its cohort queries. */
describe("A cohort of PostHog's", () => {
  const behaviour = (value: string, more: object = {}) => ({
    type: "behavioral",
    key: "$pageview",
    event_type: "events",
    value,
    time_value: 30,
    time_interval: "day",
    ...more,
  });
  const cohort = (type: string, ...values: object[]) => ({
    name: "Actives",
    filters: { properties: { type: "OR", values: [{ type, values }] } },
  });
  const map = { $pageview: "viewed product", purchase: "placed order", "8": "VIP", $geoip_country_code: "country" };
  const read8 = (document: unknown) => read("posthog", document, map);

  test("has properties, behaviours, sequences and other cohorts", () => {
    const found = read8(
      cohort(
        "AND",
        { key: "$geoip_country_code", type: "person", operator: "exact", value: ["UK", "DE"] },
        { key: "visits", type: "person", operator: "gte", value: "3" },
        { key: "$geoip_country_code", type: "person", operator: "is_not", value: "FR" },
        behaviour("performed_event"),
        behaviour("performed_event", { key: "purchase", negation: true }),
        behaviour("performed_event_multiple", { operator: "lte", operator_value: 5 }),
        behaviour("performed_event_sequence", {
          seq_event: "purchase",
          seq_event_type: "events",
          seq_time_value: 3,
          seq_time_interval: "day",
        }),
        { key: "id", type: "cohort", value: 8, negation: true },
      ),
    );
    expect(found.text).toBe(
      "country in ('UK', 'DE') AND visits >= 3 AND NOT country = 'FR' AND viewed product in last 30 days AND NOT placed order in last 30 days" +
        " AND viewed product in last 30 days AND viewed product at most 5 times in last 30 days" +
        " AND viewed product then placed order within 3 days in last 30 days AND NOT in segment VIP",
    );
    expect(new Set(found.remarks.map(({ code }) => code))).toEqual(new Set(["whole-days"]));
  });

  test("says what means something else here: capitals, test accounts, first times", () => {
    const document = cohort(
      "OR",
      { key: "$geoip_country_code", type: "person", operator: "icontains", value: "u" },
      behaviour("performed_event_first_time"),
      behaviour("stopped_performing_event", { seq_time_value: 1, seq_time_interval: "week" }),
    );
    const found = read8({ ...document, filters: { ...document.filters, filterTestAccounts: true } });
    expect(found.text).toBe(
      "country contains 'u' OR (viewed product in last 30 days AND NOT viewed product more than 30 days ago)" +
        " OR (viewed product in last 30 days AND NOT viewed product in last 1 week)",
    );
    expect(new Set(found.remarks.map(({ code }) => code))).toEqual(
      new Set(["test-accounts", "case-counts", "whole-days"]),
    );
  });

  test("is refused where it asks for regular behaviour, actions, patterns, or is a list", () => {
    expect(
      places(
        read8(
          cohort(
            "OR",
            behaviour("performed_event_regularly"),
            behaviour("performed_event", { event_type: "actions", key: "3" }),
            { key: "visits", type: "person", operator: "regex", value: "x" },
          ),
        ),
      ),
    ).toEqual([
      "$.filters.properties.values[0].values[0].value not-said-here error",
      "$.filters.properties.values[0].values[1].key not-said-here error",
      "$.filters.properties.values[0].values[2] not-said-here error",
    ]);
    expect(read8({ is_static: true }).remarks[0]?.message).toContain("static");
  });
});

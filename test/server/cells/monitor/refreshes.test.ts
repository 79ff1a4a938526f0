import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { monitor } from "../../../../server/cells/monitor.ts";
import type { RecordedRefresh } from "../../../../server/cells/recorded.ts";
import { type Bench, type Given, openBench, studyAndRun } from "../harness.ts";

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const notebook = (body: string) =>
  `---\nsegbook: 1\nentity: customer_id\ntimezone: Europe/London\n---\n\n\`\`\`monitor watch\nsends: mail\n${body}\n\`\`\`\n`;

/** Midnight in London that ends the day, in March. */
const end = (day: number) => Date.parse(`2026-03-${String(day).padStart(2, "0")}T00:00:00Z`) + 86_400_000;

function refresh(day: number, sizes: Readonly<Record<string, readonly [people: number, in_: number, out: number]>>) {
  const entries = Object.entries(sizes);
  const found: RecordedRefresh = {
    asOf: end(day),
    sizes: entries.map(([segment, [people, entered, left]]) => ({ cell: "groups", segment, people, entered, left })),
  };
  return found;
}

const NOBODY =
  "SELECT 0 AS customer_id, '' AS cell, '' AS segment, now() AS since, now() AS until, '' AS entered_because, '' AS left_because, false AS held_out WHERE false";

const given = (body: string, more: Partial<Given> = {}): Given => ({
  notebook: notebook(body),
  relations: {
    groups: "SELECT * FROM (VALUES (1, 'VIP'), (2, 'VIP'), (3, 'New')) AS t(customer_id, segment)",
    mail: `SELECT 1 AS customer_id, t AS sent_at, NULL::TIMESTAMP AS clicked_at
      FROM generate_series(TIMESTAMP '2026-03-01 09:00', TIMESTAMP '2026-03-12 09:00', INTERVAL 1 DAY) AS s(t)`,
    membership: NOBODY,
  },
  asOf: "2026-03-13T00:00:00Z",
  ...more,
});

describe("sizes", () => {
  const refreshes = [
    refresh(1, { VIP: [100, 100, 0] }),
    refresh(2, { VIP: [104, 6, 2], New: [10, 10, 0] }),
    refresh(3, { VIP: [103, 0, 1], New: [10, 0, 0] }),
  ];

  it("are those of the refreshes, on the day that ends with them", async () => {
    const ran = await studyAndRun(bench, monitor, given("segments: groups\nmetrics: [size]", { refreshes }));
    const rows = await ran.rows("_series");
    expect(rows.map(({ segment, metric, period, rate, mature }) => [segment, metric, period, rate, mature])).toEqual([
      ["New", "size", "2026-03-02", 10, true],
      ["New", "size", "2026-03-03", 10, true],
      ["VIP", "size", "2026-03-01", 100, true],
      ["VIP", "size", "2026-03-02", 104, true],
      ["VIP", "size", "2026-03-03", 103, true],
    ]);
  });

  it("are the last of a week, which counts once it is over", async () => {
    const body = "segments: groups\nperiod: week\nmetrics: [size]";
    const later = [...refreshes, refresh(10, { VIP: [120, 20, 3] })];
    const ran = await studyAndRun(bench, monitor, given(body, { refreshes: later }));
    const rows = (await ran.rows("_series")).filter(({ segment }) => segment === "VIP");
    expect(rows.map(({ period, rate, mature }) => [period, rate, mature])).toEqual([
      ["2026-02-23", 100, true],
      ["2026-03-02", 103, true],
      ["2026-03-09", 120, false],
    ]);
  });

  it("are said to be missing before the first refresh", async () => {
    const ran = await studyAndRun(bench, monitor, given("segments: groups\nmetrics: [click_rate, size]"));
    expect(ran.problems.map(({ code }) => code)).toContain("size-unrecorded");
  });

  it("alert by the plain rule where a segment loses a fifth within a week", async () => {
    const daily = Array.from({ length: 12 }, (_, i) =>
      refresh(i + 1, { VIP: [i < 9 ? 1000 : 700, 0, i === 9 ? 300 : 0] }),
    );
    const ran = await studyAndRun(bench, monitor, given("segments: groups\nmetrics: [size]", { refreshes: daily }));
    const [alert] = await ran.rows();
    expect(alert).toMatchObject({
      segment: "VIP",
      metric: "size",
      tier: "alert",
      change_at: "2026-03-10",
      direction: "down",
    });
  });
});

it("sizes say that an edited rule took their people, on the day that the refresh ends", async () => {
  const daily = Array.from({ length: 12 }, (_, i) =>
    refresh(i + 1, { VIP: [i < 9 ? 1000 : 700, 0, i === 9 ? 300 : 0] }),
  );
  const membership = `SELECT i AS customer_id, 'groups' AS cell, 'VIP' AS segment, TIMESTAMPTZ '2026-03-02 00:00:00+00' AS since,
    CASE WHEN i < 300 THEN TIMESTAMPTZ '2026-03-11 00:00:00+00' END AS until, 'first refresh' AS entered_because,
    CASE WHEN i < 300 THEN 'rule' END AS left_because, false AS held_out FROM range(1000) AS t(i)`;
  const asked = given("segments: groups\nmetrics: [size]", { refreshes: daily });
  const ran = await studyAndRun(bench, monitor, { ...asked, relations: { ...asked.relations, membership } });
  const [alert] = await ran.rows();
  expect(alert?.explanation).toMatch(
    /^VIP: size fell from 1,000 to 700 since .*10 Mar.*; its rule was edited on 10 Mar \(0 came, 300 went by it\)/,
  );
});

describe("staleness", () => {
  it("is fresh of all where nothing is known to be old", async () => {
    const ran = await studyAndRun(bench, monitor, given("segments: groups\nmetrics: [click_rate]"));
    expect(await ran.rows("_staleness")).toEqual([{ segment: "VIP", state: "fresh", since: null, why: null }]);
  });

  it("has the cohorts of a segment wait that was not evaluated for twice its schedule", async () => {
    const refreshes = [1, 2, 3, 4].map((day) => refresh(day, { VIP: [2, 1, 1] }));
    const ran = await studyAndRun(bench, monitor, given("segments: groups\nmetrics: [click_rate]", { refreshes }));
    expect(await ran.rows("_staleness")).toEqual([
      {
        segment: "VIP",
        state: "stale",
        since: "2026-03-07",
        why: "Not evaluated since 4 Mar, for more than twice its usual day.",
      },
    ]);
    const mature = (await ran.rows("_series")).filter((row) => row.mature === true).map(({ period }) => period);
    expect(mature.at(-1)).toBe("2026-03-06");
    expect(ran.problems.map(({ code }) => code)).toContain("segment-stale");
  });

  it("is of data that is older than it may be", async () => {
    const old = { source: "orders", newest: "2026-03-01", within: "2 days", since: end(2) };
    const ran = await studyAndRun(
      bench,
      monitor,
      given("segments: groups\nmetrics: [click_rate]", { oldSources: { groups: [old] } }),
    );
    expect(await ran.rows("_staleness")).toMatchObject([{ segment: "VIP", state: "stale", since: "2026-03-03" }]);
  });
});

describe("flows", () => {
  const stay = (who: number, segment: string, from: number, to: number | null, because: string, left: string | null) =>
    `(${who}, 'groups', '${segment}', to_timestamp(${end(from) / 1000}), ${to === null ? "NULL" : `to_timestamp(${end(to) / 1000})`}, '${because}', ${left === null ? "NULL" : `'${left}'`}, false)`;
  const membership = `SELECT * FROM (VALUES ${[
    stay(1, "New", 1, 2, "first refresh", "behaviour"),
    stay(1, "VIP", 2, null, "behaviour", null),
    stay(2, "New", 1, 3, "first refresh", "time"),
    stay(3, "VIP", 1, 2, "first refresh", "control"),
    stay(3, "VIP", 2, null, "control", null),
    stay(4, "VIP", 3, null, "behaviour", null),
  ].join(", ")}) AS t(customer_id, cell, segment, since, until, entered_because, left_because, held_out)`;
  const refreshes = [
    refresh(1, { New: [2, 2, 0], VIP: [1, 1, 0] }),
    refresh(2, { New: [1, 0, 1], VIP: [2, 1, 0] }),
    refresh(3, { New: [0, 0, 1], VIP: [3, 1, 0] }),
  ];

  it("are counted from segment to segment at each refresh, of those who could have gone", async () => {
    const { relations, ...rest } = given("segments: groups\nmetrics: [click_rate]", { refreshes, part: "flows" });
    const ran = await studyAndRun(bench, monitor, { ...rest, relations: { ...relations, membership } });
    expect(ran.problems).toEqual([]);
    const rows = await ran.rows("_flows");
    expect(rows.map((row) => [row.period, row.from_segment, row.to_segment, row.moved, row.of, row.flag])).toEqual([
      ["2026-03-02", null, "VIP", 0, 2, null],
      ["2026-03-02", "New", null, 0, 2, null],
      ["2026-03-02", "New", "VIP", 1, 2, null],
      ["2026-03-03", null, "VIP", 1, 3, null],
      ["2026-03-03", "New", null, 1, 1, null],
      ["2026-03-03", "New", "VIP", 0, 1, null],
    ]);
  });
});

describe("make-up by recorded members", () => {
  const day = 86_400_000;
  const stays = Array.from({ length: 100 }, (_, i) => {
    // The first half are there throughout; in the week of the 9th others come, who order twice as often.
    const since = i < 50 ? Date.parse("2026-02-10T00:00:00Z") : Date.parse("2026-03-05T00:00:00Z");
    return `(${i}, 'groups', 'VIP', to_timestamp(${since / 1000}), NULL::TIMESTAMPTZ, 'behaviour', NULL, false)`;
  });
  const membership = `SELECT * FROM (VALUES ${stays.join(", ")}) AS t(customer_id, cell, segment, since, until, entered_because, left_because, held_out)`;
  const moments: number[] = [];
  const pastFeatures: Given["pastFeatures"] = async ({ moments: asked, look }) => {
    moments.splice(0, moments.length, ...asked);
    await bench.engine.execute({
      sql: "CREATE OR REPLACE TABLE of_then AS SELECT i AS customer_id, CASE WHEN i < 50 THEN i % 2 ELSE 5 END AS orders, now() AS seen FROM range(200) AS r(i)",
    });
    const columns = await bench.engine.describe({ sql: "SELECT * FROM of_then" });
    for (const index of asked.keys()) await look(index, "of_then", columns);
    return { notes: [] };
  };
  const made = async (more: Partial<Given> = {}) => {
    const { relations, ...rest } = given("segments: groups\nmetrics: [click_rate]", {
      pastFeatures,
      part: "make_up",
      ...more,
    });
    const ran = await studyAndRun(bench, monitor, { ...rest, relations: { ...relations, membership } });
    return { ran, rows: await ran.rows("_make_up") };
  };

  it("is that of each week beside the first that was recorded, and says what has moved", async () => {
    const { ran, rows } = await made();
    expect(moments.map((moment) => new Date(moment).toISOString().slice(0, 10))).toEqual(
      Array.from({ length: 4 }, (_, i) => new Date(Date.parse("2026-02-16") + i * 7 * day).toISOString().slice(0, 10)),
    );
    expect(rows.map((row) => [row.period, row.feature, row.n_reference, row.n, row.flag])).toEqual([
      ["2026-02-16", "orders", 50, 50, null],
      ["2026-02-23", "orders", 50, 50, null],
      ["2026-03-02", "orders", 50, 50, null],
      ["2026-03-09", "orders", 50, 100, "shifted"],
    ]);
    expect(ran.problems.map(({ code }) => code)).toEqual(["make-up-shifted"]);
    expect(ran.problems[0]?.message).toContain(
      "VIP is made up otherwise than in the week of 16 Feb: orders has moved most",
    );
  });

  it("begins anew where a new baseline was accepted", async () => {
    const { rows } = await made({
      rebaselines: [{ cell: "watch", segment: "VIP", metric: "mix", period: "2026-03-09" }],
    });
    expect(rows.map((row) => [row.period, row.n_reference, row.flag])).toEqual([["2026-03-09", 100, null]]);
  });
});

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { monitor } from "../../../server/cells/monitor.ts";
import { type Bench, type Given, openBench, studyAndRun } from "./harness.ts";

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const run = (given: Given) => studyAndRun(bench, monitor, given);
const cell = (body: string, head = "entity: customer_id") =>
  `---\nsegbook: 1\n${head}\n---\n\n\`\`\`monitor watch\n${body}\n\`\`\`\n`;
const codes = (problems: readonly { code: string; severity: string }[], severity = "error") =>
  problems.filter((problem) => problem.severity === severity).map((problem) => problem.code);

/** People 1 and 2 are VIP, 2 and 3 are in the band `high`. */
const PEOPLE = {
  groups: "SELECT * FROM (VALUES (1, 'VIP'), (2, 'VIP')) AS t(customer_id, segment)",
  points: "SELECT * FROM (VALUES (1, 3, NULL), (2, 9, 'high'), (3, 8, 'high')) AS t(customer_id, score, band)",
};

const SENDS = `
  SELECT customer_id, sent_at::TIMESTAMP AS sent_at, (sent_at::TIMESTAMP + INTERVAL 1 MINUTE) AS delivered_at,
    opened_at::TIMESTAMP AS opened_at, clicked_at::TIMESTAMP AS clicked_at, bounced_at::TIMESTAMP AS bounced_at, machine_open
  FROM (VALUES
    (1, '2026-03-02 09:00', '2026-03-02 10:00', '2026-03-02 10:01', NULL, false),
    (2, '2026-03-02 09:00', '2026-03-02 09:01', NULL, NULL, true),
    (3, '2026-03-02 09:00', '2026-03-04 09:02', NULL, NULL, false),
    (1, '2026-03-03 23:30', '2026-03-05 23:31', '2026-03-05 23:32', NULL, false),
    (2, '2026-03-03 09:00', NULL, NULL, '2026-03-03 09:05', false),
    (3, '2026-03-03 09:00', '2026-03-03 09:30', NULL, NULL, NULL),
    (4, '2026-03-03 09:00', '2026-03-03 09:30', NULL, NULL, false),
    (1, '2026-03-07 09:00', '2026-03-07 09:30', '2026-03-08 12:30', NULL, false),
    (1, '2026-03-08 12:00', NULL, NULL, NULL, false)
  ) AS t(customer_id, sent_at, opened_at, clicked_at, bounced_at, machine_open)`;

const BODY =
  "segments: [groups, points]\nsends: mail\nmetrics: [open_rate, click_rate, bounce_rate, machine_open_rate]";
const given = (body = BODY, sends = SENDS): Given => ({
  notebook: cell(body),
  relations: { ...PEOPLE, mail: sends },
  asOf: "2026-03-08T12:00:00Z",
});

async function seriesOf(what: Given) {
  const ran = await run(what);
  expect(codes(ran.problems)).toEqual([]);
  const rows = await ran.rows("_series");
  return rows.map((row) => [row.segment, row.metric, row.period, row.events, row.delivered, row.mature].join(" "));
}

describe("a monitor of sends", () => {
  it("counts cohorts by the day of the send, events within 48 hours, machines apart, and only what was before as_of", async () => {
    expect(await seriesOf(given())).toEqual([
      // On the 2nd a machine opened for customer 2; on the 3rd customer 2 bounced, and 1 opened within the minute of the limit.
      "VIP open_rate 2026-03-02 1 1 true",
      "VIP open_rate 2026-03-03 1 1 true",
      "VIP open_rate 2026-03-07 1 1 false",
      "VIP click_rate 2026-03-02 1 2 true",
      // 48 hours and one minute after delivery is too late; the click on the 8th at 12:30 is after as_of.
      "VIP click_rate 2026-03-03 0 1 true",
      "VIP click_rate 2026-03-07 0 1 false",
      "VIP bounce_rate 2026-03-02 0 2 true",
      "VIP bounce_rate 2026-03-03 1 2 true",
      "VIP bounce_rate 2026-03-07 0 1 false",
      "VIP machine_open_rate 2026-03-02 1 2 true",
      "VIP machine_open_rate 2026-03-03 0 1 true",
      "VIP machine_open_rate 2026-03-07 0 1 false",
      // The open of customer 3 came 48 hours and a minute after delivery at 09:01.
      "high open_rate 2026-03-02 0 1 true",
      "high open_rate 2026-03-03 1 1 true",
      "high click_rate 2026-03-02 0 2 true",
      "high click_rate 2026-03-03 0 1 true",
      "high bounce_rate 2026-03-02 0 2 true",
      "high bounce_rate 2026-03-03 1 2 true",
      "high machine_open_rate 2026-03-02 1 2 true",
      "high machine_open_rate 2026-03-03 0 1 true",
    ]);
  });

  it("has the columns and types of the format, and the moment in its key", async () => {
    const ran = await run(given());
    expect(ran.written).toEqual([
      "",
      "_incidents",
      "_series",
      "_counts",
      "_set_aside",
      "_parts",
      "_sight",
      "_staleness",
    ]);
    expect(ran.study?.usesTime).toBe(true);
    for (const { suffix, columns, part } of ran.study?.yields ?? [])
      if (part === "") expect(await ran.columns(suffix)).toEqual(columns);
    const types = Object.fromEntries((await ran.columns()).map(({ name, type }) => [name, type]));
    expect(Object.keys(types).join(" ")).toBe(
      "segment metric tier direction detected_at confirmed_at change_at change_from change_to rate_before rate_after relative_change low high evidence verdict explanation",
    );
    expect([types.detected_at, types.change_at, types.change_from, types.change_to]).toEqual([
      "DATE",
      "DATE",
      "DATE",
      "DATE",
    ]);
  });

  it("says whose members it took, and that opens may be machines' where nothing tells", async () => {
    expect(codes((await run(given())).problems, "note")).toEqual([
      "monitor-learning",
      "members-of-today",
      "members-of-today",
    ]);
    const blind = await run(
      given(BODY.replace(", machine_open_rate", ""), SENDS.replace("bounced_at, machine_open\n", "bounced_at\n")),
    );
    expect(codes(blind.problems, "note")).toEqual([
      "monitor-learning",
      "members-of-today",
      "members-of-today",
      "machine-opens",
    ]);
  });

  it("puts a send into the day of the notebook's zone, for times with and without a zone", async () => {
    const sends =
      "SELECT 1 AS customer_id, '2026-03-02 23:30:00+00'::TIMESTAMPTZ AS sent_at, NULL::TIMESTAMP AS clicked_at";
    const body = "segments: groups\nsends: mail\nmetrics: [click_rate]";
    const at = async (zone: string, sql: string) => {
      const what = { ...given(body, sql), notebook: cell(body, `timezone: ${zone}`) };
      return (await seriesOf(what))[0];
    };
    expect(await at("Europe/Berlin", sends)).toBe("VIP click_rate 2026-03-03 0 1 true");
    expect(await at("America/New_York", sends)).toBe("VIP click_rate 2026-03-02 0 1 true");
    expect(await at("Europe/Berlin", sends.replace("+00'::TIMESTAMPTZ", "'::TIMESTAMP"))).toBe(
      "VIP click_rate 2026-03-02 0 1 true",
    );
  });

  it("counts by week, from the day on which weeks start", async () => {
    const body = "segments: groups\nsends: mail\nmetrics: [click_rate]\nperiod: week";
    // 1 March 2026 is a Sunday.
    const sends =
      "SELECT 1 AS customer_id, t::TIMESTAMP AS sent_at, t::TIMESTAMP AS clicked_at FROM (VALUES ('2026-03-01 10:00'), ('2026-03-02 10:00')) AS v(t)";
    const monday = { ...given(body, sends), asOf: "2026-03-10T00:00:00Z" };
    expect(await seriesOf(monday)).toEqual([
      "VIP click_rate 2026-02-23 1 1 true",
      "VIP click_rate 2026-03-02 1 1 false",
    ]);
    const sunday = { ...monday, notebook: cell(body, "week_starts: sunday") };
    expect(await seriesOf(sunday)).toEqual(["VIP click_rate 2026-03-01 2 2 true"]);
  });

  it("counts by send, in the order of its ids, old enough by its last message", async () => {
    const sends = `SELECT c AS customer_id, s AS mailing, t::TIMESTAMP AS sent_at, NULL::TIMESTAMP AS clicked_at
      FROM (VALUES (1, 9, '2026-03-01'), (2, 9, '2026-03-01'), (1, 10, '2026-03-02'), (2, 10, '2026-03-07'), (2, 10, '2026-03-07')) AS v(c, s, t)`;
    const body = "segments: groups\nsends: mail\nmetrics: [click_rate]\nperiod: send\ncolumns: {send_id: mailing}";
    // The last row is there twice: it is one send to one receiver.
    expect(await seriesOf(given(body, sends))).toEqual(["VIP click_rate 9 0 2 true", "VIP click_rate 10 0 2 false"]);
  });

  it("takes maturity from the body, and 0 hours as: once the period has ended", async () => {
    const body = (after: string) => `segments: groups\nsends: mail\nmetrics: [click_rate]\nmature_after: ${after}`;
    expect((await seriesOf(given(body("0 hours")))).at(-1)).toBe("VIP click_rate 2026-03-07 0 1 true");
    expect((await seriesOf(given(body("0 hours"))))[1]).toBe("VIP click_rate 2026-03-03 1 1 true");
    expect((await seriesOf(given(body("5 days"))))[1]).toBe("VIP click_rate 2026-03-03 1 1 false");
  });

  it("tells segments of one name in two cells apart", async () => {
    const relations = { ...PEOPLE, points: "SELECT 3 AS customer_id, 'VIP' AS band", mail: SENDS };
    const ran = await run({ ...given(), relations });
    expect([...new Set((await ran.rows("_series")).map((row) => row.segment))]).toEqual(["groups.VIP", "points.VIP"]);
  });

  it("names a column that a metric needs, with the way to map it", async () => {
    const ran = await run(given("segments: groups\nsends: mail\nmetrics: [unsubscribe_rate]"));
    expect(codes(ran.problems)).toEqual(["column-missing"]);
    expect(ran.problems[0]).toMatchObject({ line: 9, cell: "watch" });
    expect(ran.problems[0]?.message).toContain("unsubscribe_rate needs `unsubscribed_at`");
    expect(ran.problems[0]?.hint).toContain("columns: {unsubscribed_at: …}");
    const mapped = await run(
      given("segments: groups\nsends: mail\nmetrics: [click_rate]\ncolumns: {clicked_at: clicked}"),
    );
    expect(mapped.problems[0]?.message).toContain("`clicked`, which `mail` does not have");
    expect(mapped.problems[0]?.hint).toContain("`clicked_at`");
  });

  it("watches what its columns allow where no metrics are named", async () => {
    const ran = await run(given("segments: groups\nsends: mail"));
    expect([...new Set((await ran.rows("_series")).map((row) => row.metric))]).toEqual([
      "open_rate",
      "click_rate",
      "machine_open_rate",
    ]);
  });

  it("watches on without sizes where it has no days, and says so", async () => {
    const mails = SENDS.replace("SELECT customer_id,", "SELECT customer_id AS send_id, customer_id,");
    const ran = await run(given("segments: groups\nsends: mail\nperiod: send\nmetrics: [click_rate, size]", mails));
    expect(codes(ran.problems, "warning")).toContain("metric-not-watched");
    expect([...new Set((await ran.rows("_series")).map((row) => row.metric))]).toEqual(["click_rate"]);
  });

  it("refuses a segmentation without segments, a time that is a text, and a key of another name", async () => {
    const texts = SENDS.replace("sent_at::TIMESTAMP AS sent_at", "sent_at AS sent_at");
    expect(codes((await run(given(BODY, texts))).problems)).toEqual(["not-a-time"]);
    const plain = await run({ ...given(), relations: { ...PEOPLE, groups: "SELECT 1 AS customer_id", mail: SENDS } });
    expect(codes(plain.problems)).toEqual(["monitor-segments"]);
    const other = await run({
      ...given(),
      relations: { ...PEOPLE, mail: SENDS.replace("SELECT customer_id,", "SELECT customer_id AS client,") },
    });
    expect(codes(other.problems)).toEqual(["entity-missing"]);
    expect(codes((await run({ ...given(), relations: { mail: SENDS } })).problems)).toEqual([
      "unknown-relation",
      "unknown-relation",
    ]);
  });

  it("fails before anything is written where it is cancelled", async () => {
    const controller = new AbortController();
    controller.abort();
    await expect(run({ ...given(), signal: controller.signal })).rejects.toMatchObject({ name: "Cancelled" });
  });
});

/** 120 days of two segments with a fixed, uneven course; the clicks of VIP fall by a third on 1 March 2026, day 59. */
const COUNTED = `
  SELECT segment, DATE '2026-01-01' + day AS period, 5000 AS delivered,
    (5000 * (CASE WHEN segment = 'VIP' AND day >= 59 THEN 0.06 ELSE 0.09 END) + (day * 37 + length(segment)) % 101 / 2 - 25)::INTEGER AS clicked
  FROM (SELECT unnest(range(120))::INTEGER AS day), (VALUES ('VIP'), ('Lapsed')) AS s(segment)`;

describe("a monitor of counts", () => {
  const counts = (body: string, relation: string, asOf = "2026-12-01T00:00:00Z"): Given => ({
    notebook: cell(body),
    relations: { counted: relation },
    asOf,
  });

  it("flags a planted fall in the right segment, on its day, and writes what it was learnt from", async () => {
    const ran = await run(counts("counts: counted\nmetrics: [click_rate]", COUNTED));
    expect(codes(ran.problems)).toEqual([]);
    const alerts = await ran.rows();
    expect(alerts).toHaveLength(1);
    expect(alerts[0]).toMatchObject({
      segment: "VIP",
      metric: "click_rate",
      tier: "confirmed",
      direction: "down",
      change_at: "2026-03-01",
    });
    expect(Number(alerts[0]?.relative_change)).toBeCloseTo(-1 / 3, 2);
    const [first] = await ran.rows("_series");
    expect(first).toMatchObject({ segment: "Lapsed", period: "2026-01-01", flag: "learning", delivered: 5000 });
    expect((await ran.rows("_series")).filter((row) => row.flag === "confirmed")).toHaveLength(61);
  });

  it("gives the same for the same rows in another order", async () => {
    const straight = await (await run(counts("counts: counted\nmetrics: [click_rate]", COUNTED))).rows("_series");
    const shuffled = `SELECT * FROM (${COUNTED}) ORDER BY hash(segment || period)`;
    expect(await (await run(counts("counts: counted\nmetrics: [click_rate]", shuffled))).rows("_series")).toEqual(
      straight,
    );
  });

  it("gives rates as they are where there is one period", async () => {
    const one =
      "SELECT * FROM (VALUES ('a', DATE '2008-03-20', 21306, 2262), ('b', DATE '2008-03-20', 21387, 3238)) AS t(segment, period, delivered, opened)";
    const ran = await run(counts("counts: counted\nmetrics: [open_rate]", one));
    const rows = await ran.rows("_series");
    expect(rows.map(({ events, delivered, rate }) => [events, delivered, rate])).toEqual([
      [2262, 21306, 2262 / 21306],
      [3238, 21387, 3238 / 21387],
    ]);
    expect(await ran.rows()).toEqual([]);
  });

  it("adds up rows of one day, and takes a missing count as no data", async () => {
    const rows = `SELECT 'a' AS segment, t::TIMESTAMP AS period, d AS delivered, c AS clicked
      FROM (VALUES ('2026-01-05 08:00', 100, 5), ('2026-01-05 18:00', 50, 1), ('2026-01-06 08:00', 10, NULL)) AS v(t, d, c)`;
    expect(await seriesOf(counts("counts: counted\nmetrics: [click_rate]", rows))).toEqual([
      "a click_rate 2026-01-05 6 150 true",
    ]);
  });

  it("leaves out what begins after as_of, and lets what has not ended wait", async () => {
    const body = "counts: counted\nmetrics: [click_rate]\nmature_after: 0 hours";
    const series = await seriesOf(counts(body, COUNTED, "2026-01-03T12:00:00Z"));
    expect(
      series.filter((row) => row.startsWith("VIP")).map((row) => row.split(" ").filter((_, i) => i === 2 || i === 5)),
    ).toEqual([
      ["2026-01-01", "true"],
      ["2026-01-02", "true"],
      ["2026-01-03", "false"],
    ]);
  });

  it("takes machine opens off both sides of the open rate", async () => {
    const one =
      "SELECT 'a' AS segment, DATE '2026-01-05' AS period, 100 AS delivered, 40 AS opened, 30 AS machine_opened";
    expect(await seriesOf(counts("counts: counted\nmetrics: [open_rate]", one))).toEqual([
      "a open_rate 2026-01-05 10 70 true",
    ]);
  });

  it("watches sizes where members are counted", async () => {
    const sizes = `SELECT 'a' AS segment, DATE '2026-01-01' + d AS period, (CASE WHEN d >= 80 THEN 1300 ELSE 1000 END + (d * 37) % 101 / 5)::BIGINT AS members
      FROM (SELECT unnest(range(120))::INTEGER AS d)`;
    const ran = await run(counts("counts: counted\nmetrics: [size]", sizes));
    expect(await ran.rows()).toMatchObject([
      { metric: "size", direction: "up", change_at: "2026-03-22", tier: "confirmed" },
    ]);
    expect((await ran.rows("_series"))[0]).toMatchObject({ delivered: null, events: 1000, rate: 1000 });
  });

  it("takes of a period's sizes those of its last refresh, not the greatest nor any after the moment", async () => {
    // Two refreshes on the 6th; the one that found 900 is at the moment itself.
    const sizes = `SELECT 'a' AS segment, moment AS period, members FROM (VALUES
      (TIMESTAMP '2026-01-05 06:00', 300), (TIMESTAMP '2026-01-06 06:00', 400), (TIMESTAMP '2026-01-06 18:00', 240),
      (TIMESTAMP '2026-01-07 12:00', 900)) AS t(moment, members)`;
    const sizesBy = async (period: string) => {
      const asked = counts(`counts: counted\nmetrics: [size]\nperiod: ${period}`, sizes);
      const ran = await run({ ...asked, asOf: "2026-01-07T12:00:00Z" });
      const told = (await ran.rows("_series")).map((row) => [row.period, row.events]);
      expect((await ran.rows("_counts")).map((row) => [row.period, row.members])).toEqual(told);
      return told;
    };
    expect(await sizesBy("day")).toEqual([
      ["2026-01-05", 300],
      ["2026-01-06", 240],
    ]);
    expect(await sizesBy("week")).toEqual([["2026-01-05", 240]]);
  });

  it("takes sends' ids of any type in their order, and yields them as they are", async () => {
    const ids = `SELECT segment, (1000 - 119 + date_diff('day', DATE '2026-01-01', period))::BIGINT AS period, delivered, clicked FROM (${COUNTED})`;
    const ran = await run(counts("counts: counted\nmetrics: [click_rate]\nperiod: send", ids));
    expect(await ran.rows()).toMatchObject([{ segment: "VIP", change_at: String(1000 - 119 + 59) }]);
    expect((await ran.columns()).find(({ name }) => name === "change_at")?.type).toBe("VARCHAR");
  });

  it("refuses a period that is a text, counts that are texts, and missing columns with the nearest", async () => {
    const body = "counts: counted\nmetrics: [click_rate]";
    const text = "SELECT 'a' AS segment, '2026-01-05' AS period, 10 AS delivered, 1 AS clicked";
    expect(codes((await run(counts(body, text))).problems)).toEqual(["not-a-time"]);
    const texts = "SELECT 'a' AS segment, DATE '2026-01-05' AS period, '10' AS delivered, 1 AS clicked";
    expect(codes((await run(counts(body, texts))).problems)).toEqual(["not-a-number"]);
    const near = await run(
      counts(body, "SELECT 'a' AS segment, DATE '2026-01-05' AS period, 10 AS delivered, 1 AS clicks"),
    );
    expect(near.problems[0]?.message).toContain("click_rate needs `clicked`");
    expect(near.problems[0]?.hint).toContain("`clicks`");
  });

  it("says how many rows it could not place", async () => {
    const rows =
      "SELECT s AS segment, DATE '2026-01-05' AS period, 10 AS delivered, 1 AS clicked FROM (VALUES ('a'), (NULL)) AS t(s)";
    const ran = await run(counts("counts: counted\nmetrics: [click_rate]", rows));
    expect(ran.problems.find(({ code }) => code === "monitor-left-out")?.message).toContain("1 rows of `counted`");
  });
});

describe("a monitor's body", () => {
  it.each([
    ["sends: mail", "`segments` and `sends` go together"],
    ["counts: a\nsegments: [b]\nsends: c", "either `segments` or `counts`"],
    ["counts: a\nmetrics: [visit_rate]", "expected metrics among open_rate, click_rate"],
    ["counts: a\nmature_after: soon", "expected a length such as 48 hours"],
    ["counts: a\nbaseline: 2", "expected at least 3 periods"],
  ])("%j is refused", async (body, message) => {
    const ran = await run({ notebook: cell(body) });
    expect(ran.problems.map((problem) => problem.message).join()).toContain(message);
  });

  it("has the defaults of the format", () => {
    const reading = monitor.read({ ...EMPTY, body: "counts: a\n" }, HEAD, []);
    expect(reading.ok && reading.value.body).toMatchObject({
      period: "day",
      mature_after: "48 hours",
      baseline: 42,
      min_relative_change: 0.05,
    });
  });
});

const EMPTY = {
  kind: "monitor",
  id: "watch",
  known: true,
  body: "",
  line: 1,
  bodyLine: 2,
  start: 0,
  end: 0,
  bodyStart: 0,
  bodyEnd: 0,
};
const HEAD = {
  segbook: 1,
  title: null,
  entity: "customer_id",
  as_of: "now",
  timezone: "UTC",
  week_starts: "monday",
  seed: 1,
  exclude: null,
} as const;

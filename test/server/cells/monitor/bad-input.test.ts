import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { monitor } from "../../../../server/cells/monitor.ts";
import { type Bench, openBench, studyAndRun } from "../harness.ts";

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const notebook = (body: string) =>
  `---\nsegbook: 1\nentity: customer_id\n---\n\n\`\`\`monitor watch\n${body}\n\`\`\`\n`;

/** Ten days of one good segment, and what is given beside it. */
const GOOD = `SELECT 'good' AS segment, DATE '2026-01-01' + d AS period, 100 AS delivered, 20 AS opened, 5 AS clicked
  FROM (SELECT unnest(range(10))::INTEGER AS d)`;
const beside = (rows: string) => `${GOOD} UNION ALL SELECT * FROM (VALUES ${rows}) AS t(a, b, c, d, e)`;
const day = (segment: string, date: string, delivered: number | string, opened: number | string, clicked = "5") =>
  `('${segment}', DATE '${date}', ${delivered}, ${opened}, ${clicked})`;

async function watched(counted: string, body = "counts: counted\nmetrics: [open_rate, click_rate]") {
  const ran = await studyAndRun(bench, monitor, {
    notebook: notebook(body),
    relations: { counted },
    asOf: "2026-12-01T00:00:00Z",
  });
  expect(ran.problems.filter(({ severity }) => severity === "error")).toEqual([]);
  const aside = (await ran.rows("_set_aside")).map((row) =>
    [row.code, row.segment, row.metric ?? "-", row.period ?? "-"].join(" "),
  );
  const series = (await ran.rows("_series")).map((row) => `${row.segment} ${row.metric} ${row.period}`);
  const told = ran.problems.filter(({ code }) => /^(cohort|segment)-/.test(code));
  return { ran, aside, series, told: told.map(({ code, severity, message }) => [code, severity, message]) };
}

describe("counts that can't be", () => {
  it("set their cohort aside where more opened than was delivered, for that metric alone, and all else is judged", async () => {
    const { aside, series, told } = await watched(beside(day("bad", "2026-01-09", 10, 11)));
    expect(aside).toEqual(["segment-appears bad - 2026-01-09", "cohort-more-events bad open_rate 2026-01-09"]);
    expect(series.filter((one) => one.startsWith("bad"))).toEqual(["bad click_rate 2026-01-09"]);
    expect(series.filter((one) => one.startsWith("good"))).toHaveLength(20);
    expect(told).toEqual([
      ["cohort-more-events", "warning", expect.stringContaining("open rate of bad, 9 Jan: 11 of 10.")],
      ["segment-appears", "note", expect.stringContaining("bad appears 8 days")],
    ]);
  });

  it("are negative ones, parts of people, and numbers that are none", async () => {
    const rows = [
      day("a", "2026-01-01", -10, -12, "-1"),
      day("a", "2026-01-02", 10, 2.5),
      day("a", "2026-01-03", 10, "'NaN'::DOUBLE"),
      day("a", "2026-01-04", "'inf'::DOUBLE", 3),
      day("a", "2026-01-05", 10, 3),
    ];
    const { aside, series } = await watched(beside(rows.join(", ")));
    expect(aside).toEqual([
      "cohort-not-counts a click_rate 2026-01-01",
      "cohort-not-counts a open_rate 2026-01-01",
      "cohort-not-counts a open_rate 2026-01-02",
      "cohort-not-counts a open_rate 2026-01-03",
      "cohort-not-counts a click_rate 2026-01-04",
      "cohort-not-counts a open_rate 2026-01-04",
    ]);
    expect(series.filter((one) => one.startsWith("a open"))).toEqual(["a open_rate 2026-01-05"]);
  });

  it("are those of which one is known and not the other, in any row; a day without any is no data", async () => {
    const rows = [
      day("a", "2026-01-01", 10, 3),
      day("a", "2026-01-02", "NULL", 3, "NULL"),
      day("a", "2026-01-03", 10, "NULL"),
      day("b", "2026-01-01", 10, 3),
    ];
    const { aside, series } = await watched(beside(rows.join(", ")));
    expect(aside.filter((one) => one.startsWith("cohort"))).toEqual(["cohort-not-counts a open_rate 2026-01-02"]);
    expect(series.filter((one) => one.startsWith("a open"))).toEqual(["a open_rate 2026-01-01"]);
  });

  it("are a day that is there twice, unless a column tells the rows apart", async () => {
    const twice = `${GOOD} UNION ALL SELECT * FROM (${GOOD}) WHERE period = DATE '2026-01-04'`;
    const { aside, series } = await watched(twice);
    expect(aside).toEqual(["cohort-twice good - 2026-01-04"]);
    expect(series).toHaveLength(18);
    const parts = `SELECT *, 'a' AS campaign FROM (${GOOD}) UNION ALL SELECT *, 'b' FROM (${GOOD})`;
    const { aside: none, ran } = await watched(parts);
    expect(none).toEqual([]);
    expect((await ran.rows("_counts"))[0]).toMatchObject({ delivered: 200, opened: 40, clicked: 10, sent: null });
  });

  it("leave nothing to judge where nothing was ever delivered, and that is said of the segment", async () => {
    const { aside, told } = await watched(
      `${GOOD} UNION ALL SELECT 'idle', period, 0, 0, 0 FROM (${GOOD})`,
      "counts: counted\nmetrics: [click_rate]",
    );
    expect(aside).toEqual(["segment-undelivered idle click_rate -"]);
    expect(told[0]?.slice(0, 2)).toEqual(["segment-undelivered", "warning"]);
  });

  it("say which days are missing, and which segments come and go", async () => {
    const long = GOOD.replaceAll("range(10)", "range(40)");
    const { ran, aside, told } = await watched(
      `SELECT * FROM (${long}) WHERE period <> DATE '2026-01-20'
        UNION ALL SELECT 'late', period, 10, 2, 1 FROM (${long}) WHERE period > DATE '2026-01-12' AND period < DATE '2026-02-01'`,
    );
    expect(aside).toEqual([
      "cohort-missing good - 2026-01-20",
      "segment-appears late - 2026-01-13",
      "segment-vanishes late - 2026-01-31",
    ]);
    expect(told.map(([code]) => code)).toEqual(["cohort-missing", "segment-appears", "segment-vanishes"]);
    const rows = (await ran.rows("_staleness")).map(({ segment, state, since }) => [segment, state, since]);
    expect(rows).toEqual([
      ["good", "fresh", null],
      ["late", "stale", "2026-02-01"],
    ]);
    expect((await ran.rows("_staleness"))[1]?.why).toBe(
      "Its last is of 31 Jan: late has nothing in the last 9 days in which others have something.",
    );
  });

  it("are each told where all of them come at once, and a fall beside them is found all the same", async () => {
    const long = GOOD.replaceAll("range(10)", "range(80)").replace("20 AS opened", "20 + d % 5 AS opened");
    const falls = `SELECT * REPLACE ('falls' AS segment, CASE WHEN period < DATE '2026-03-01' THEN opened ELSE opened // 2 END AS opened) FROM (${long})`;
    const only = (segment: string, where: string) =>
      `SELECT * REPLACE ('${segment}' AS segment) FROM (${long}) WHERE ${where}`;
    const counted = [
      `SELECT * FROM (${long}) WHERE period NOT IN ('2026-01-20', '2026-01-09', '2026-01-10')`,
      `SELECT * FROM (${long}) WHERE period = '2026-01-15'`,
      ...[falls, only("late", "period > '2026-02-20'"), only("gone", "period < '2026-02-20'")],
      `SELECT * REPLACE (0 AS delivered, 0 AS opened, 0 AS clicked) FROM (${only("idle", "true")})`,
      `SELECT * FROM (VALUES ${day("good", "2026-01-09", 10, 11)}, ${day("good", "2026-01-10", 10, -1)}) AS t(a, b, c, d, e)`,
    ];
    const { ran, told } = await watched(counted.join(" UNION ALL "), "counts: counted\nmetrics: [open_rate]");
    expect(told.map(([code]) => code).sort()).toEqual([
      ...["cohort-missing", "cohort-more-events", "cohort-not-counts", "cohort-twice"],
      ...["segment-appears", "segment-undelivered", "segment-vanishes"],
    ]);
    const learning = ran.problems.find(({ code }) => code === "monitor-learning");
    expect(learning?.message).toBe(
      "2 of 5 series are learning: for 13 to 42 more days with data, of a baseline of 42.",
    );
    expect((await ran.rows()).map(({ segment, direction }) => [segment, direction])).toEqual([["falls", "down"]]);
  });

  it("are learnt from as far as they go where a baseline is too short", async () => {
    const { ran } = await watched(GOOD);
    expect(new Set((await ran.rows("_series")).map(({ flag }) => flag))).toEqual(new Set(["learning"]));
    expect(await ran.rows()).toEqual([]);
    const learning = ran.problems.find(({ code }) => code === "monitor-learning");
    expect(learning?.message).toBe("Every series is learning: for 32 more days with data, of a baseline of 42.");
  });
});

describe("a clock that runs backwards", () => {
  const sends = (backwards: number) => `
    SELECT i AS customer_id, TIMESTAMP '2026-03-02 09:00' + to_days((i % 2)::INTEGER) AS sent_at,
      CASE WHEN i < ${2 * backwards} AND i % 2 = 0 THEN TIMESTAMP '2026-03-02 07:00' WHEN i % 5 = 0 THEN TIMESTAMP '2026-03-03 10:00' END AS opened_at,
      sent_at AS clicked_at
    FROM range(400) AS t(i)`;
  const run = async (backwards: number) => {
    const ran = await studyAndRun(bench, monitor, {
      notebook: notebook("segments: groups\nsends: mail\nmetrics: [click_rate]"),
      relations: {
        groups: "SELECT i AS customer_id, 'all' AS segment FROM range(400) AS t(i)",
        mail: sends(backwards),
      },
      asOf: "2026-03-08T00:00:00Z",
    });
    return {
      series: (await ran.rows("_series")).map(({ period, delivered }) => `${period} ${delivered}`),
      aside: await ran.rows("_set_aside"),
      counts: (await ran.rows("_counts")).map(({ backwards, sent }) => [backwards, sent]),
    };
  };

  it("costs the sends that were opened before they were sent, where they are few", async () => {
    const { series, aside, counts } = await run(2);
    expect(series).toEqual(["2026-03-02 198", "2026-03-03 200"]);
    expect(aside).toMatchObject([{ code: "cohort-clock", segment: "all", period: "2026-03-02", metric: null }]);
    expect(aside[0]?.message).toContain("2 of 200 sends");
    expect(counts).toEqual([
      [2, 198],
      [0, 200],
    ]);
  });

  it("costs the cohort where they are more than one in a hundred", async () => {
    const { series, aside } = await run(3);
    expect(series).toEqual(["2026-03-03 200"]);
    expect(aside[0]?.message).toContain("the cohort is set aside");
  });
});

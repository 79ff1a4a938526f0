import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { monitor } from "../../../../server/cells/monitor.ts";
import { type Bench, openBench, studyAndRun } from "../harness.ts";

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const BODY = "segments: groups\nsends: mail\nmetrics: [click_rate, click_rate_with_suspected]";
const notebook = (body: string) =>
  `---\nsegbook: 1\nentity: customer_id\n---\n\n\`\`\`monitor watch\n${body}\n\`\`\`\n`;

async function watched(mail: string, body = BODY) {
  const ran = await studyAndRun(bench, monitor, {
    notebook: notebook(body),
    relations: { groups: "SELECT i AS customer_id, 'all' AS segment FROM range(1000) AS t(i)", mail },
    asOf: "2026-04-30T00:00:00Z",
  });
  expect(ran.problems.filter(({ severity }) => severity === "error")).toEqual([]);
  const series = (await ran.rows("_series")).map(
    ({ metric, events, delivered }) => `${metric} ${events} of ${delivered}`,
  );
  const [counts] = await ran.rows("_counts");
  return { ran, series, counts };
}

/** Sends at nine, delivered ten seconds later, and clicked so many seconds after that. */
const clicks = (rows: readonly (readonly [number, number, number | null])[]) => `
  SELECT c AS customer_id, s AS send_id, TIMESTAMP '2026-03-02 09:00' AS sent_at, TIMESTAMP '2026-03-02 09:00:10' AS delivered_at,
    delivered_at + to_seconds(t) AS clicked_at
  FROM (VALUES ${rows.map(([person, send, after]) => `(${person}, ${send}, ${after ?? "NULL::INTEGER"})`).join(", ")}) AS v(c, s, t)`;

describe("clicks that are suspected to be a machine's", () => {
  it("come within ten seconds of delivery: they are no clicks of the rate, and are counted apart", async () => {
    const mail = clicks([
      [1, 1, 10],
      [2, 2, 11],
      [3, 3, 3600],
      [4, 4, null],
    ]);
    const { series, counts } = await watched(mail);
    expect(series).toEqual(["click_rate 2 of 4", "click_rate_with_suspected 3 of 4"]);
    expect(counts).toMatchObject({ clicked: 3, suspected_clicks: 1, delivered: 4 });
  });

  it("are two within two seconds of one another, where a send has a row a click; a person's beside them counts", async () => {
    const mail = clicks([
      [1, 1, 60],
      [1, 1, 62],
      [2, 2, 60],
      [2, 2, 62],
      [2, 2, 7200],
      [3, 3, 60],
      [3, 3, 63],
      // One row that is there twice is one click.
      [4, 4, 60],
      [4, 4, 60],
    ]);
    const { series, counts } = await watched(mail);
    expect(series).toEqual(["click_rate 3 of 4", "click_rate_with_suspected 4 of 4"]);
    expect(counts).toMatchObject({ clicked: 4, suspected_clicks: 1, sent: 4 });
  });

  it("can't be told where times are days, or deliveries are not known", async () => {
    const days = clicks([[1, 1, 5]]).replace(
      "delivered_at + to_seconds(t) AS clicked_at",
      "sent_at::DATE AS clicked_at",
    );
    expect(
      (await watched(days.replaceAll("TIMESTAMP '2026-03-02 09:00", "TIMESTAMP '2026-03-02 00:00"))).series[0],
    ).toBe("click_rate 1 of 1");
    const unknown = `SELECT * EXCLUDE (delivered_at) FROM (${clicks([[1, 1, 5]])})`;
    expect((await watched(unknown)).series[0]).toBe("click_rate 1 of 1");
  });

  it("are taken off where a relation counts them", async () => {
    const ran = await studyAndRun(bench, monitor, {
      notebook: notebook("counts: counted\nmetrics: [click_rate, click_rate_with_suspected]"),
      relations: {
        counted:
          "SELECT 'a' AS segment, DATE '2026-03-02' AS period, 100 AS delivered, 30 AS clicked, 10 AS suspected_clicks",
      },
    });
    expect((await ran.rows("_series")).map(({ events }) => events)).toEqual([20, 30]);
  });
});

it("where machines' opens are flagged their share is watched, without being asked for", async () => {
  const mail = `SELECT i AS customer_id, TIMESTAMP '2026-03-02 09:00' AS sent_at, sent_at + INTERVAL 1 HOUR AS opened_at, i % 4 = 0 AS machine_open FROM range(100) AS t(i)`;
  const { series, counts } = await watched(mail, "segments: groups\nsends: mail");
  expect(series).toEqual(["open_rate 75 of 75", "machine_open_rate 25 of 100"]);
  expect(counts).toMatchObject({ opened: 100, machine_opened: 25, members_by: "today" });
});

describe("the time that cohorts are given", () => {
  const late = (share: number) => `
    SELECT i AS customer_id, TIMESTAMP '2026-03-02 09:00' AS sent_at, sent_at + INTERVAL 1 SECOND AS delivered_at,
      sent_at + CASE WHEN i < ${1000 * share} THEN INTERVAL 60 HOUR ELSE INTERVAL 5 HOUR END AS clicked_at
    FROM range(1000) AS t(i)`;

  it("is enough where nearly all clicks have come by then, and how many that is is said", async () => {
    const { ran, counts } = await watched(late(0.025));
    const note = ran.problems.find(({ code }) => code === "maturity");
    expect(note?.message).toBe(
      "97 % of clicks come within 48 hours of delivery, of those of cohorts that are two weeks older.",
    );
    expect(counts).toMatchObject({ clicked: 975, late_clicks: 25 });
  });

  it("is too short where more than one in ten comes later", async () => {
    const { ran } = await watched(late(0.2));
    expect(ran.problems.find(({ code }) => code === "maturity-low")?.severity).toBe("warning");
    const longer = await watched(late(0.2), `${BODY}\nmature_after: 3 days`);
    expect(longer.ran.problems.find(({ code }) => code === "maturity")?.message).toContain("100 % of clicks");
  });
});

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { monitor } from "../../../../server/cells/monitor.ts";
import { type Bench, openBench, studyAndRun } from "../harness.ts";

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const NOTEBOOK =
  "---\nsegbook: 1\nentity: customer_id\ntimezone: UTC\n---\n\n```monitor watch\nsegments: groups\nsends: mail\nmetrics: [open_rate]\nmature_after: 1 day\n```\n";

/** 100 days with a send to each of 450, opened by a chance in SQL over customer_id and day. */
const sends = (chance: string) => `
  SELECT customer_id, TIMESTAMP '2026-01-14 09:00:00' + INTERVAL (day) DAY AS sent_at,
    CASE WHEN hash(customer_id, day) % 1000 < 1000 * (${chance}) THEN sent_at + INTERVAL 1 HOUR END AS opened_at
  FROM range(450) AS c(customer_id), range(100) AS d(day)`;

/** 300 are VIP from the first day on; 150 more come on 25 March 2026, day 70, and 50 of the first go. */
const history = (because: string) => `
  SELECT i AS customer_id, 'groups' AS cell, 'VIP' AS segment,
    CASE WHEN i < 300 THEN TIMESTAMPTZ '2026-01-14 00:00:00+00' ELSE TIMESTAMPTZ '2026-03-25 00:00:00+00' END AS since,
    CASE WHEN i < 50 THEN TIMESTAMPTZ '2026-03-25 00:00:00+00' END AS until,
    CASE WHEN i < 300 THEN 'first refresh' ELSE '${because}' END AS entered_because,
    CASE WHEN i < 50 THEN '${because}' END AS left_because, false AS held_out
  FROM range(450) AS t(i)`;
const STAYING = `SELECT i AS customer_id, 'groups' AS cell, 'VIP' AS segment, TIMESTAMPTZ '2026-01-14 00:00:00+00' AS since,
  NULL::TIMESTAMPTZ AS until, 'first refresh' AS entered_because, NULL::VARCHAR AS left_because, false AS held_out FROM range(300) AS t(i)`;

async function explanation({ membership, chance }: { membership: string; chance: string }): Promise<string> {
  const ran = await studyAndRun(bench, monitor, {
    notebook: NOTEBOOK,
    relations: {
      membership,
      groups: `SELECT customer_id, segment FROM (${membership}) WHERE until IS NULL`,
      mail: sends(chance),
    },
    asOf: "2026-04-22T00:00:00Z",
  });
  expect(ran.problems.filter(({ severity }) => severity === "error")).toEqual([]);
  const alerts = await ran.rows();
  expect(alerts).toHaveLength(1);
  return String(alerts[0]?.explanation);
}

const NEWCOMERS = "CASE WHEN customer_id >= 300 THEN 0.15 ELSE 0.4 END";

describe("who an alert is about, by recorded members", () => {
  it("is told as an edited rule where that brought and took them, with its day and how many", async () => {
    expect(await explanation({ membership: history("rule"), chance: NEWCOMERS })).toMatch(
      /^VIP: open rate \(may include machine opens\) fell from (39|40)\.\d % to .*; its rule was edited on 24 Mar \(150 came, 50 went by it\); about/,
    );
    expect(await explanation({ membership: history("upstream"), chance: NEWCOMERS })).toContain(
      "; what its rule is made of was edited on 24 Mar (150 came, 50 went by it)",
    );
  });

  it("is told as changed people where they came and went by what they did, as counted by hand", async () => {
    const told = await explanation({ membership: history("behaviour"), chance: NEWCOMERS });
    const [row] = await bench.engine.rows({
      sql: `
        SELECT avg((opened_at IS NOT NULL)::INTEGER) FILTER (WHERE sent_at < '2026-03-25') AS before,
          avg((opened_at IS NOT NULL)::INTEGER) FILTER (WHERE sent_at >= '2026-03-25') AS after
        FROM (${sends(NEWCOMERS)}) WHERE customer_id BETWEEN 50 AND 299 AND sent_at < '2026-04-21'`,
    });
    const percent = (share: unknown) => `${(100 * Number(share)).toFixed(1)} %`;
    // 150 of 400 are new from that day on.
    expect(told).toContain(
      `; its people changed: 38 % of the sends since go to people who were not in it before, and those who were are about as they were (${percent(row?.before)} to ${percent(row?.after)});`,
    );
  });

  it("is told as the same people where they are, and do otherwise", async () => {
    const told = await explanation({ membership: STAYING, chance: "CASE WHEN day >= 70 THEN 0.28 ELSE 0.4 END" });
    expect(told).toMatch(/; same people; about \d+ opens fewer a week\.$/);
  });

  it("is told of those who stayed where many came, and all did alike", async () => {
    const told = await explanation({
      membership: history("behaviour"),
      chance: "CASE WHEN day >= 70 THEN 0.28 ELSE 0.4 END",
    });
    expect(told).toMatch(/; those who were in it before did alike \((39|40|41)\.\d % to 2\d\.\d %\); about/);
  });
});

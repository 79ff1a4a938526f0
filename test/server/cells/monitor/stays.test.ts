import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { monitor } from "../../../../server/cells/monitor.ts";
import { type Bench, openBench, studyAndRun } from "../harness.ts";

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const PEOPLE = 5;
const SEGMENTS = 9;
const DAYS = 10;
const NOTEBOOK =
  "---\nsegbook: 1\nentity: customer_id\n---\n\n```monitor watch\nsegments: groups\nsends: mail\nmetrics: [click_rate]\n```\n";

/** Somebody's stays in one segment: runs of whole days, from the first to before the second; the last may last. */
const stays = fc
  .uniqueArray(fc.integer({ min: 0, max: DAYS }), { maxLength: 5 })
  .map((days) => days.sort((a, b) => a - b))
  .map((days) => days.flatMap((day, i) => (i % 2 === 0 ? [{ from: day, to: days[i + 1] ?? null }] : [])));
const everybody = fc.array(fc.array(stays, { minLength: SEGMENTS, maxLength: SEGMENTS }), {
  minLength: PEOPLE,
  maxLength: PEOPLE,
});
const sends = fc.array(fc.record({ person: fc.nat(PEOPLE - 1), day: fc.nat(DAYS - 1), hour: fc.nat(23) }), {
  minLength: 1,
  maxLength: 30,
});

const at = (day: number, hour = 0) =>
  `2026-03-${String(day + 1).padStart(2, "0")} ${String(hour).padStart(2, "0")}:00:00`;
const values = (rows: readonly string[], names: string, none: string) =>
  rows.length === 0 ? none : `SELECT * FROM (VALUES ${rows.join(", ")}) AS t(${names})`;

it("a send counts in each segment that its receiver was in at that time, whatever comes and goes", async () => {
  const given = fc.asyncProperty(everybody, sends, async (everyone, mails) => {
    const all = everyone.flatMap((segments, person) =>
      segments.flatMap((own, segment) => own.map((stay) => ({ person, segment, ...stay }))),
    );
    const recorded = all.map(
      ({ person, segment, from, to }) =>
        `(${person}, 'groups', 'S${segment}', '${at(from)}+00'::TIMESTAMPTZ, ${to === null ? "NULL" : `'${at(to)}+00'`}::TIMESTAMPTZ, false)`,
    );
    const columns = "customer_id, cell, segment, since, until, held_out";
    const none =
      "SELECT 0 AS customer_id, '' AS cell, '' AS segment, now() AS since, now() AS until, false AS held_out WHERE false";
    const today = all.filter(({ to }) => to === null).map(({ person, segment }) => `(${person}, 'S${segment}')`);
    const ran = await studyAndRun(bench, monitor, {
      notebook: NOTEBOOK,
      relations: {
        membership: values(recorded, columns, none),
        groups: values(today, "customer_id, segment", "SELECT 0 AS customer_id, '' AS segment WHERE false"),
        mail: values(
          mails.map(({ person, day, hour }) => `(${person}, TIMESTAMP '${at(day, hour)}', NULL::TIMESTAMP)`),
          "customer_id, sent_at, clicked_at",
          "",
        ),
      },
      asOf: "2026-04-01T00:00:00Z",
    });
    expect(ran.problems.filter(({ severity }) => severity === "error")).toEqual([]);
    const expected = new Map<string, number>();
    for (const { person, day } of mails) {
      for (let segment = 0; segment < SEGMENTS; segment += 1) {
        const own = all.filter((one) => one.person === person && one.segment === segment);
        const begins = Math.min(...all.filter((one) => one.segment === segment).map(({ from }) => from));
        // Before a segment was recorded, its people of today count.
        const isIn =
          day >= begins
            ? own.some(({ from, to }) => from <= day && (to === null || day < to))
            : own.some(({ to }) => to === null);
        const key = `S${segment} ${at(day).slice(0, 10)}`;
        if (isIn) expected.set(key, (expected.get(key) ?? 0) + 1);
      }
    }
    const counted = (await ran.rows("_counts")).map(({ segment, period, sent }) => [`${segment} ${period}`, sent]);
    expect(Object.fromEntries(counted)).toEqual(Object.fromEntries(expected));
  });
  await fc.assert(given, { numRuns: 12 });
});

it("many segments that leave one another out are counted like few that overlap", async () => {
  const everyone = "SELECT i AS customer_id FROM range(600) AS t(i)";
  const ran = await studyAndRun(bench, monitor, {
    notebook: NOTEBOOK,
    relations: {
      groups: `SELECT customer_id, concat('S', customer_id % 40) AS segment FROM (${everyone}) UNION ALL SELECT customer_id, 'even' FROM (${everyone}) WHERE customer_id % 2 = 0`,
      mail: `SELECT customer_id, TIMESTAMP '2026-03-02 09:00' AS sent_at, NULL::TIMESTAMP AS clicked_at FROM (${everyone})`,
    },
    asOf: "2026-04-01T00:00:00Z",
  });
  const counted = (await ran.rows("_counts")).map(({ segment, sent }) => [segment, sent] as const);
  expect(counted).toHaveLength(41);
  for (const [segment, sent] of counted) expect(sent).toBe(segment === "even" ? 300 : 15);
});

import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newcombe, timesUntilKnown } from "../../../../server/cells/monitor/newcombe.ts";
import { monitor } from "../../../../server/cells/monitor.ts";
import { type Bench, type Given, openBench, studyAndRun } from "../harness.ts";

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const groups = (mailedConversions: number, mailed: number, heldOutConversions: number, heldOut: number) => {
  return { mailed, mailedConversions, heldOut, heldOutConversions };
};

describe("the difference of two shares", () => {
  /** R. G. Newcombe, Statistics in Medicine 17 (1998), table II, method 10. */
  it.each([
    [56, 70, 48, 80, 0.2, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.6, 0.1705, 0.809],
    [6, 7, 2, 7, 0.5714, 0.0582, 0.8062],
    [5, 56, 0, 29, 0.0893, -0.0381, 0.1926],
    [0, 10, 0, 20, 0, -0.1611, 0.2775],
    [0, 10, 0, 10, 0, -0.2775, 0.2775],
    [10, 10, 0, 20, 1, 0.6791, 1],
    [10, 10, 0, 10, 1, 0.6075, 1],
  ])("of %i in %i and %i in %i has the published interval", (a, m, b, n, difference, low, high) => {
    const found = newcombe(groups(a, m, b, n));
    expect(found?.difference).toBeCloseTo(difference, 4);
    expect(found?.low).toBeCloseTo(low, 4);
    expect(found?.high).toBeCloseTo(high, 4);
  });

  it("is none without anybody on one side", () => {
    expect(newcombe(groups(0, 0, 3, 10))).toBeNull();
  });

  it("is known once its interval leaves 0 out, and not before", () => {
    const size = fc.integer({ min: 20, max: 5000 });
    const given = fc.property(
      size,
      size,
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (m, n, p, q) => {
        const own = groups(Math.round(p * m), m, Math.round(q * n), n);
        const times = timesUntilKnown(own, 50);
        const at = (factor: number) => {
          const found = newcombe(
            groups(own.mailedConversions * factor, m * factor, own.heldOutConversions * factor, n * factor),
          );
          return found !== null && (found.low > 0 || found.high < 0);
        };
        if (times === null) expect(at(50)).toBe(false);
        else if (times === 1) expect(at(1)).toBe(true);
        else expect([at(times * 1.001), at(times * 0.999)]).toEqual([true, false]);
      },
    );
    fc.assert(given);
  });
});

const ORDERS =
  "SELECT * FROM (VALUES (1, TIMESTAMP '2026-03-05'), (2, TIMESTAMP '2026-03-09')) AS t(customer_id, ordered_at)";
const EVENT = {
  ...{ words: "placed order", relation: "orders", at: "ordered_at", entity: "customer_id", where: null },
  columns: [{ name: "amount", type: "DOUBLE" }],
};
const notebook = (more = "") =>
  `---\nsegbook: 1\nentity: customer_id\n---\n\n\`\`\`monitor watch\nsegments: groups\nsends: mail\nmetrics: [click_rate]\n${more}\n\`\`\`\n`;
const stay = (person: number, since: string, until: string | null, heldOut: boolean) =>
  `(${person}, 'groups', 'VIP', TIMESTAMPTZ '${since} 00:00:00+00', ${until === null ? "NULL" : `'${until} 00:00:00+00'`}::TIMESTAMPTZ, ${heldOut})`;
const membership = (stays: readonly string[]) =>
  `SELECT * FROM (VALUES ${stays.join(", ")}) AS t(customer_id, cell, segment, since, until, held_out)`;

const given = (stays: readonly string[], more: Partial<Given> = {}): Given => ({
  notebook: notebook(),
  relations: {
    groups: "SELECT 1 AS customer_id, 'VIP' AS segment",
    groups_held_out: "SELECT 1 AS customer_id, 'VIP' AS segment WHERE false",
    mail: "SELECT 1 AS customer_id, TIMESTAMP '2026-03-02 09:00' AS sent_at, NULL::TIMESTAMP AS clicked_at",
    orders: ORDERS,
    ...(stays.length === 0 ? {} : { membership: membership(stays) }),
  },
  events: [EVENT],
  asOf: "2026-03-11T00:00:00Z",
  part: "control",
  ...more,
});

describe("a control group", () => {
  it("is compared from when it is held out, each of its people from when they came, whether they stayed or not", async () => {
    const ran = await studyAndRun(bench, monitor, {
      ...given([
        // Nobody was held out before 4 March.
        stay(1, "2026-02-01", null, false),
        stay(2, "2026-02-01", "2026-03-06", false),
        stay(3, "2026-02-01", "2026-03-01", false),
        stay(4, "2026-03-04", null, true),
        // Held out, and then not: in neither.
        stay(5, "2026-03-04", "2026-03-08", true),
        stay(5, "2026-03-08", null, false),
        stay(6, "2026-03-10", null, true),
      ]),
    });
    expect(ran.problems).toEqual([]);
    expect(ran.written).toEqual(["_control"]);
    expect(await ran.rows("_control")).toMatchObject([
      {
        ...{ segment: "VIP", conversion: "placed order", since: "2026-03-04" },
        ...{ mailed: 2, mailed_conversions: 2, held_out: 2, held_out_conversions: 0, difference: 1 },
      },
    ]);
  });

  it("does not count what its people bought before they came, nor what is to come", async () => {
    const ran = await studyAndRun(bench, monitor, {
      ...given([stay(1, "2026-03-06", null, false), stay(2, "2026-03-06", null, true)]),
      asOf: "2026-03-08T00:00:00Z",
    });
    const [row] = await ran.rows("_control");
    expect(row).toMatchObject({ mailed_conversions: 0, held_out_conversions: 0, known_by: null });
    expect(row?.told).toBe(
      "VIP: 0.0 % of those mailed and 0.0 % of those held out had “placed order”, a difference of 0.0 points (−79.3 to +79.3); it will not be known within a year at this difference.",
    );
  });

  it("says by when its difference will be known, and that it is", async () => {
    const people = (from: number, count: number, heldOut: boolean) =>
      Array.from({ length: count }, (_, i) => stay(from + i, "2026-03-01", null, heldOut));
    const bought = (ids: readonly number[]) => ids.map((id) => `(${id}, TIMESTAMP '2026-03-05')`).join(", ");
    const told = async (conversions: number) => {
      const ids = [...Array.from({ length: conversions }, (_, i) => i), 1000, 1001];
      const what = given([...people(0, 100, false), ...people(1000, 50, true)]);
      const orders = `SELECT * FROM (VALUES ${bought(ids)}) AS t(customer_id, ordered_at)`;
      const ran = await studyAndRun(bench, monitor, { ...what, relations: { ...what.relations, orders } });
      return (await ran.rows("_control"))[0];
    };
    expect(await told(40)).toMatchObject({
      known_by: "2026-03-11",
      told: expect.stringMatching(
        /^VIP: 40\.0 % of those mailed and 4\.0 % of those held out had “placed order”, a difference of \+36\.0 points \(\+\d.* to \+\d.*\); that is known by now\.$/,
      ),
    });
    const later = await told(8);
    expect(later?.told).toMatch(/\(−\d.* to \+\d.*\); it will be known about \d+ Apr, at this difference\.$/);
    // 8 and 4 %, as one would say with four times the people and days: 40 days from 1 March, and not 30.
    expect(newcombe(groups(32, 400, 8, 200))?.low).toBeLessThan(0);
    expect(newcombe(groups(48, 600, 12, 300))?.low).toBeGreaterThan(0);
    expect(String(later?.known_by) > "2026-04-10" && String(later?.known_by) < "2026-04-30").toBe(true);
  });

  it("can't be compared before a refresh, nor without an event; neither is asked for where nobody is held out", async () => {
    expect((await studyAndRun(bench, monitor, given([]))).problems.map(({ code }) => code)).toEqual([
      "control-unrecorded",
    ]);
    const mute = await studyAndRun(bench, monitor, given([], { events: [] }));
    expect(mute.study?.problems.map(({ code }) => code)).toEqual(["control-no-conversion"]);
    const { groups_held_out: _, ...relations } = given([]).relations ?? {};
    const plain = await studyAndRun(bench, monitor, given([], { relations }));
    expect(plain.problems).toEqual([]);
    expect(await plain.rows("_control")).toEqual([]);
  });

  it("is compared by the event that `conversion` names; one that is not there is an error", async () => {
    const signed = { ...EVENT, words: "signed up", columns: [] };
    const what = given([stay(1, "2026-03-01", null, true)], { events: [EVENT, signed] });
    const named = await studyAndRun(bench, monitor, { ...what, notebook: notebook("conversion: Signed Up") });
    expect(await named.rows("_control")).toMatchObject([{ conversion: "signed up", mailed: 0, difference: null }]);
    const wrong = await studyAndRun(bench, monitor, { ...what, notebook: notebook("conversion: singed up") });
    expect(wrong.problems).toMatchObject([{ code: "unknown-event", line: 10 }]);
    expect(wrong.problems[0]?.hint).toContain("signed up");
  });
});

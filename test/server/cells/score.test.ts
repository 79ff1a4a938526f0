import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { score } from "../../../server/cells/score.ts";
import { type Bench, openBench, studyAndRun } from "./harness.ts";

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

/** Four people; orders before and after 2026-11-01, when the score is taken. */
const PEOPLE = `SELECT * FROM (VALUES (1, 10, TRUE, 2.5), (2, 20, FALSE, 4), (3, 30, TRUE, NULL), (4, NULL, FALSE, 1.5))
  AS t(customer_id, spend, churned, worth)`;
const ORDERS = `SELECT * FROM (VALUES
  (1, TIMESTAMP '2026-10-02 00:00:00', 5), (1, TIMESTAMP '2026-09-02 00:00:00', 500),
  (2, TIMESTAMP '2026-10-31 12:00:00', 50), (3, TIMESTAMP '2026-10-01 00:00:00', 7),
  (1, TIMESTAMP '2026-11-01 00:00:00', 60), (2, TIMESTAMP '2026-11-28 23:59:59', 8), (3, TIMESTAMP '2026-11-29 00:00:00', 90),
  (4, TIMESTAMP '2026-11-30 10:00:00', 90)) AS t(customer_id, "at", amount)`;
const EVENTS = [
  {
    ...{ words: "placed order", relation: "orders", at: "at", entity: "customer_id", where: null },
    columns: [
      { name: "customer_id", type: "INTEGER" },
      { name: "at", type: "TIMESTAMP" },
      { name: "amount", type: "INTEGER" },
    ],
  },
];

const run = (body: string, given: { head?: string; part?: string; orders?: string; people?: string } = {}) =>
  studyAndRun(bench, score, {
    notebook: `---\nsegbook: 1\n${given.head ?? ""}---\n\`\`\`score s\nof: people\n${body}\n\`\`\`\n`,
    relations: { people: given.people ?? PEOPLE, orders: given.orders ?? ORDERS },
    events: EVENTS,
    part: given.part ?? "",
  });

describe("points that fade", () => {
  it("are halved for each half-life since the newest event, and rounded to cents", async () => {
    const ran = await run("points:\n  - {when: placed order, add: 10, decay: halve every 30 days}");
    expect(ran.problems).toEqual([]);
    expect(ran.study?.yields.find(({ suffix }) => suffix === "")?.columns).toEqual(await ran.columns());
    // 30 days, half a day, 31 days and no order: 10 · 2^-1, 10 · 2^-(1/60), 10 · 2^-(31/30), 0.
    expect(await ran.rows()).toEqual([
      { customer_id: 1, score: 5, band: null, points_1: 5 },
      { customer_id: 2, score: 9.89, band: null, points_1: 9.89 },
      { customer_id: 3, score: 4.89, band: null, points_1: 4.89 },
      { customer_id: 4, score: 0, band: null, points_1: 0 },
    ]);
    expect(ran.study?.words.points_1).toMatch(/; halved every 30 days since the newest of these events$/);
  });

  it("take the newest of the events that their condition counts", async () => {
    const ran = await run("points:\n  - {when: placed order where amount > 100, add: -8, decay: halve every 1 week}");
    // 60 days: -8 · 2^-(60/7) = -0.0210.
    expect((await ran.rows())[0]).toMatchObject({ score: -0.02 });
  });

  it("fade by the cell's decay unless the rule says none, and stay whole without an event, which is said", async () => {
    const ran = await run(
      "decay: halve every 30 days\npoints:\n  - {when: placed order, add: 10, decay: none}\n  - {when: spend > 15 OR placed order, add: 4}\n  - {when: NOT placed order, add: 1}",
    );
    expect(await ran.rows()).toMatchObject([
      { points_1: 10, points_2: 2, points_3: 0 },
      { points_1: 10, points_2: 3.95, points_3: 0 },
      { points_1: 10, points_2: 1.95, points_3: 0 },
      { points_1: 0, points_2: 0, points_3: 1 },
    ]);
    expect(ran.problems).toMatchObject([{ code: "decay-without-event", severity: "note", line: 10, column: 12 }]);
  });

  it("are refused where the rule itself asks for what it can't have", async () => {
    const ran = await run("points:\n  - {when: spend > 15, add: 4, decay: halve every 2 weeks}");
    expect(ran.problems).toMatchObject([{ code: "decay-without-event", severity: "error", line: 7, column: 39 }]);
    for (const decay of ["halve every month", "halve every 0 days", "30 days"]) {
      const slip = await run(`points:\n  - {when: placed order, add: 4, decay: ${decay}}`);
      expect(slip.problems.map(({ code }) => code)).toEqual(["bad-value"]);
    }
  });

  it("come to the same with a zone, whose night without an hour counts as it was", async () => {
    const zoned = await run("points:\n  - {when: placed order, add: 64, decay: halve every 1 hour}", {
      head: "timezone: Europe/London\n",
      // The clocks went back on 25 October: as_of is midnight in UTC and in London, 01:00 on that day an hour earlier.
      orders: "SELECT 1 AS customer_id, TIMESTAMP '2026-10-31 20:30:00' AS \"at\", 5 AS amount",
    });
    // 3.5 hours: 64 · 2^-3.5 = 5.657.
    expect((await zoned.rows())[0]).toMatchObject({ score: 5.66 });
  });
});

const RULES =
  'points:\n  - {when: spend > 5, add: 10}\n  - {when: spend > 15, add: 5}\n  - {when: churned = true, add: -3}\nbands:\n  Hot: ">= 12"\n  Warm: "> 7"\n  Mild: ">= 0"';

describe("what a score cell says of its scores", () => {
  it("is how many have each", async () => {
    const ran = await run(RULES, { head: "exclude: customer_id = 2\n" });
    expect(await ran.columns("_scores")).toEqual(ran.study?.yields.find(({ suffix }) => suffix === "_scores")?.columns);
    expect(await ran.rows("_scores")).toEqual([
      { score: 0, highest: 0, people: 1, excluded: 0 },
      { score: 7, highest: 7, people: 1, excluded: 0 },
      { score: 12, highest: 12, people: 1, excluded: 0 },
      { score: 15, highest: 15, people: 0, excluded: 1 },
    ]);
    expect((await ran.rows())[1]).toMatchObject({ customer_id: 2, score: 15, band: null });
    expect(ran.problems).toMatchObject([{ code: "excluded", severity: "note" }]);
  });

  it("are stretches where there are thousands, none over a border, and the bands' sizes stay exact", async () => {
    // Thirteen flags whose points are powers of two: everybody's score is their number.
    const flags = Array.from({ length: 13 }, (_, bit) => bit);
    const points = flags.map((bit) => `{when: b${bit} = true, add: ${2 ** bit}}`);
    const columns = flags.map((bit) => `(n >> ${bit}) & 1 = 1 AS b${bit}`);
    const ran = await run(`points:\n  - ${points.join("\n  - ")}\nbands:\n  Top: "> 1003"\n  Low: ">= 17"`, {
      people: `SELECT n AS customer_id, ${columns.join(", ")} FROM range(5000) AS t(n)`,
    });
    expect(ran.problems).toEqual([]);
    const rows = await ran.rows("_scores");
    expect(rows.length).toBeLessThan(2_000);
    const above = (border: number) =>
      rows.filter((row) => Number(row.score) > border).reduce((n, row) => n + Number(row.people), 0);
    expect([above(-1), above(1003), above(16)]).toEqual([5000, 3996, 4983]);
    for (const [place, row] of rows.entries()) {
      expect(Number(row.highest)).toBeGreaterThanOrEqual(Number(row.score));
      expect(Number(rows[place + 1]?.score ?? Number.POSITIVE_INFINITY)).toBeGreaterThan(Number(row.highest));
    }
  });

  it("is what each rule adds, everywhere and in each band, and who would move without it", async () => {
    const ran = await run(RULES);
    // Scores: 7 Mild (10 - 3), 15 Hot (10 + 5), 12 Hot (10 + 5 - 3), 0 Mild.
    const { yields } = ran.study ?? { yields: [] };
    expect(await ran.columns("_contribution")).toEqual(
      yields.find(({ suffix }) => suffix === "_contribution")?.columns,
    );
    expect(await ran.rows("_contribution")).toEqual([
      { rule: 1, band: null, people: 3, points: 30, share: 30 / 46, mean: 7.5, moved: 3 },
      { rule: 1, band: "Hot", people: 2, points: 20, share: 20 / 33, mean: 10, moved: 2 },
      { rule: 1, band: "Mild", people: 1, points: 10, share: 10 / 13, mean: 5, moved: 1 },
      { rule: 2, band: null, people: 2, points: 10, share: 10 / 46, mean: 2.5, moved: 2 },
      { rule: 2, band: "Hot", people: 2, points: 10, share: 10 / 33, mean: 5, moved: 2 },
      { rule: 2, band: "Mild", people: 0, points: 0, share: 0, mean: 0, moved: 0 },
      { rule: 3, band: null, people: 2, points: -6, share: 6 / 46, mean: -1.5, moved: 1 },
      { rule: 3, band: "Hot", people: 1, points: -3, share: 3 / 33, mean: -1.5, moved: 0 },
      { rule: 3, band: "Mild", people: 1, points: -3, share: 3 / 13, mean: -1.5, moved: 1 },
    ]);
  });
});

const POINTS = 'points:\n  - {when: spend > 15, add: 10}\nbands:\n  Hot: ">= 10"\n  Cold: ">= 0"\n';

describe("how bands perform on an outcome", () => {
  const judged = async (outcome: string, given: Parameters<typeof run>[1] = {}) => {
    const body = `${POINTS}outcome: ${outcome}`;
    const main = await run(body, given);
    expect(main.problems.filter(({ severity }) => severity === "error")).toEqual([]);
    return run(body, { ...given, part: "outcome" });
  };

  it("counts events from as_of on, up to the end of their time, and none before", async () => {
    // Hot: 2 and 3, of whom 2 ordered within 28 days; Cold: 1, who ordered at as_of itself, and 4, who was too late.
    const ran = await judged("{event: placed order, within: 28 days}");
    expect(ran.problems).toEqual([]);
    expect(ran.study?.words.outcome).toMatch(/^placed order/);
    expect(await ran.columns("_outcome")).toEqual(
      ran.study?.yields.find(({ suffix }) => suffix === "_outcome")?.columns,
    );
    const [hot, cold] = await ran.rows("_outcome");
    // Wilson's interval of 1 of 2 is 0.0945 to 0.9055.
    expect(hot).toMatchObject({ band: "Hot", people: 2, known: 2, total: 1, rate: 0.5, lift: 1, covered: 1 });
    expect(hot?.low).toBeCloseTo(0.0945, 4);
    expect(hot?.high).toBeCloseTo(0.9055, 4);
    expect(hot).toMatchObject({ reached: 0.5, gained: 0.5 });
    expect(cold).toMatchObject({ band: "Cold", total: 1, reached: 1, gained: 1 });
  });

  it("takes which events and how many, and leaves out whom the head excludes", async () => {
    const ran = await judged("{event: placed order where amount > 50, within: 4 weeks}", {
      head: "exclude: customer_id = 2\n",
    });
    expect(await ran.rows("_outcome")).toMatchObject([
      { band: "Hot", people: 1, total: 0, rate: 0, low: 0, lift: 0 },
      { band: "Cold", people: 2, total: 1, rate: 0.5, lift: 1.5, gained: 1 },
    ]);
  });

  it("judges nothing where the data ends before the outcome's time does, and says how far it goes", async () => {
    // The newest order is of 30 November; 31 days from 1 November end with 1 December.
    const whole = await judged("{event: placed order, within: 30 days}");
    expect((await whole.rows("_outcome"))[0]).toMatchObject({ covered: 1, total: 2 });
    const ran = await judged("{event: placed order, within: 31 days}");
    expect(ran.problems).toMatchObject([
      {
        code: "outcome-not-covered",
        severity: "warning",
        message: expect.stringContaining("ends with 2026-11-30, and the outcome may happen until 2026-12-01"),
        hint: expect.stringContaining("1 day earlier"),
      },
    ]);
    const [hot] = await ran.rows("_outcome");
    expect(hot).toMatchObject({ people: 2, total: null, rate: null, low: null, lift: null, gained: null });
    expect(hot?.covered).toBeCloseTo(30 / 31, 12);
  });

  it("may be a column, which is no later than the score, and says so", async () => {
    const shares = await judged("{column: churned}");
    expect(shares.problems).toMatchObject([{ code: "outcome-not-later", severity: "note" }]);
    expect(await shares.rows("_outcome")).toMatchObject([
      { band: "Hot", known: 2, total: 1, rate: 0.5, covered: null },
      { band: "Cold", known: 2, total: 1, rate: 0.5 },
    ]);
    const numbers = await judged("{column: worth}");
    const [hot, cold] = await numbers.rows("_outcome");
    expect(hot).toMatchObject({ people: 2, known: 1, total: 4, rate: 4, low: null, gained: 0.5 });
    // 2.5 and 1.5: mean 2, standard deviation 0.7071, standard error 0.5; the mean of all three is 8/3.
    expect(cold).toMatchObject({ known: 2, total: 4, rate: 2, lift: 0.75, gained: 1 });
    expect(cold?.low).toBeCloseTo(2 - 1.959964 * 0.5, 6);
  });

  it.each([
    ["{event: placed ordr, within: 28 days}", "unknown-event"],
    ["{event: spend > 3, within: 28 days}", "outcome-not-event"],
    ["{event: placed order in last 3 days, within: 28 days}", "outcome-not-event"],
    ["{event: placed order AND placed order, within: 28 days}", "outcome-not-event"],
    ["{event: placed order, within: 2 months}", "bad-value"],
    ["{event: placed order}", "missing-key"],
    ["{column: chrned}", "unknown-column"],
  ])("refuses %s as %s", async (outcome, code) => {
    const ran = await run(`${POINTS}outcome: ${outcome}`);
    expect(ran.problems.map((problem) => problem.code)).toEqual([code]);
  });

  it("leaves the scores and their key as they are when another is chosen", async () => {
    const one = await run(`${POINTS}outcome: {event: placed order, within: 28 days}`);
    const other = await run(`${POINTS}outcome: {column: churned}`);
    expect(one.study?.canonical).toBe(other.study?.canonical);
    expect(one.study?.apart?.outcome?.reads).toEqual(["orders"]);
    expect(one.study?.apart?.outcome?.canonical).not.toBe(other.study?.apart?.outcome?.canonical);
  });
});

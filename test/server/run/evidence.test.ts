import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isProblem } from "../../../server/notebook/is-problem.ts";
import { cell, openRuns, PATH, withHead } from "./notebook-runs.ts";

const never = new AbortController().signal;

/** The notebook's moment is the end of 31 October 2026. */
const HEAD_MOMENT = Date.parse("2026-11-01T00:00:00Z");
const DAY = 86_400_000;

const ORDERS = `order_id,customer_id,ordered_at,amount,country,note
1,a,2026-10-30 10:00:00,10,UK,
2,a,2026-10-29 10:00:00,20,DE,gift
3,a,2026-01-01 10:00:00,30,UK,
4,a,2026-12-24 10:00:00,40,UK,
5,b,2026-03-01 10:00:00,50,UK,
6,c,2026-10-01 10:00:00,60,DE,
7,a,,70,UK,
`;

const SOURCE = cell(
  "source",
  "orders",
  "files: orders.csv\ncolumns:\n  ordered_at: TIMESTAMP\n  amount: DECIMAL(18,2)\n  note: text\nevent: placed order\nat: ordered_at",
);

const FEATURES = cell(
  "features",
  "behaviour",
  `columns:
  uk_90d: sum of amount of placed order where country = 'UK' in last 90 days
  ratio: count of placed order in last 90 days / count of placed order
  doubled: {sql: uk_90d * 2}
  one: {sql: '1'}`,
);

async function open(notebook = SOURCE + FEATURES) {
  const runs = await openRuns({ "orders.csv": ORDERS });
  const text = withHead(notebook);
  const ran = await runs.run(text);
  expect(ran.result.state).toBe("done");
  const of = { path: PATH, text, set: {}, asOf: null, cell: "behaviour" };
  return {
    evidence: (feature: string, person: string, page = { offset: 0, limit: 50 }) =>
      runs.session.evidence({ ...of, feature, person, ...page }, never),
    without: (feature: string) => runs.session.without({ ...of, feature }, never),
  };
}

async function evidenceOf(feature: string, person: string, page?: { offset: number; limit: number }) {
  const { evidence } = await open();
  const found = await evidence(feature, person, page);
  if (isProblem(found)) throw new Error(found.message);
  return found;
}

describe("the events behind a feature of one person", () => {
  it("come latest first, and say which count and why the others do not", async () => {
    const found = await evidenceOf("uk_90d", "a");
    expect(found).toMatchObject({ person: "a", value: 10 });
    const [part] = found.parts;
    expect(part).toMatchObject({
      words: "placed order (where country is 'UK') from 3 Aug to 31 Oct 2026",
      at: "ordered_at",
      spoken: ["amount", "country"],
      counted: 1,
      total: 5,
    });
    expect(part?.columns.map(({ name }) => name)).toEqual(["ordered_at", "amount", "country", "order_id", "note"]);
    expect(part?.events.map(({ standing, values }) => [standing, values[1]])).toEqual([
      ["later", 40],
      ["counts", 10],
      ["other", 20],
      ["outside", 30],
      ["undated", 70],
    ]);
  });

  it("are one part for each kind of event and window, and come in pages", async () => {
    const found = await evidenceOf("ratio", "a", { offset: 2, limit: 2 });
    expect(found.value).toBeCloseTo(2 / 3, 12);
    expect(found.parts.map(({ counted, total, offset, events }) => [counted, total, offset, events.length])).toEqual([
      [2, 5, 2, 2],
      [3, 5, 2, 2],
    ]);
  });

  it("are those of the columns that a feature's SQL speaks of, and none where it speaks of none", async () => {
    expect((await evidenceOf("doubled", "a")).parts.map(({ counted }) => counted)).toEqual([1]);
    expect((await evidenceOf("one", "a")).parts).toEqual([]);
  });

  it("are refused for a feature or a person that is not there, with a hint", async () => {
    const { evidence } = await open();
    expect(await evidence("uk_90", "a")).toMatchObject({ code: "unknown-feature", hint: "Did you mean `uk_90d`?" });
    expect(await evidence("uk_90d", "nobody")).toMatchObject({ code: "unknown-person" });
  });

  it("tell how many have none", async () => {
    const { without } = await open();
    expect(await without("uk_90d")).toMatchObject({ people: 3, without: 2 });
    expect(await without("ratio")).toMatchObject({ people: 3, without: 0 });
    expect(await without("one")).toMatchObject({ people: 3, without: null });
  });

  it("are not waited for by whoever calls off", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    const text = withHead(SOURCE + FEATURES);
    await runs.run(text);
    const ask = { path: PATH, text, set: {}, asOf: null, cell: "behaviour", feature: "uk_90d" };
    const signal = AbortSignal.abort();
    await expect(runs.session.evidence({ ...ask, person: "a", offset: 0, limit: 1 }, signal)).rejects.toThrow();
    await expect(runs.session.without(ask, signal)).rejects.toThrow();
  });

  it("add up to the number, whatever happened when", async () => {
    const event = fc.record({
      who: fc.constantFrom(1, 2, 3),
      hours: fc.integer({ min: -48, max: 24 * 60 }),
      amount: fc.integer({ min: 0, max: 999 }),
      country: fc.constantFrom("UK", "DE", ""),
    });
    const histories = fc.sample(fc.array(event, { minLength: 30, maxLength: 60 }), { seed: 7, numRuns: 3 });
    for (const history of histories) {
      const lines = history.map(({ who, hours, amount, country }) => {
        const at = new Date(HEAD_MOMENT - hours * 3_600_000).toISOString().slice(0, 19).replace("T", " ");
        return `${who},${at},${amount},${country}`;
      });
      const runs = await openRuns({ "orders.csv": `customer_id,ordered_at,amount,country\n${lines.join("\n")}\n` });
      const source = SOURCE.replace("  note: text\n", "");
      const body = "columns:\n  spent: sum of amount of placed order where not country = 'DE' in last 30 days";
      const text = withHead(source + cell("features", "behaviour", body));
      await runs.run(text);
      const ask = { path: PATH, text, set: {}, asOf: null, cell: "behaviour", feature: "spent" };
      const counts = ({ hours, country }: (typeof history)[number]) =>
        hours > 0 && hours * 3_600_000 <= 30 * DAY && country !== "DE";
      const people = [...new Set(history.filter(({ hours }) => hours > 0).map(({ who }) => who))];
      for (const who of people) {
        const own = history.filter((one) => one.who === who);
        const found = await runs.session.evidence({ ...ask, person: String(who), offset: 0, limit: 200 }, never);
        if (isProblem(found)) throw new Error(found.message);
        const counted = found.parts[0]?.events.filter(({ standing }) => standing === "counts") ?? [];
        const sum = counted.reduce((all, { values }) => all + Number(values[1]), 0);
        expect(sum).toBe(own.filter(counts).reduce((all, { amount }) => all + amount, 0));
        expect(found.value).toBe(sum);
        expect(found.parts[0]).toMatchObject({ counted: counted.length, total: own.length });
      }
      const without = people.filter((who) => !history.some((one) => one.who === who && counts(one))).length;
      expect(await runs.session.without(ask, never)).toMatchObject({ people: people.length, without });
    }
  });
});

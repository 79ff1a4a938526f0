import { describe, expect, it } from "vitest";
import { isProblem } from "../../../../server/notebook/is-problem.ts";
import { ResultCache } from "../../../../server/run/cache.ts";
import { Engines } from "../../../../server/run/engines.ts";
import { defaultLimits } from "../../../../server/run/limits.ts";
import { Planner } from "../../../../server/run/planner.ts";
import { type PreviewAsk, Previews } from "../../../../server/run/preview/preview.ts";
import type { PreviewView } from "../../../../server/run/preview/view.ts";
import { KeptScans } from "../../../../server/run/scans/kept-scans.ts";
import { cell, type NotebookRuns, openRuns, PATH, withHead } from "../notebook-runs.ts";

const never = new AbortController().signal;

/** Customer n: spends n, missing for every tenth; country by n % 3; n % 4 orders, of 10 each. */
const PEOPLE = 1_200;
const numbers = Array.from({ length: PEOPLE }, (_, n) => n);
const spendOf = (n: number) => (n % 10 === 0 ? null : n);
const countryOf = (n: number) => ["UK", "DE", "FR"][n % 3];
const CUSTOMERS = [
  "customer_id,spend,country,test",
  ...numbers.map((n) => `${n},${spendOf(n) ?? ""},${countryOf(n)},${n < 50}`),
];
const ORDERS = [
  "customer_id,amount,ordered_at",
  ...numbers.flatMap((n) => new Array(n % 4).fill(`${n},10,2026-10-0${(n % 9) + 1} 10:00:00`)),
];

const EVENTS =
  "files: orders.csv\ncolumns: {customer_id: BIGINT, amount: 'DECIMAL(9,2)', ordered_at: TIMESTAMP}\nevent: placed order\nat: ordered_at";
const SOURCES = [
  cell("source", "people", "files: people.csv\ncolumns: {customer_id: BIGINT, spend: INTEGER, test: BOOLEAN}"),
  cell("source", "orders", EVENTS),
].join("");
const SEGMENTS = (more = "") =>
  cell(
    "segments",
    "audiences",
    `of: people\n${more}segments:\n  Big: spend > 600\n  British: country = 'UK'\n  New: placed order`,
  );
const HEAD = "---\nsegbook: 1\nas_of: 2026-10-31\nexclude: test = true\n---\n\n";

async function ready(text = SOURCES + SEGMENTS()): Promise<{ runs: NotebookRuns; text: string }> {
  const runs = await openRuns({ "people.csv": CUSTOMERS.join("\n"), "orders.csv": ORDERS.join("\n") });
  // The segments cell itself does not run.
  await runs.run(text, { cells: ["people", "orders"] });
  return { runs, text };
}

function askOf(text: string, conditions: string[], over: Partial<PreviewAsk> = {}): PreviewAsk {
  const about = { path: PATH, text: withHead(text), set: {}, asOf: null };
  return { ...about, cell: "audiences", rule: "Big", conditions, accuracy: "exact", ...over };
}

async function preview(runs: NotebookRuns, ask: PreviewAsk): Promise<PreviewView> {
  const found = await runs.session.preview(ask, never);
  if (isProblem(found)) throw new Error(found.message);
  return found;
}

/** People for whom a condition holds. */
function sizeOf(view: PreviewView, n: number): number {
  return view.combinations.reduce((sum, { which, people }) => sum + ((which >> n) & 1) * people, 0);
}

describe("the preview of a rule", () => {
  it("tells how many people each combination of conditions holds for, and how many had no value", async () => {
    const { runs, text } = await ready();
    const conditions = [
      "spend > 600",
      "country = 'UK'",
      "placed order at least 2 times",
      "average of amount of placed order > 5",
    ];
    const view = await preview(runs, askOf(text, conditions));
    expect(view).toMatchObject({ people: PEOPLE, excluded: 0, sample: null, exclusive: false });
    const holds = (n: number) => [(spendOf(n) ?? 0) > 600, countryOf(n) === "UK", n % 4 >= 2, n % 4 >= 1];
    for (const { which, people } of view.combinations) {
      const same = numbers.filter((n) => holds(n).every((truth, at) => truth === (((which >> at) & 1) === 1)));
      expect({ which, people }).toEqual({ which, people: same.length });
    }
    expect(view.combinations.reduce((sum, { people }) => sum + people, 0)).toBe(PEOPLE);
    const none = numbers.filter((n) => n % 4 === 0).length;
    expect(view.conditions.map(({ missing }) => missing)).toEqual([PEOPLE / 10, 0, 0, none]);
  });

  it("leaves out whom the head excludes, and tells who is taken by an earlier segment", async () => {
    const { runs, text } = await ready(HEAD + SOURCES + SEGMENTS("exclusive: true\n"));
    const view = await preview(runs, askOf(text, ["placed order"], { rule: "New" }));
    expect(view).toMatchObject({ people: PEOPLE - 50, excluded: 50, exclusive: true });
    const [, held] = view.combinations;
    const buyers = numbers.filter((n) => n >= 50 && n % 4 > 0);
    const taken = buyers.filter((n) => (spendOf(n) ?? 0) > 600 || countryOf(n) === "UK");
    expect(held).toEqual({ which: 1, people: buyers.length, earlier: taken.length });
  });

  it("takes other segments of the cell as they are written now", async () => {
    const { runs, text } = await ready();
    const view = await preview(runs, askOf(text, ["in segment British"], { rule: "New" }));
    expect(sizeOf(view, 0)).toBe(numbers.filter((n) => countryOf(n) === "UK").length);
    const edited = text.replace("country = 'UK'", "country IN ('UK', 'DE')");
    const after = await preview(runs, askOf(edited, ["in segment British"], { rule: "New" }));
    expect(sizeOf(after, 0)).toBe(numbers.filter((n) => countryOf(n) !== "FR").length);
  });

  it("holds where a result was computed anew with its rows in another order", async () => {
    const shuffled = cell("sql", "people", "SELECT * FROM listed ORDER BY random()");
    const { runs, text } = await ready(SOURCES.replace("source people", "source listed") + shuffled + SEGMENTS());
    const conditions = ["spend > 600", "country = 'UK'"];
    const before = await preview(runs, askOf(text, conditions.slice(0, 1)));
    await runs.run(text, { cells: ["people"], recompute: ["people"] });
    const after = await preview(runs, askOf(text, conditions));
    expect(sizeOf(after, 0)).toBe(sizeOf(before, 0));
    const both = numbers.filter((n) => (spendOf(n) ?? 0) > 600 && countryOf(n) === "UK").length;
    expect(after.combinations.find(({ which }) => which === 3)?.people).toBe(both);
  });

  it("says of a condition alone what is wrong with it", async () => {
    const { runs, text } = await ready();
    const view = await preview(runs, askOf(text, ["spend > 'much'", "colour = 'red'", "spend > 600"]));
    expect(view.conditions.map(({ problem }) => problem?.code ?? null)).toEqual([
      "wrong-type",
      "unknown-attribute",
      null,
    ]);
    expect(sizeOf(view, 2)).toBe(numbers.filter((n) => (spendOf(n) ?? 0) > 600).length);
  });

  it("says which cell has to run first", async () => {
    const { runs, text } = await ready();
    const edited = text.replace("event: placed order", "event: placed order\nwhere: amount > 1");
    const found = await runs.session.preview(askOf(edited, ["placed order"]), never);
    expect(found).toMatchObject({ code: "not-computed", cell: "orders" });
  });

  it("answers several who ask at once", async () => {
    const { runs, text } = await ready();
    const all = await Promise.all(
      ["spend > 1", "spend > 2", "placed order", "placed order at least 2 times"].map((condition) =>
        preview(runs, askOf(text, [condition])),
      ),
    );
    expect(all.map((view) => sizeOf(view, 0))).toEqual([1_079, 1_078, 900, 600]);
  });

  it("can be called off", async () => {
    const { runs, text } = await ready();
    const controller = new AbortController();
    controller.abort();
    await expect(runs.session.preview(askOf(text, ["spend > 1"]), controller.signal)).rejects.toThrow();
  });
});

describe("a sample", () => {
  it("holds the same people each time, with all of their events", async () => {
    const { runs, text } = await ready();
    const engines = new Engines(runs.workspace, defaultLimits(runs.workspace.root));
    const cache = new ResultCache(runs.workspace.cache);
    const planner = new Planner(runs.workspace, engines, cache);
    const scans = new KeptScans(cache, defaultLimits(runs.workspace.root));
    const previews = new Previews({ planner, cache, scans }, { quickRows: 100, drawn: 200 });
    const conditions = ["spend > 600", "placed order at least 2 times"];
    try {
      const first = await previews.ask(askOf(text, conditions, { accuracy: "quick" }), never);
      const again = await previews.ask(askOf(text, [...conditions].reverse(), { accuracy: "quick" }), never);
      const exact = await previews.ask(askOf(text, conditions), never);
      if (isProblem(first) || isProblem(again) || isProblem(exact)) throw new Error("no preview");
      expect(first.sample?.of).toBe(PEOPLE);
      // Drawn by chance: 200 of 1,200 with a standard deviation of 13.
      expect(Math.abs((first.sample?.people ?? 0) - 200)).toBeLessThan(60);
      expect([sizeOf(again, 1), sizeOf(again, 0)]).toEqual([sizeOf(first, 0), sizeOf(first, 1)]);
      // Were an event of theirs wanting, far fewer than half would have two.
      expect(Math.abs(sizeOf(first, 1) / first.people - 0.5)).toBeLessThan(0.15);
      expect(exact).toMatchObject({ sample: null, people: PEOPLE });
      // Once everybody's answer is known, that is what is quickest.
      expect(await previews.ask(askOf(text, conditions, { accuracy: "quick" }), never)).toEqual(exact);
    } finally {
      await planner.close();
      await engines.close();
    }
  });
});

describe("values of a column", () => {
  it("are the commonest, those that have a text in them, or a range with its quarters", async () => {
    const { runs, text } = await ready();
    const about = { path: PATH, text: withHead(text), set: {}, asOf: null, relation: "people", where: null };
    const countries = await runs.session.values({ ...about, column: "country", search: "" }, never);
    expect(countries).toMatchObject({ rows: PEOPLE, missing: 0, more: false, range: null });
    expect(countries).toMatchObject({
      common: [
        { value: "DE", rows: 400 },
        { value: "FR", rows: 400 },
        { value: "UK", rows: 400 },
      ],
    });
    const searched = await runs.session.values({ ...about, column: "country", search: "f" }, never);
    expect(searched).toMatchObject({ common: [{ value: "FR", rows: 400 }] });
    const spend = await runs.session.values({ ...about, column: "spend", search: "" }, never);
    if (isProblem(spend)) throw new Error(spend.message);
    expect(spend).toMatchObject({ missing: 120, range: { min: 1, max: 1_199 } });
    expect(Math.abs((spend.quantiles[2] ?? 0) - 600)).toBeLessThan(20);
    expect(spend.histogram.reduce((sum, bar) => sum + bar, 0)).toBe(1_080);
    const times = await runs.session.values({ ...about, relation: "orders", column: "ordered_at", search: "" }, never);
    expect(times).toMatchObject({ range: { min: "2026-10-01 10:00:00", max: "2026-10-09 10:00:00" } });
    const where = { column: "colour", value: "red" };
    for (const asked of [
      { ...about, column: "colour", search: "" },
      { ...about, column: "spend", search: "", where },
    ])
      expect(await runs.session.values(asked, never)).toMatchObject({ code: "unknown-column" });
  });
});

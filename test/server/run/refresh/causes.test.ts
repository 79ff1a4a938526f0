import { describe, expect, test } from "vitest";
import { cell, openRuns } from "../notebook-runs.ts";
import { history, moves, notebook, type Order, ordersFile, PEOPLE, peopleFile, refresh } from "./refreshes.ts";

const FIVE = peopleFile([1, 2, 3, 4, 5].map((who) => ({ who, country: who < 4 ? "UK" : "DE" })));
const ACTIVE = { active: "placed order in last 7 days" };

async function shop(rows: readonly Order[]) {
  const runs = await openRuns({ "orders.csv": ordersFile(rows), "people.csv": FIVE });
  const put = (now: readonly Order[]) => runs.put("orders.csv", ordersFile([...rows, ...now]));
  return { runs, put };
}

describe("Each change of a refresh has one cause", () => {
  const before = [
    { who: 1, at: "2026-10-01" },
    { who: 2, at: "2026-10-05" },
  ];

  test("the first refresh knows nobody's coming", async () => {
    const { runs } = await shop(before);
    const view = await refresh(runs, notebook({ rules: ACTIVE }), "2026-10-06");
    expect(view).toMatchObject({ state: "recorded", before: null, left: [], untold: [] });
    expect(view.segments).toMatchObject([{ cell: "groups", segment: "active", size: 2, entered: 2, left: 0 }]);
    expect(moves(view)).toEqual({ active: "+2 first refresh" });
  });

  test("time passing and behaviour are told apart, and late data from both", async () => {
    const { runs, put } = await shop(before);
    const text = notebook({ rules: ACTIVE });
    await refresh(runs, text, "2026-10-06");
    // 1 goes by time; 3 comes by an order of today; 4 by one of before the last refresh; 2 stays by its old order.
    await put([
      { who: 3, at: "2026-10-09" },
      { who: 4, at: "2026-10-04" },
    ]);
    const view = await refresh(runs, text, "2026-10-09");
    expect(moves(view)).toEqual({ active: "+1 late data, -1 time, +1 behaviour" });
    expect(await history(runs, text, "2026-10-09")).toEqual([
      "1 active 10-07 10-10 first refresh time",
      "2 active 10-07 … first refresh ",
      "3 active 10-10 … behaviour ",
      "4 active 10-10 … late data ",
    ]);
  });

  test("whoever would have gone by time and came back by an order was never away", async () => {
    const { runs, put } = await shop(before);
    const text = notebook({ rules: ACTIVE });
    await refresh(runs, text, "2026-10-06");
    await put([{ who: 1, at: "2026-10-12" }]);
    expect(moves(await refresh(runs, text, "2026-10-12"))).toEqual({ active: "-1 time" });
    expect(await history(runs, text, "2026-10-12")).toContain("1 active 10-07 … first refresh ");
  });

  test("a corrected event is late data, and a changed row without a time is data", async () => {
    const { runs } = await shop(before);
    const text = notebook({ rules: { ...ACTIVE, british: "country = 'UK'" } });
    await refresh(runs, text, "2026-10-06");
    await runs.put("orders.csv", ordersFile([before[1] ?? { who: 9, at: "2026-10-01" }]));
    expect(moves(await refresh(runs, text, "2026-10-06"))).toEqual({ active: "-1 late data", british: "" });
    await runs.put("people.csv", FIVE.replace("5,DE", "5,UK").replace("1,UK", "1,FR"));
    expect(moves(await refresh(runs, text, "2026-10-06"))).toEqual({ active: "", british: "+1 data, -1 data" });
  });

  test("of late events and changed rows at once nobody guesses", async () => {
    const { runs, put } = await shop(before);
    const text = notebook({ rules: { ...ACTIVE, british: "country = 'UK'" } });
    await refresh(runs, text, "2026-10-06");
    await put([{ who: 4, at: "2026-10-05" }]);
    await runs.put("people.csv", FIVE.replace("5,DE", "5,UK"));
    expect(moves(await refresh(runs, text, "2026-10-06"))).toEqual({ active: "+1 unknown", british: "+1 unknown" });
  });

  test("a changed rule, a changed feature, and both at once", async () => {
    const features = (days: number) =>
      cell("features", "counts", `from: people\ncolumns:\n  n: count of placed order in last ${days} days`);
    const text = (days: number, least: number) =>
      notebook({ of: "counts", before: features(days), rules: { often: `n >= ${least}` } });
    const { runs } = await shop([...before, { who: 2, at: "2026-09-01" }, { who: 3, at: "2026-09-01" }]);
    await refresh(runs, text(7, 1), "2026-10-06");
    expect(moves(await refresh(runs, text(7, 2), "2026-10-06"))).toEqual({ often: "-2 rule" });
    expect(moves(await refresh(runs, text(60, 2), "2026-10-06"))).toEqual({ often: "+1 upstream" });
    // Over 60 days the rule of old gives 2; the wider feature brings nobody more at 2 or more, the rule brings 1 and 3.
    expect(moves(await refresh(runs, text(90, 1), "2026-10-06"))).toEqual({ often: "+2 rule" });
  });

  test("a segment that names another one changes by upstream, its own text by rule", async () => {
    const rules = (country: string) => ({ base: `country = '${country}'`, buyers: "in segment base and placed order" });
    const { runs } = await shop(before);
    await refresh(runs, notebook({ rules: rules("UK") }), "2026-10-06");
    const view = await refresh(runs, notebook({ rules: rules("DE") }), "2026-10-06");
    expect(moves(view)).toEqual({ base: "+2 rule, -3 rule", buyers: "-2 upstream" });
  });

  test("time and rule in one refresh: what time did is time's", async () => {
    const { runs } = await shop(before);
    await refresh(runs, notebook({ rules: ACTIVE }), "2026-10-06");
    const view = await refresh(runs, notebook({ rules: { active: "placed order in last 2 days" } }), "2026-10-09");
    expect(moves(view)).toEqual({ active: "-1 time, -1 rule" });
  });

  test("a segment that is gone is left by rule, and a notebook that can't run any more is told", async () => {
    const { runs } = await shop(before);
    await refresh(runs, notebook({ rules: { ...ACTIVE, all: "country is known" } }), "2026-10-06");
    expect(moves(await refresh(runs, notebook({ rules: ACTIVE }), "2026-10-06"))).toEqual({
      active: "",
      all: "-5 rule",
    });
    await runs.put("people.csv", FIVE.replace("country", "land"));
    const renamed = notebook({ rules: { active: "land = 'UK'" } }).replace("country: text", "land: text");
    const view = await refresh(runs, renamed, "2026-10-07");
    expect(moves(view)).toEqual({ active: "+1 unknown" });
    expect(view.untold).toHaveLength(1);
  });
});

describe("A refresh", () => {
  test("twice is nothing new, and one of an earlier moment is refused", async () => {
    const { runs } = await shop([{ who: 1, at: "2026-10-01" }]);
    const text = notebook({ rules: ACTIVE });
    expect((await refresh(runs, text, "2026-10-06")).state).toBe("recorded");
    expect(await refresh(runs, text, "2026-10-06")).toMatchObject({ state: "same", segments: [] });
    const { result } = await runs.run(text, { asOf: "2026-10-05", refresh: true });
    expect(result).toMatchObject({ state: "failed", refresh: null, problems: [{ code: "refresh-earlier" }] });
  });

  test("records the cells that are well, and leaves those that fail as they were", async () => {
    const { runs, put } = await shop([{ who: 1, at: "2026-10-05" }]);
    const other = (rule: string) => cell("segments", "others", `of: people\nsegments:\n  late: ${rule}`);
    const text = (rule: string) => `${notebook({ rules: ACTIVE })}${other(rule)}`;
    await refresh(runs, text("placed order"), "2026-10-06");
    await put([{ who: 2, at: "2026-10-07" }]);
    const view = await refresh(runs, text("placed ordr"), "2026-10-07");
    expect(view.left).toEqual([{ cell: "others", why: "it failed" }]);
    expect(moves(view)).toEqual({ active: "+1 behaviour" });
    // What it missed counts from when it was last recorded.
    expect(moves(await refresh(runs, text("placed order"), "2026-10-08"))).toMatchObject({ late: "+1 behaviour" });
  });

  test("records bands of scores and clusters too, and a plain run nothing", async () => {
    const { runs } = await shop([{ who: 1, at: "2026-10-05" }]);
    const score = cell(
      "score",
      "points",
      "of: people\npoints:\n  - {when: placed order, add: 5}\nbands: {High: '>= 5', Low: '>= 0'}",
    );
    const text = `${notebook({ rules: ACTIVE })}${score}`;
    await runs.run(text, { asOf: "2026-10-06" });
    const view = await refresh(runs, text, "2026-10-06");
    expect(view.before).toBe(null);
    expect(moves(view)).toEqual({ active: "+1 first refresh", High: "+1 first refresh", Low: "+4 first refresh" });
    expect(PEOPLE).toContain("people.csv");
  });

  test("is what ENTERED and LEFT ask, in their windows", async () => {
    const { runs, put } = await shop([{ who: 1, at: "2026-10-01" }]);
    const rules = { ...ACTIVE };
    await refresh(runs, notebook({ rules }), "2026-10-06");
    await put([{ who: 2, at: "2026-10-09" }]);
    await refresh(runs, notebook({ rules }), "2026-10-09");
    const asked = (days: number) => ({
      ...rules,
      joined: `entered segment active in last ${days} days`,
      gone: `left segment active in last ${days} days`,
    });
    const members = async (days: number, day: string) => {
      const text = notebook({ rules: asked(days) });
      const ran = await runs.run(text, { asOf: day });
      expect(ran.result.problems).toEqual([]);
      return ((await runs.rows(text, "groups", { asOf: day })) as unknown[][]).map((row) => row.join(" "));
    };
    expect(await members(5, "2026-10-12")).toEqual(["1 gone", "2 active", "2 joined"]);
    expect(await members(2, "2026-10-12")).toEqual(["2 active"]);
  });
});

describe("Whoever is held out", () => {
  test("is recorded as such, and a change of that is neither coming nor going", async () => {
    const everybody = peopleFile(Array.from({ length: 200 }, (_, who) => ({ who, country: "UK" })));
    const runs = await openRuns({ "orders.csv": ordersFile([]), "people.csv": everybody });
    const text = (control: string) => notebook({ more: control, rules: { all: "country is known" } });
    const count = cell(
      "sql",
      "counts",
      `SELECT entered_because, held_out, "until" IS NULL AS stays, count(*) FROM membership GROUP BY ALL ORDER BY ALL`,
    );
    const counts = async (day: string) => {
      const asked = `${text("")}${count}`;
      await runs.run(asked, { asOf: day, cells: ["counts"] });
      return ((await runs.rows(asked, "counts", { asOf: day })) as unknown[][]).map((row) => row.join(" "));
    };
    await refresh(runs, text("control: 20%\n"), "2026-10-06");
    const [free = "", held = ""] = await counts("2026-10-06");
    expect(free).toMatch(/^first refresh false true 1[5-7]\d$/);
    expect(held).toMatch(/^first refresh true true [2-4]\d$/);
    const people = Number(held.split(" ").at(-1));
    const view = await refresh(runs, text(""), "2026-10-07");
    expect(view.segments).toMatchObject([{ size: 200, entered: 0, left: 0 }]);
    expect(await counts("2026-10-07")).toEqual([
      `control false true ${people}`,
      free,
      `first refresh true false ${people}`,
    ]);
  });
});

test("Whoever is held out stays so person by person over refreshes, whoever comes and goes", async () => {
  const orders = (days: readonly (readonly [from: number, until: number, at: string])[]) =>
    ordersFile(
      days.flatMap(([from, until, at]) => Array.from({ length: until - from }, (_, i) => ({ who: from + i, at }))),
    );
  const everybody = peopleFile(Array.from({ length: 300 }, (_, who) => ({ who, country: "UK" })));
  const runs = await openRuns({ "orders.csv": orders([[0, 200, "2026-10-01"]]), "people.csv": everybody });
  const text = notebook({ more: "control: 20%\n", rules: ACTIVE });
  const ask = cell(
    "sql",
    "stays",
    `SELECT customer_id, held_out, "until" IS NULL AS is_in FROM membership ORDER BY customer_id, membership.since`,
  );
  const heldOut = async (day: string) => {
    await refresh(runs, text, day);
    const asked = `${text}${ask}`;
    await runs.run(asked, { asOf: day, cells: ["stays"] });
    return (await runs.rows(asked, "stays", { asOf: day })) as [number, boolean, boolean][];
  };
  const first = new Map((await heldOut("2026-10-05")).map(([who, held]) => [who, held]));
  expect(first.size).toBe(200);
  // Half of them go, half of these come back, and a hundred others come.
  await runs.put(
    "orders.csv",
    orders([
      [0, 200, "2026-10-01"],
      [100, 300, "2026-10-08"],
    ]),
  );
  await heldOut("2026-10-10");
  await runs.put(
    "orders.csv",
    orders([
      [0, 200, "2026-10-01"],
      [100, 300, "2026-10-08"],
      [0, 50, "2026-10-12"],
    ]),
  );
  const last = await heldOut("2026-10-13");
  expect(last.filter(([, , isIn]) => isIn).length).toBe(250);
  expect(last.length).toBe(350);
  for (const [who, held] of last) expect(held, `customer ${who}`).toBe(first.get(who) ?? held);
  expect(last.filter(([who, held]) => who < 200 && held).length).toBeGreaterThan(20);
});

describe("Rows that are no events, and say when they came to be", () => {
  const joined = cell(
    "source",
    "people",
    "files: joined.csv\ncolumns: {customer_id: BIGINT, joined: DATE}\nat: joined",
  );
  const text = `${joined}${cell("segments", "groups", "of: people\nsegments:\n  all: joined is known\n  new: joined in last 7 days")}`;

  test("are new people's coming, and no cause where they were there before", async () => {
    const before = "customer_id,joined\n1,2026-10-01\n2,2026-10-05\n";
    const runs = await openRuns({ "joined.csv": before });
    await refresh(runs, text, "2026-10-06");
    await runs.put("joined.csv", `${before}3,2026-10-07\n`);
    expect(moves(await refresh(runs, text, "2026-10-09"))).toEqual({
      all: "+1 behaviour",
      new: "-1 time, +1 behaviour",
    });
  });

  test("that lie after the moment already, as in a history of old data, are not taken for new ones", async () => {
    const runs = await openRuns({ "joined.csv": "customer_id,joined\n1,2026-10-01\n2,2026-10-20\n" });
    await refresh(runs, text, "2026-10-06");
    expect(moves(await refresh(runs, text, "2026-10-09"))).toEqual({ all: "", new: "-1 time" });
    expect(moves(await refresh(runs, text, "2026-10-21"))).toEqual({ all: "", new: "+1 time" });
  });
});

test("In data that was collected afterwards, people whose first event lies later are there all along", async () => {
  const joined = cell(
    "source",
    "people",
    "files: joined.csv\ncolumns: {customer_id: BIGINT, joined: DATE}\nevent: joined\nat: joined",
  );
  const text = `${joined}${cell("segments", "groups", "of: people\nsegments:\n  all: customer_id is known\n  new: joined in last 7 days")}`;
  const runs = await openRuns({ "joined.csv": "customer_id,joined\n1,2026-10-01\n2,2026-10-08\n" });
  const rules = text.replace("new: joined in", "new: event joined in");
  await refresh(runs, rules, "2026-10-06");
  expect(moves(await refresh(runs, rules, "2026-10-09"))).toEqual({ all: "", new: "-1 time, +1 behaviour" });
});

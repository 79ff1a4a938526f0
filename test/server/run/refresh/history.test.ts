import { describe, expect, it } from "vitest";
import { isProblem } from "../../../../server/notebook/is-problem.ts";
import { type NotebookRuns, openRuns, PATH, withHead } from "../notebook-runs.ts";
import { notebook, ordersFile, peopleFile, refresh } from "./refreshes.ts";

const FIVE = peopleFile([1, 2, 3, 4, 5].map((who) => ({ who, country: "UK" })));

const RULES = { recent: "placed order in last 7 days", former: "placed order" };
const CELL = { more: "exclusive: true\n", rules: RULES };

async function historyOf(runs: NotebookRuns, text: string, name: string | null) {
  const segments = name === null ? [] : [{ cell: "groups", name }];
  const ask = { path: PATH, text: withHead(text), set: {}, asOf: "2026-10-20", segments };
  const found = await runs.session.history(ask, new AbortController().signal);
  if (isProblem(found)) throw new Error(found.message);
  return found;
}

describe("What refreshes recorded of a segment", () => {
  it("is nothing before the first", async () => {
    const runs = await openRuns({ "orders.csv": ordersFile([]), "people.csv": FIVE });
    expect(await historyOf(runs, notebook(CELL), "recent")).toEqual({
      refreshes: [],
      segments: [],
      moves: null,
      migration: null,
    });
  });

  it("is its size at each, who came and went by which cause, from and to where, and when its rule was edited", async () => {
    // 1 and 2 order early; 3 orders between the refreshes, as 2 does again; 1 becomes a former one by time.
    const before = [
      { who: 1, at: "2026-10-01" },
      { who: 2, at: "2026-10-02" },
    ];
    const runs = await openRuns({ "orders.csv": ordersFile(before), "people.csv": FIVE });
    await refresh(runs, notebook(CELL), "2026-10-05");
    const later = [
      { who: 3, at: "2026-10-08" },
      { who: 2, at: "2026-10-11" },
    ];
    await runs.put("orders.csv", ordersFile([...before, ...later]));
    await refresh(runs, notebook(CELL), "2026-10-12");
    const edited = notebook({ ...CELL, rules: { ...RULES, recent: "placed order in last 3 days" } });
    await refresh(runs, edited, "2026-10-13");
    const view = await historyOf(runs, edited, "recent");
    expect(view.refreshes.map(({ asOf }) => asOf.slice(0, 10))).toEqual(["2026-10-06", "2026-10-13", "2026-10-14"]);
    const points = (name: string) => view.segments.find((segment) => segment.name === name)?.points;
    expect(points("recent")).toEqual([
      { size: 2, entered: 2, left: 0, isEdited: false },
      { size: 2, entered: 1, left: 1, isEdited: false },
      { size: 1, entered: 0, left: 1, isEdited: true },
    ]);
    expect(points("former")?.map((point) => point?.size)).toEqual([0, 1, 2]);
    expect(view.moves).toEqual({
      cell: "groups",
      name: "recent",
      causes: [
        { because: "time", entered: 0, left: 1 },
        { because: "behaviour", entered: 1, left: 0 },
        { because: "rule", entered: 0, left: 1 },
      ],
      from: [{ name: null, people: 1 }],
      to: [{ name: "former", people: 2 }],
    });
  });

  it("marks the edits of its own rule, and of what else decides who is in it", async () => {
    const runs = await openRuns({ "orders.csv": ordersFile([{ who: 1, at: "2026-10-01" }]), "people.csv": FIVE });
    const rules = { first: "placed order", second: "country = 'UK'" };
    const accept = "accept:\n  - {code: segment-small, segment: first, reason: It is}\n";
    const steps = [
      { rules, more: "otherwise: rest\n" },
      { rules, more: `otherwise: rest\ncontrol: 10%\n${accept}` },
      { rules: { ...rules, first: "placed order in last 60 days" }, more: "otherwise: rest\n" },
      { rules: { ...rules, first: "placed order in last 60 days" }, more: "otherwise: rest\nexclusive: true\n" },
      { rules: { ...rules, first: "placed order in last 50 days" }, more: "otherwise: rest\nexclusive: true\n" },
    ];
    for (const [day, step] of steps.entries()) await refresh(runs, notebook(step), `2026-10-0${day + 2}`);
    const view = await historyOf(runs, notebook({ rules }), null);
    const edited = (name: string) =>
      view.segments.find((segment) => segment.name === name)?.points.map((point) => point?.isEdited);
    expect(edited("first")).toEqual([false, false, true, false, true]);
    expect(edited("second")).toEqual([false, false, false, true, true]);
    expect(edited("rest")).toEqual([false, false, true, false, true]);
  });

  it("has no comings and goings of a segment that was never recorded", async () => {
    const runs = await openRuns({ "orders.csv": ordersFile([{ who: 1, at: "2026-10-01" }]), "people.csv": FIVE });
    await refresh(runs, notebook(CELL), "2026-10-05");
    expect((await historyOf(runs, notebook(CELL), "nobody")).moves).toBeNull();
  });
});

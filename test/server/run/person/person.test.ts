import { describe, expect, test } from "vitest";
import type { ConditionAnswer, PersonView } from "../../../../server/segments/person/view.ts";
import { cell, type NotebookRuns, openRuns, PATH } from "../notebook-runs.ts";
import { notebook, ordersFile, peopleFile, refresh } from "../refresh/refreshes.ts";

const never = new AbortController().signal;
const ORDERS = ordersFile([
  { who: 1, at: "2026-09-01", amount: 5 },
  { who: 1, at: "2026-10-05", amount: 20 },
  { who: 1, at: "2026-10-20" },
  { who: 12, at: "2026-10-05" },
]);
const PEOPLE = peopleFile([
  { who: 1, country: "UK" },
  { who: 12, country: "" },
  { who: 2, country: "DE" },
]);
const RULES = {
  often: "placed order at least 3 times in last 30 days",
  known: "country = 'UK' OR NOT (sum of amount of placed order > 100 AND country IS KNOWN)",
  both: "in segment often AND placed order",
};
const FEATURES = cell("features", "counts", "from: people\ncolumns:\n  n: count of placed order");
const text = notebook({ rules: RULES, before: FEATURES, more: "otherwise: rest\nexclusive: true\n" });

async function personOf(runs: NotebookRuns, person: string, of = text, asOf = "2026-10-06"): Promise<PersonView> {
  const ask = { path: PATH, text: `---\nsegbook: 1\nas_of: ${asOf}\n---\n\n${of}`, set: {}, asOf, person };
  const view = await runs.session.person({ ...ask, kind: null, offset: 0, limit: 10 }, never);
  if ("code" in view) throw new Error(view.code);
  return view;
}

/** `+ and(+ a [2], - b [missing])`: what holds and what was found. */
function shape({ kind, text: written, holds, found, parts }: ConditionAnswer): string {
  const mark = holds ? "+" : "-";
  if (kind !== "condition") return `${mark} ${kind}(${parts.map(shape).join(", ")})`;
  return `${mark} ${written}${found === null ? "" : ` [${found.what} ${found.value ?? "missing"}]`}`;
}

async function shop(): Promise<NotebookRuns> {
  const runs = await openRuns({ "orders.csv": ORDERS, "people.csv": PEOPLE });
  await runs.run(text, { asOf: "2026-10-06" });
  return runs;
}

describe("A person", () => {
  test("has its events before the moment, the newest first, and its values", async () => {
    const view = await personOf(await shop(), "1");
    expect(view).toMatchObject({ entity: "customer_id", person: "1", asOf: "2026-10-07T00:00:00+00:00", untold: [] });
    expect(view.kinds).toMatchObject([
      { words: "placed order", relation: "orders", events: 2, last: "2026-10-05T12:00:00+00:00" },
    ]);
    expect(view.events).toMatchObject({
      total: 2,
      rows: [{ properties: { amount: 20 } }, { properties: { amount: 5 } }],
    });
    const told = view.values.map(
      ({ relation, columns }) => `${relation} ${columns.map(({ value }) => value).join(" ")}`,
    );
    expect(told).toEqual(["counts 1 2", "people 1 UK"]);
  });

  test("is told why it is in a segment or not, condition by condition with the numbers", async () => {
    const runs = await shop();
    const one = await personOf(runs, "1");
    const why = one.segments.flatMap((segment) => (segment.why === null ? [] : [shape(segment.why)]));
    expect(why).toEqual([
      "- placed order at least 3 times in last 30 days [count 1]",
      "+ or(+ country = 'UK' [country UK], + not(- and(- sum of amount of placed order > 100 [sum 25], + country is known [country UK])))",
      "- and(- in segment often, + placed order [count 2])",
    ]);
    expect(one.segments.map(({ segment, isIn }) => `${segment} ${isIn}`)).toEqual([
      "often false",
      "known true",
      "both false",
      "rest false",
    ]);
    expect(one.segments[3]?.keptOut).toEqual({ by: "segment", segment: "known" });
    const twelve = await personOf(runs, "12");
    expect(twelve.segments[1]?.why && shape(twelve.segments[1].why)).toContain("- country = 'UK' [country missing]");
  });

  test("is in what the notebook's own run has it in", async () => {
    const runs = await shop();
    const rows = (await runs.rows(text, "groups", { asOf: "2026-10-06" })) as unknown[][];
    for (const person of ["1", "2", "12"]) {
      const isIn = (await personOf(runs, person)).segments
        .filter((segment) => segment.isIn)
        .map(({ segment }) => segment);
      expect(isIn).toEqual(rows.filter(([who]) => String(who) === person).map(([, segment]) => segment));
    }
  });

  test("that no relation of the rules has is told to be absent, and one that nobody knows is an error", async () => {
    const runs = await shop();
    await runs.put("orders.csv", `${ORDERS}77,1,2026-10-01 12:00:00\n`);
    await runs.run(text, { asOf: "2026-10-06" });
    const view = await personOf(runs, "77");
    expect(view.segments[0]).toMatchObject({ isIn: false, keptOut: { by: "absence", relation: "people" }, why: null });
    await expect(personOf(runs, "nobody")).rejects.toThrow("unknown-person");
  });

  test("has its stays in segments with why it came and went", async () => {
    const runs = await shop();
    const active = notebook({ rules: { active: "placed order in last 7 days" } });
    await refresh(runs, active, "2026-10-06");
    await refresh(runs, active, "2026-10-13");
    await refresh(runs, active, "2026-10-20");
    const view = await personOf(runs, "1", active, "2026-10-20");
    expect(view.stays).toMatchObject([
      { segment: "active", since: "2026-10-21T00:00:00+00:00", until: null, enteredBecause: "behaviour" },
      { since: "2026-10-07T00:00:00+00:00", until: "2026-10-14T00:00:00+00:00", leftBecause: "time" },
    ]);
  });

  test("is found by the beginning of its key", async () => {
    const runs = await shop();
    const ask = { path: PATH, text: `---\nsegbook: 1\nas_of: 2026-10-06\n---\n\n${text}`, set: {}, asOf: "2026-10-06" };
    const found = await runs.session.people({ ...ask, prefix: "1", limit: 10 }, never);
    expect(found).toEqual({ entity: "customer_id", people: ["1", "12"], more: false });
    expect(await runs.session.people({ ...ask, prefix: "", limit: 2 }, never)).toMatchObject({
      people: ["1", "2"],
      more: true,
    });
  });
});

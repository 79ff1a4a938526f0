import { expect, test } from "vitest";
import { cell, openRuns, PATH, withHead } from "../notebook-runs.ts";
import { notebook, ordersFile, peopleFile } from "../refresh/refreshes.ts";

test("A forecast tells who goes and comes by time alone, and on which day", async () => {
  const runs = await openRuns({
    "orders.csv": ordersFile([
      { who: 1, at: "2026-10-01" },
      { who: 2, at: "2026-10-03" },
      { who: 3, at: "2026-10-06" },
      // What happens after the moment is not known then.
      { who: 1, at: "2026-10-08" },
    ]),
    "people.csv": peopleFile([1, 2, 3, 4].map((who) => ({ who, country: "UK" }))),
  });
  const rules = { active: "placed order in last 7 days", lapsed: "placed order more than 7 days ago" };
  const text = notebook({ rules });
  await runs.run(text, { asOf: "2026-10-06" });
  const ask = {
    path: PATH,
    text: `---\nsegbook: 1\nas_of: 2026-10-06\n---\n\n${text}`,
    set: {},
    asOf: "2026-10-06",
    days: 4,
  };
  const people = { cell: "groups", segment: "active", which: "leaving", offset: 0, limit: 10 } as const;
  const view = await runs.session.forecast({ ...ask, people }, new AbortController().signal);
  // Orders are at noon and the moment at midnight: that of the 1st is out of the 7 days at the end of the 8th.
  expect(view.days[0]).toBe("2026-10-08T00:00:00+00:00");
  expect(view.segments).toEqual([
    { cell: "groups", segment: "active", size: 3, leaving: [0, 1, 0, 1], entering: [0, 0, 0, 0] },
    { cell: "groups", segment: "lapsed", size: 0, leaving: [0, 0, 0, 0], entering: [0, 1, 0, 1] },
  ]);
  expect(view.people).toEqual({
    rows: [
      { person: "1", day: 2 },
      { person: "2", day: 4 },
    ],
    offset: 0,
    total: 2,
  });
  expect(view.untold).toEqual([]);
});

test("A forecast that can't be made says which cell stands in its way, and why", async () => {
  const runs = await openRuns({ "orders.csv": ordersFile([]), "people.csv": peopleFile([{ who: 1, country: "UK" }]) });
  const before = cell("sql", "broken", "SELECT customer_id, country::INTEGER AS number FROM people");
  const text = withHead(notebook({ of: "broken", before, rules: { some: "number > 1" } }));
  const ask = { path: PATH, text, set: {}, asOf: "2026-10-06", days: 1, people: null };
  const { segments, untold } = await runs.session.forecast(ask, new AbortController().signal);
  expect(segments).toEqual([]);
  expect(untold).toMatchObject([
    { cell: "groups", why: expect.stringMatching(/^`broken` could not be computed: .*UK/) },
  ]);
});

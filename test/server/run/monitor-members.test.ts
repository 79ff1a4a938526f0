import { expect, it } from "vitest";
import { cell, type NotebookRuns, openRuns, type Ran } from "./notebook-runs.ts";

const HEAD = "---\nsegbook: 1\nas_of: 2026-10-12\nweek_starts: monday\n---\n\n";

/** Person 1 buys on Thursday, 8 October, 2 did long before, 3 never. */
const ORDERS = "customer_id,at\n1,2026-10-08 12:00:00\n2,2026-01-01 12:00:00\n";
const PEOPLE = "customer_id\n1\n2\n3\n";

/** A mail a day to everybody at nine. */
function sends(days: readonly string[]): string {
  const rows = days.flatMap((day) => [1, 2, 3].map((person) => `${person},2026-${day} 09:00:00,2026-${day} 09:01:00,`));
  return `customer_id,sent_at,delivered_at,opened_at\n${rows.join("\n")}\n`;
}
const DAYS = ["10-05", "10-07", "10-09", "10-12"];

const cells = (rule: string, control = "") =>
  HEAD +
  [
    cell("source", "people", "files: people.csv"),
    cell("source", "orders", "files: orders.csv\nevent: placed order\nat: at"),
    cell("source", "sends", "files: sends.csv\ncolumns: {opened_at: TIMESTAMP}"),
    cell("segments", "groups", `of: people\nsegments:\n  Buyers: ${rule}${control}`),
    cell("monitor", "watch", "segments: groups\nsends: sends\nmetrics: [open_rate]\nmature_after: 0 hours"),
  ].join("");

async function counts(runs: NotebookRuns, text: string, asOf = "2026-10-12") {
  const ran = await runs.run(text, { asOf });
  expect(ran.story.filter((line) => !/computed|found/.test(line))).toEqual([]);
  const rows = (await runs.rows(text, "watch_counts", { asOf })) as unknown[][];
  return { ran, rows: rows.map(([segment, period, , by, sent]) => `${segment} ${period} ${by} ${sent}`) };
}

const note = (ran: Ran) => ran.cell("watch").problems.find(({ code }) => code.startsWith("members-"));

const open = () => openRuns({ "people.csv": PEOPLE, "orders.csv": ORDERS, "sends.csv": sends(DAYS) });

it("before anything is recorded a send counts by the rule as of the beginning of its week", async () => {
  const { ran, rows } = await counts(await open(), cells("placed order"));
  expect(rows).toEqual([
    "Buyers 2026-10-05 rule 1",
    "Buyers 2026-10-07 rule 1",
    // Person 1 bought in that week, and is in from the next one on.
    "Buyers 2026-10-09 rule 1",
    "Buyers 2026-10-12 rule 2",
  ]);
  expect(note(ran)).toMatchObject({ code: "members-by-rule", severity: "note" });
  expect(note(ran)?.message).toContain("Whoever is in `people` today counts for every week.");
});

it("from the first refresh on a send counts as was recorded, whatever the rule is now; a result of before one is stale", async () => {
  const runs = await open();
  const text = cells("placed order");
  await runs.run(text, { asOf: "2026-10-07T00:00:00Z", refresh: true });
  await counts(runs, text);
  await runs.run(text, { asOf: "2026-10-08T18:00:00Z", refresh: true });
  expect((await runs.plan(text, { asOf: "2026-10-08T18:00:00Z" })).states.watch).toBe("fresh");
  expect((await runs.plan(text, { asOf: "2026-10-12" })).cell("watch").state).toBe("stale");
  const { ran, rows } = await counts(runs, text);
  expect(rows).toEqual([
    "Buyers 2026-10-05 rule 1",
    "Buyers 2026-10-07 history 1",
    "Buyers 2026-10-09 history 2",
    "Buyers 2026-10-12 history 2",
  ]);
  expect(note(ran)?.message).toContain("recorded from 7 Oct on");
  const narrower = cells("placed order at least 5 times");
  expect((await counts(runs, narrower)).rows).toEqual(rows.slice(1).filter((row) => row.includes("history")));
});

it("is said of each cohort by the least sure of its sends, and not at all where everything was recorded", async () => {
  const runs = await open();
  const text = cells("placed order");
  await runs.run(text, { asOf: "2026-10-01T00:00:00Z", refresh: true });
  const { ran, rows } = await counts(runs, text);
  expect(rows.every((row) => row.includes("history"))).toBe(true);
  expect(note(ran)?.code).toBe("members-recorded");
});

it("those who are held out do not count as mailed", async () => {
  const control = "\ncontrol: 99%";
  const runs = await open();
  expect((await counts(runs, cells("placed order"))).rows).toHaveLength(4);
  expect((await counts(runs, cells("placed order", control))).rows).toEqual([]);
  await runs.run(cells("placed order", control), { asOf: "2026-10-07T00:00:00Z", refresh: true });
  await runs.run(cells("placed order"), { asOf: "2026-10-09T00:00:00Z", refresh: true });
  expect((await counts(runs, cells("placed order"))).rows).toEqual([
    "Buyers 2026-10-05 rule 1",
    "Buyers 2026-10-09 history 2",
    "Buyers 2026-10-12 history 2",
  ]);
});

it("rules as of a week's beginning hold for whom an ordinary run of that moment finds, whatever they ask", async () => {
  const people = Array.from({ length: 30 }, (_, i) => i + 1);
  const bought = people.flatMap((person) =>
    Array.from({ length: 12 }, (_, n) => {
      const at = new Date(Date.UTC(2026, 8, 1, (person * 5) % 24) + ((n * person) % 40) * 86_400_000);
      return `${person},${at.toISOString().slice(0, 19)},${(person * 7 + n) % 50}`;
    }),
  );
  const mondays = ["2026-09-21", "2026-10-05"];
  // A minute past midnight in Berlin, which is two hours ahead.
  const mail = mondays.flatMap((day) => people.map((person) => `${person},${day} 00:01:00,`));
  const runs = await openRuns({
    "people.csv": `customer_id\n${people.join("\n")}\n`,
    "orders.csv": `customer_id,at,amount\n${bought.join("\n")}\n`,
    "sends.csv": `customer_id,sent_at,opened_at\n${mail.join("\n")}\n`,
  });
  const rules = [
    "  Recent: recency < 5",
    "  Often: placed order at least 3 times in last 14 days AND NOT IN SEGMENT Recent",
    "  Pairs: placed order THEN placed order WITHIN 2 DAYS in last 2 weeks",
    "  Spenders: sum of amount of placed order in last 30 days > 60",
  ];
  const text = `---\nsegbook: 1\ntimezone: Europe/Berlin\nas_of: 2026-10-12\n---\n\n${[
    cell("source", "people", "files: people.csv"),
    cell("source", "orders", "files: orders.csv\nevent: placed order\nat: at"),
    cell("source", "sends", "files: sends.csv\ncolumns: {opened_at: TIMESTAMP}"),
    cell("features", "behaviour", "from: people\ncolumns:\n  recency: days since last placed order"),
    cell("segments", "groups", `of: behaviour\nsegments:\n${rules.join("\n")}\notherwise: Rest`),
    cell("monitor", "watch", "segments: groups\nsends: sends\nmetrics: [open_rate]\nmature_after: 0 hours"),
  ].join("")}`;
  const { rows } = await counts(runs, text, "2026-10-12");
  const expected: string[] = [];
  for (const day of mondays) {
    // A date means its end: the day before Monday.
    const asOf = new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
    await runs.run(text, { asOf, cells: ["groups"] });
    const found = (await runs.rows(text, "groups", { asOf })) as [number, string][];
    for (const segment of new Set(found.map(([, name]) => name)))
      expected.push(`${segment} ${day} rule ${found.filter(([, name]) => name === segment).length}`);
  }
  expect(rows).toEqual(expected.sort());
  expect(new Set(expected.map((row) => row.split(" ")[0])).size).toBeGreaterThan(3);
});

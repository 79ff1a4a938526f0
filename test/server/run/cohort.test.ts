import { expect, it } from "vitest";
import { isProblem } from "../../../server/notebook/is-problem.ts";
import type { CohortView } from "../../../server/run/cohort-view.ts";
import { cell, type NotebookRuns, openRuns, PATH } from "./notebook-runs.ts";

const HEAD = "---\nsegbook: 1\nas_of: 2026-10-12\nweek_starts: monday\n---\n\n";
const AS_OF = "2026-10-12";

/** Person 1 buys on Thursday, 8 October, 2 did long before, 3 never. */
const ORDERS = "customer_id,at\n1,2026-10-08 12:00:00\n2,2026-01-01 12:00:00\n";
const PEOPLE = "customer_id\n1\n2\n3\n";
const DAYS = ["09-28", "10-05", "10-07", "10-09", "10-12"];

/** A mail a day to everybody at nine by one of two campaigns; 2 opens all of them, one by machine and one too late. */
function sends(): string {
  const rows = DAYS.flatMap((day, n) =>
    [1, 2, 3].map((person) => {
      const sent = `2026-${day} 09:00:00`;
      const opened = person !== 2 ? "" : day === "10-05" ? "2026-10-11 09:00:00" : `2026-${day} 10:00:00`;
      return `${person},${n},${sent},${opened},${day === "10-07"},${n % 2 === 0 ? "spring" : "news"}`;
    }),
  );
  return `customer_id,mailing,sent_at,opened_at,by_machine,campaign\n${rows.join("\n")}\n`;
}

const MONITOR =
  "segments: groups\nsends: sends\nmetrics: [open_rate]\nmature_after: 48 hours\ncolumns: {send_id: mailing, machine_open: by_machine}";
const cells = (rule: string, monitor = MONITOR) =>
  HEAD +
  [
    cell("source", "people", "files: people.csv"),
    cell("source", "orders", "files: orders.csv\nevent: placed order\nat: at"),
    cell("source", "sends", "files: sends.csv\ncolumns: {opened_at: TIMESTAMP}"),
    cell("segments", "groups", `of: people\nsegments:\n  Buyers: ${rule}`),
    cell("monitor", "watch", monitor),
  ].join("");

const open = () => openRuns({ "people.csv": PEOPLE, "orders.csv": ORDERS, "sends.csv": sends() });

const WHOLE = { segment: "Buyers", metric: "open_rate", offset: 0, limit: 50 };

async function asked(runs: NotebookRuns, text: string, what: Partial<typeof WHOLE> & { from: string; to?: string }) {
  const ask = { path: PATH, text, set: {}, asOf: AS_OF, cell: "watch", ...WHOLE, to: what.from, ...what };
  return runs.session.cohort(ask, new AbortController().signal);
}

async function cohort(...given: Parameters<typeof asked>): Promise<CohortView> {
  const found = await asked(...given);
  if (isProblem(found)) throw new Error(found.message);
  return found;
}

const column = ({ page }: CohortView, name: string) => {
  const at = page.columns.findIndex((one) => one.name === name);
  return page.rows.map((row) => row[at]);
};

it("the sends of a period are those that it counted, whoever told that their receivers were in the segment", async () => {
  const runs = await open();
  const text = cells("placed order");
  await runs.run(text, { asOf: "2026-10-07T00:00:00Z", refresh: true });
  await runs.run(text, { asOf: "2026-10-08T18:00:00Z", refresh: true });
  await runs.run(text, { asOf: AS_OF });
  const counts = (await runs.rows(text, "watch_counts", { asOf: AS_OF })) as unknown[][];
  const series = (await runs.rows(text, "watch_series", { asOf: AS_OF })) as unknown[][];
  expect(counts.map(([, period, , by, sent]) => `${period} ${by} ${sent}`)).toEqual([
    "2026-09-28 rule 1",
    "2026-10-05 rule 1",
    "2026-10-07 history 1",
    "2026-10-09 history 2",
    "2026-10-12 history 2",
  ]);
  for (const [, period, , by, sent] of counts) {
    const found = await cohort(runs, text, { from: String(period) });
    expect(found.membersBy).toEqual([{ by, rows: sent }]);
    expect(found.rows).toBe(sent);
    expect(found.page.rows).toHaveLength(Number(sent));
    const point = series.find((row) => row[2] === period);
    expect([found.chances, found.events]).toEqual([point?.[3], point?.[4]]);
  }
});

it("a row says who, when, which send and what became of it in time; the rows are grouped as alerts are split", async () => {
  const runs = await open();
  const text = cells("placed order");
  await runs.run(text, { asOf: AS_OF });
  const week = await cohort(runs, text, { from: "2026-10-05", to: "2026-10-11" });
  const names = week.page.columns.map(({ name }) => name);
  expect(names).toEqual(["customer_id", "sent_at", "send_id", "campaign", "delivered", "opened", "machine_opened"]);
  expect(column(week, "customer_id")).toEqual([2, 2, 2]);
  expect(column(week, "campaign")).toEqual(["news", "spring", "news"]);
  // The first was opened after 48 hours, the second by a machine.
  expect(column(week, "opened")).toEqual([false, true, true]);
  expect(column(week, "machine_opened")).toEqual([false, true, false]);
  expect([week.rows, week.chances, week.events]).toEqual([3, 2, 1]);
  expect(week.groups).toEqual([
    {
      column: "campaign",
      parts: [
        { part: "news", rows: 2, chances: 2, events: 1 },
        { part: "spring", rows: 1, chances: 0, events: 0 },
      ],
    },
  ]);
  const second = await asked(runs, text, { from: "2026-10-05", to: "2026-10-11", offset: 1, limit: 1 });
  expect(second).toMatchObject({ rows: 3, page: { offset: 1, rows: [week.page.rows[1]] } });
});

it("today's people count where nothing else is known, and a send's id asks for that send", async () => {
  const runs = await open();
  const scored = cells("placed order", MONITOR.replace("segments: groups", "segments: named").concat("\nperiod: send"));
  const text = `${scored}${cell("sql", "named", "SELECT customer_id, 'Buyers' AS segment FROM people WHERE customer_id < 3")}`;
  await runs.run(text, { asOf: AS_OF });
  const found = await cohort(runs, text, { from: "3" });
  expect(found.membersBy).toEqual([{ by: "today", rows: 2 }]);
  expect(column(found, "send_id")).toEqual(["3", "3"]);
  expect([found.chances, found.events]).toEqual([2, 1]);
});

it("of a relation that is counted its rows are shown", async () => {
  const runs = await openRuns({
    "counts.csv":
      "segment,period,campaign,delivered,opened\nA,2026-10-01,x,10,4\nA,2026-10-01,y,20,5\nA,2026-10-02,x,7,1\nB,2026-10-01,x,9,9\n",
  });
  const monitor = "counts: counted\nmetrics: [open_rate]\nmature_after: 0 hours";
  const text = `${HEAD}${cell("source", "counted", "files: counts.csv")}${cell("monitor", "watch", monitor)}`;
  await runs.run(text, { asOf: AS_OF });
  const found = await cohort(runs, text, { segment: "A", from: "2026-10-01" });
  expect([found.relation, found.rows, found.chances, found.events]).toEqual(["counted", 2, 30, 9]);
  expect(found.membersBy).toEqual([]);
  expect(column(found, "campaign")).toEqual(["x", "y"]);
  expect(found.groups[0]?.parts).toEqual([
    { part: "y", rows: 1, chances: 20, events: 5 },
    { part: "x", rows: 1, chances: 10, events: 4 },
  ]);
});

it("what has no result, is no monitor or is no rate says so; a period without sends is empty", async () => {
  const runs = await open();
  const text = cells("placed order");
  const code = async (what: Parameters<typeof asked>[2] & { cell?: string }) => {
    const found = await asked(runs, text, what);
    return isProblem(found) ? found.code : found.rows;
  };
  expect(await code({ from: "2026-10-05" })).toBe("not-computed");
  await runs.run(text, { asOf: AS_OF });
  expect(await code({ from: "2026-10-05", metric: "size" })).toBe("no-rows-counted");
  expect(await code({ from: "2026-10-05", cell: "groups" })).toBe("unknown-relation");
  expect(await code({ from: "2026-10-06" })).toBe(0);
  expect(await code({ from: "no day' OR true --" })).toBe(0);
});

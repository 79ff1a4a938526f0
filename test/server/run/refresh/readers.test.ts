import { expect, it } from "vitest";
import { cell, type NotebookRuns, openRuns } from "../notebook-runs.ts";

const HEAD = "---\nsegbook: 1\nweek_starts: monday\n---\n\n";
const DAYS = ["2026-10-05", "2026-10-06", "2026-10-07"] as const;

/** Person 1 buys on Monday, 2 on Tuesday, 3 on Wednesday; everybody gets a mail each morning. */
const DATA = {
  "people.csv": "customer_id\n1\n2\n3\n",
  "orders.csv": `customer_id,at\n${DAYS.map((day, i) => `${i + 1},${day} 12:00:00\n`).join("")}`,
  "sends.csv": `customer_id,sent_at,delivered_at,opened_at\n${[...DAYS, "2026-10-08"].flatMap((day) => [1, 2, 3].map((who) => `${who},${day} 09:00:00,${day} 09:01:00,\n`)).join("")}`,
};

const SOURCES = [
  cell("source", "people", "files: people.csv"),
  cell("source", "orders", "files: orders.csv\nevent: placed order\nat: at"),
  cell("source", "sends", "files: sends.csv\ncolumns: {opened_at: TIMESTAMP}"),
].join("");
const STAYS = cell("sql", "stays", "SELECT customer_id, segment, since FROM membership ORDER BY ALL");
const WATCH = cell(
  "monitor",
  "watch",
  "segments: groups\nsends: sends\nmetrics: [open_rate, size]\nmature_after: 0 hours",
);
const groups = (more = "") => cell("segments", "groups", `of: people\nsegments:\n  Buyers: placed order${more}`);

const text = HEAD + SOURCES + WATCH + STAYS + groups();

async function counts(runs: NotebookRuns, of: string, asOf: string): Promise<string[]> {
  const rows = (await runs.rows(of, "watch_counts", { asOf })) as unknown[][];
  return rows.map(([segment, period, , by, sent]) => `${segment} ${period} ${by} ${sent}`);
}

const notFresh = async (runs: NotebookRuns, of: string, asOf: string) =>
  Object.entries((await runs.plan(of, { asOf })).states).filter(([, state]) => state !== "fresh");

it("what reads `membership` is run after a refresh has recorded, once, and counts by it; the next one finds all of it", async () => {
  const runs = await openRuns(DATA);
  for (const [index, asOf] of DAYS.entries()) {
    const told: string[] = [];
    const onCell = ({ id, state }: { id: string; state: string }) => void (state === "fresh" && told.push(id));
    const { result } = await runs.run(text, { asOf, refresh: true, onCell });
    expect([result.state, result.problems, result.refresh?.state]).toEqual(["done", [], "recorded"]);
    expect([...told].sort()).toEqual(["groups", "orders", "people", "sends", "stays", "watch"]);
    expect(told.indexOf("groups")).toBeLessThan(Math.min(told.indexOf("watch"), told.indexOf("stays")));
    expect(result.monitors?.reports.map(({ cell }) => cell)).toEqual(["watch"]);
    expect(await notFresh(runs, text, asOf)).toEqual([]);
    expect(await runs.rows(text, "stays", { asOf })).toHaveLength(index + 1);
    const again = await runs.run(text, { asOf, refresh: true });
    expect(again.result.refresh?.state).toBe("same");
    expect(again.story.filter((line) => !line.endsWith(" found"))).toEqual([]);
  }
  // The refresh of Monday tells of its end.
  expect(await counts(runs, text, "2026-10-07")).toEqual([
    "Buyers 2026-10-06 history 1",
    "Buyers 2026-10-07 history 2",
  ]);
  const { result } = await runs.run(text, { asOf: "2026-10-08", refresh: true });
  expect(result.state).toBe("done");
  expect((await counts(runs, text, "2026-10-08")).at(-1)).toBe("Buyers 2026-10-08 history 3");
});

it("rules on who entered keep to the refreshes before: what they were recorded with stays what they come to", async () => {
  const runs = await openRuns(DATA);
  const entered = HEAD + SOURCES + groups("\n  New: ENTERED SEGMENT Buyers in last 7 days") + WATCH;
  const sizes: unknown[] = [];
  for (const asOf of DAYS) {
    const { result } = await runs.run(entered, { asOf, refresh: true });
    expect([result.state, result.refresh?.state]).toEqual(["done", "recorded"]);
    sizes.push(result.refresh?.segments.map(({ size }) => size));
    expect(await notFresh(runs, entered, asOf)).toEqual([]);
    const again = await runs.run(entered, { asOf, refresh: true });
    expect(again.result.refresh?.state).toBe("same");
  }
  // Nobody saw the first one come; the second one's coming counts from the refresh after that found it.
  expect(sizes).toEqual([
    [1, 0],
    [2, 0],
    [3, 1],
  ]);
});

it("a cell that the recorded segments read is not run again, and the monitor counts by the record all the same", async () => {
  const runs = await openRuns(DATA);
  const known = cell(
    "sql",
    "known",
    "SELECT DISTINCT p.customer_id, m.customer_id IS NOT NULL AS seen FROM people AS p LEFT JOIN membership AS m USING (customer_id) ORDER BY 1",
  );
  const of = HEAD + SOURCES + known + groups().replace("of: people", "of: known") + WATCH + STAYS;
  await runs.run(of, { asOf: DAYS[0], refresh: true });
  const told: string[] = [];
  const { result } = await runs.run(of, {
    asOf: DAYS[1],
    refresh: true,
    onCell: ({ id, state }) => void (state === "fresh" && told.push(id)),
  });
  expect([result.state, told.filter((id) => id === "known")]).toEqual(["done", ["known"]]);
  expect(result.monitors?.reports).toHaveLength(1);
  const stale = (await notFresh(runs, of, DAYS[1])).map(([id]) => id);
  expect(stale).toEqual(expect.arrayContaining(["known", "groups"]));
  expect(stale).not.toContain("stays");
  const next = await runs.run(of, { asOf: DAYS[1], refresh: true });
  expect(next.story).toEqual(expect.arrayContaining(["known computed", "groups computed"]));
});

it("a reader that fails leaves the record, and the other monitors' reports", async () => {
  const runs = await openRuns(DATA);
  const broken = cell("sql", "broken", "SELECT CAST(segment AS INTEGER) AS segment FROM membership");
  const { result } = await runs.run(text + broken, { asOf: DAYS[0], refresh: true });
  expect([result.state, result.refresh?.state]).toEqual(["failed", "recorded"]);
  expect(result.cells.filter(({ state }) => state !== "fresh").map(({ id, state }) => [id, state])).toEqual([
    ["broken", "failed"],
  ]);
  expect(result.monitors?.reports).toHaveLength(1);
});

it("a refresh that is called off once it is recorded says so, and the next one catches up", async () => {
  const runs = await openRuns(DATA);
  const controller = new AbortController();
  let isRecorded = false;
  const onCell = ({ id, state }: { id: string; state: string }) => {
    isRecorded ||= id === "groups" && state === "fresh";
    if (isRecorded && id === "watch" && state === "running") controller.abort();
  };
  const { result } = await runs.run(text, { asOf: DAYS[0], refresh: true, onCell, signal: controller.signal });
  expect([result.state, result.refresh?.state, result.monitors]).toEqual(["cancelled", "recorded", null]);
  expect(result.problems.map(({ code }) => code)).toEqual(["refresh-cut-short"]);
  const next = await runs.run(text, { asOf: DAYS[0], refresh: true });
  expect([next.result.state, next.result.refresh?.state]).toEqual(["done", "same"]);
  expect(next.result.monitors?.reports).toHaveLength(1);
  expect(await notFresh(runs, text, DAYS[0])).toEqual([]);
});

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Cancelled } from "../../../../server/engine/engine.ts";
import { weeklyClocks } from "../../../../server/language/replay/moments.ts";
import { isProblem } from "../../../../server/notebook/is-problem.ts";
import type { ReplayView } from "../../../../server/run/replay/view.ts";
import { Session } from "../../../../server/run/session.ts";
import { wallTime } from "../../../../server/run/wall-time.ts";
import { WHOLE_RUN } from "../../../../server/run/whole-run.ts";
import { workspaceAt } from "../../../../server/run/workspace.ts";
import { openWorkspace, type TestWorkspace } from "../../../workspace.ts";

const PATH = "notebooks/shop.md";
const never = new AbortController().signal;
const quiet = () => undefined;
const WEEKS = 6;
/** The end of 1 April in Berlin, three days after its clocks went on. */
const AS_OF = "2026-04-01";
const CLOCK = { asOf: Date.UTC(2026, 3, 1, 22), zone: "Europe/Berlin", weekStarts: "monday" } as const;

/** 40 people; whoever has number n orders every n days or so for a year, at an hour of their own. */
function orders(): string {
  const rows = ["order_id,customer_id,at,amount,category"];
  for (let person = 1; person <= 40; person += 1)
    for (let days = person; days < 330; days += person) {
      const at = new Date(Date.UTC(2025, 4, 10, (person * 7) % 24, 30) + days * 86_400_000);
      const category = ["tea", "mugs", "tea", "books"][(days + person) % 4];
      rows.push(`${rows.length},${person},${at.toISOString().slice(0, 19)},${((days * 7) % 50) + 0.25},${category}`);
    }
  return `${rows.join("\n")}\n`;
}

function sends(): string {
  const rows = ["send_id,customer_id,sent_at,delivered_at,opened_at,clicked_at"];
  for (let person = 1; person <= 40; person += 1)
    for (let week = 0; week < 50; week += 1) {
      const at = Date.UTC(2025, 3, 20, 9) + week * 7 * 86_400_000 + person * 3_600_000;
      const time = (minutes: number | null) =>
        minutes === null ? "" : new Date(at + minutes * 60_000).toISOString().slice(0, 19);
      const opened = (person + week) % 3 === 0 ? 40 : (person + week) % 3 === 1 ? 60 * 72 : null;
      const clicked = (person + week) % 6 === 0 ? 45 : null;
      rows.push([`s${week}`, person, time(0), time(1), time(opened), time(clicked)].join());
    }
  return `${rows.join("\n")}\n`;
}

const people = `customer_id,country,test\n${Array.from({ length: 40 }, (_, n) => `${n + 1},${n % 2 === 0 ? "DE" : "FR"},${n === 6}`).join("\n")}\n`;

const NOTEBOOK = `---
segbook: 1
title: Shop
entity: customer_id
as_of: ${AS_OF}
timezone: Europe/Berlin
exclude: test = TRUE
---

\`\`\`source people
files: people.csv
\`\`\`

\`\`\`source orders
files: orders.csv
event: placed order
at: at
columns: {amount: "DECIMAL(18,2)"}
\`\`\`

\`\`\`source sends
files: sends.csv
\`\`\`

\`\`\`features behaviour
from: people
columns:
  test: {sql: "test"}
  country: {sql: "country"}
  recency: days since last placed order
  monthly: count of placed order in last 1 month
  spend: sum of amount of placed order
  favourite: most frequent category of placed order
  middle: median of amount of placed order in last 90 days
  per_order: {sql: "spend / nullif(monthly, 0)"}
  age: {sql: "date_diff('day', TIMESTAMP '2025-05-01', $as_of)"}
  unused: stddev of amount of placed order
\`\`\`

\`\`\`features quintiles
from: people
template: rfm
event: placed order
amount: amount
columns:
  test: {sql: "test"}
\`\`\`

\`\`\`segments audiences
of: behaviour
segments:
  Fresh: recency < 9 AND country = 'DE'
  Regular: placed order at least 3 times in last 30 days AND NOT IN SEGMENT Fresh
  Pairs: placed order THEN placed order WITHIN 2 DAYS in last 2 weeks
  Tea: favourite = 'tea' AND middle > 20
  Derived: per_order > 100 OR age < 320
  Worthy: IN SEGMENT groups.Top
otherwise: None
\`\`\`

\`\`\`segments groups
of: quintiles
segments:
  Top: rfm_segment IN ('Champions', 'Loyal Customers')
\`\`\`

\`\`\`segments firsts
of: behaviour
exclusive: true
segments:
  Often: monthly > 4
  Lately: recency < 20
otherwise: Others
\`\`\`

\`\`\`score warmth
of: behaviour
points:
  - {when: recency < 7, add: 10}
  - {when: placed order at least 2 times in last 3 weeks, add: 5}
bands: {Hot: ">= 15", Warm: ">= 5"}
\`\`\`
`;

let workspace: TestWorkspace;
let session: Session;
beforeAll(async () => {
  const data = { "people.csv": people, "orders.csv": orders(), "sends.csv": sends() };
  workspace = await openWorkspace({ notebooks: { "shop.md": NOTEBOOK }, data });
  session = new Session(workspaceAt(workspace.root));
});
afterAll(async () => {
  await session.close();
  await workspace.remove();
});

const ask = { path: PATH, text: NOTEBOOK, set: {}, asOf: null };

/** Who is in by an ordinary run as of each moment, with the segments' names. */
async function ordinarily(cell: string, column: string): Promise<Map<string, string[]>[]> {
  const found: Map<string, string[]>[] = [];
  for (const { asOf, zone } of weeklyClocks(CLOCK, WEEKS)) {
    const at = { ...ask, asOf: wallTime(asOf, zone).replace("T", " ") };
    const listener = { started: quiet, cell: quiet };
    const ran = await session.run({ ...at, ...WHOLE_RUN, cells: [cell] }, listener, never);
    expect(ran.state).toBe("done");
    const page = await session.page(
      { ...at, relation: cell, key: null, offset: 0, limit: 1000, sort: null, descending: false },
      never,
    );
    if (isProblem(page)) throw new Error(page.message);
    const index = page.columns.findIndex(({ name }) => name === column);
    const members = new Map<string, string[]>();
    for (const row of page.rows) {
      const segment = String(row[index]);
      members.set(segment, [...(members.get(segment) ?? []), String(row[0])].sort());
    }
    found.push(members);
  }
  return found;
}

async function replayed(cell: string, segment: string): Promise<ReplayView> {
  const view = await session.replay({ ...ask, cell, segment, weeks: WEEKS }, quiet, never);
  if (isProblem(view)) throw new Error(`${view.message} ${view.hint}`);
  return view;
}

describe("a segment over past weeks", () => {
  it.each([
    ["audiences", "segment", ["Fresh", "Regular", "Pairs", "Tea", "Derived", "Worthy", "None"]],
    ["firsts", "segment", ["Often", "Lately", "Others"]],
    ["warmth", "band", ["Hot", "Warm"]],
  ] as const)("holds whom a run as of each week holds: %s", async (cell, column, segments) => {
    const before = await ordinarily(cell, column);
    for (const segment of segments) {
      const { weeks } = await replayed(cell, segment);
      for (const [week, told] of weeks.entries()) {
        const [was, is] = [before[week]?.get(segment) ?? [], before[week + 1]?.get(segment) ?? []];
        const sets = {
          in: is,
          entered: is.filter((key) => !was.includes(key)),
          left: was.filter((key) => !is.includes(key)),
        };
        expect(told, `${segment} in week ${week}`).toMatchObject({
          ...{ size: sets.in.length, entered: sets.entered.length, left: sets.left.length },
        });
        for (const who of ["in", "entered", "left"] as const) {
          const found = await session.replayPeople(
            { ...ask, cell, segment, weeks: WEEKS, week, who, offset: 0, limit: 100 },
            never,
          );
          if (isProblem(found)) throw new Error(found.message);
          expect(found.people.map(String).sort()).toEqual(sets[who]);
          expect(found.total).toBe(sets[who].length);
        }
      }
    }
  });

  it("is that of the rule as it stands in the page, before that is saved", async () => {
    const text = NOTEBOOK.replace("recency < 9 AND", "recency < 2 AND");
    const asked = { ...ask, text, cell: "audiences", segment: "Fresh", weeks: WEEKS };
    const edited = await session.replay(asked, quiet, never);
    if (isProblem(edited)) throw new Error(edited.message);
    const saved = await replayed("audiences", "Fresh");
    const sizes = ({ weeks }: ReplayView) => weeks.map(({ size }) => size);
    expect(sizes(edited).every((size, week) => size < (sizes(saved)[week] ?? 0))).toBe(true);
    expect(await workspace.read(PATH)).toBe(NOTEBOOK);
  });

  it("says which sends its people of then had, and what became of them in time", async () => {
    const view = await replayed("audiences", "Regular");
    const before = await ordinarily("audiences", "segment");
    expect(view.sends).toEqual({ relation: "sends", matureAfter: "48 hours", byPeople: false });
    const rows = sends()
      .trim()
      .split("\n")
      .slice(1)
      .map((line) => line.split(","));
    const clocks = weeklyClocks(CLOCK, WEEKS);
    for (const [week, told] of view.weeks.entries()) {
      const [from = "", until = ""] = [clocks[week], clocks[week + 1]].map(
        (clock) => clock && wallTime(clock.asOf, clock.zone),
      );
      const own = rows.filter(
        ([, person = "", at = ""]) => at >= from && at < until && before[week]?.get("Regular")?.includes(person),
      );
      const inTime = (sent = "", then = "") =>
        then !== "" && Date.parse(then) - Date.parse(sent) <= 48 * 3_600_000 + 60_000;
      const opened = own.filter((row) => inTime(row[2], row[4])).length;
      const clicked = own.filter((row) => inTime(row[2], row[5])).length;
      expect(told.sends, `week ${week}`).toMatchObject({ delivered: own.length, opened, clicked });
      expect(told.sends?.mature).toBe(week < WEEKS - 1);
    }
  });

  it("names what is taken as it is today, and reads the events once", async () => {
    const { notes, read } = await replayed("audiences", "Fresh");
    expect(notes).toEqual([
      "Whoever is in `people` today counts for every week.",
      "`country` and `test` of `people` are taken as they are today.",
    ]);
    expect(read).toEqual(["orders"]);
  });

  it("refuses what it can't replay, with the reason", async () => {
    const asked = async (cell: string, segment: string) => {
      const found = await session.replay({ ...ask, cell, segment }, quiet, never);
      return isProblem(found) ? found.code : "replayed";
    };
    expect(await asked("audiences", "Frehs")).toBe("unknown-segment");
    expect(await asked("behaviour", "Fresh")).toBe("not-replayable");
    expect(await asked("audience", "Fresh")).toBe("unknown-cell");
  });

  it("ends when it is called off", async () => {
    const controller = new AbortController();
    const asked = session.replay(
      { ...ask, cell: "audiences", segment: "Tea" },
      () => controller.abort(),
      controller.signal,
    );
    await expect(asked).rejects.toThrow(Cancelled);
  });
});

import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";
import { LimitReached } from "../../../server/engine/engine.ts";
import { defaultLimits } from "../../../server/run/limits.ts";
import type { PreviewAsk } from "../../../server/run/preview/preview.ts";
import { Session } from "../../../server/run/session.ts";
import { stoppedBy } from "../../../server/run/unexpected.ts";
import { WHOLE_RUN } from "../../../server/run/whole-run.ts";
import { workspaceAt } from "../../../server/run/workspace.ts";
import { openWorkspace, type TestWorkspace } from "../../workspace.ts";
import { cell, PATH } from "./notebook-runs.ts";

const never = new AbortController().signal;
const quiet = () => undefined;

const TEXT = `---\nsegbook: 1\nentity: person\nas_of: 2026-10-01\n---\n\n${[
  cell(
    "source",
    "visits",
    `sql: |-
  SELECT i % 50000 AS person, TIMESTAMP '2025-10-01' + INTERVAL (i % 500000) MINUTE AS at, 'page ' || i % 1000 AS page
  FROM range(600000) t(i)
event: visited page
at: at`,
  ),
  cell(
    "source",
    "mails",
    `sql: |-
  SELECT i % 50000 AS person, TIMESTAMP '2026-09-01' + INTERVAL (i % 30000) MINUTE AS sent_at,
    CASE WHEN i % 3 = 0 THEN TIMESTAMP '2026-09-25' END AS opened_at
  FROM range(600000) t(i)`,
  ),
  cell("features", "facts", "columns:\n  visits: count of visited page\n  pages: distinct page of visited page"),
  cell("segments", "kinds", "of: facts\nsegments:\n  Often: visited page at least 3 times in last 90 days"),
].join("")}`;

let workspace: TestWorkspace;
let hurried: Session;

beforeAll(async () => {
  workspace = await openWorkspace({});
  const limits = defaultLimits(workspace.root);
  const session = new Session(workspaceAt(workspace.root), limits);
  const ran = await session.run({ ...ask, ...WHOLE_RUN, refresh: true }, { started: quiet, cell: quiet }, never);
  // There is something to count.
  expect(await session.rates({ ...ask, segments }, never)).toMatchObject({ sends: { relation: "mails" } });
  await session.close();
  expect([ran.state, ran.problems]).toEqual(["done", []]);
  // So little that nothing is done in it.
  hurried = new Session(workspaceAt(workspace.root), { ...limits, seconds: 0.001 });
}, 60_000);

afterAll(async () => {
  await hurried.close();
  await workspace.remove();
});

const ask = { path: PATH, text: TEXT, set: {}, asOf: null };
const segments = [{ cell: "kinds", name: "Often" }];
const preview: Pick<PreviewAsk, "cell" | "rule" | "conditions" | "accuracy"> = {
  cell: "kinds",
  rule: "DISTINCT page OF visited page > 20",
  conditions: [],
  accuracy: "exact",
} as const;
const window = { offset: 0, limit: 10 };
const visits = { relation: "visits", offset: 0, limit: 10 };
const feature = { cell: "facts", feature: "pages" };

it.each([
  ["a page of a relation", () => hurried.page({ ...ask, ...visits, key: null, sort: null, descending: false }, never)],
  ["a summary", () => hurried.summary({ ...ask, relation: "visits", key: null }, never)],
  ["a preview", () => hurried.preview({ ...ask, ...preview }, never)],
  [
    "a column's values",
    () => hurried.values({ ...ask, relation: "visits", column: "page", where: null, search: "" }, never),
  ],
  ["a replay", () => hurried.replay({ ...ask, cell: "kinds", segment: "Often", weeks: 8 }, quiet, never)],
  ["a person's page", () => hurried.person({ ...ask, ...window, person: "1", kind: null }, never)],
  ["people", () => hurried.people({ ...ask, prefix: "1", limit: 5 }, never)],
  ["a profile", () => hurried.profile({ ...ask, segments }, never)],
  ["evidence", () => hurried.evidence({ ...ask, ...feature, ...window, person: "1" }, never)],
  ["people without events", () => hurried.without({ ...ask, ...feature }, never)],
  ["a forecast", () => hurried.forecast({ ...ask, days: 2, people: null }, never)],
  ["rates", () => hurried.rates({ ...ask, segments }, never)],
  ["the history", () => hurried.history({ ...ask, segments }, never)],
  ["a plan of the engine's", () => hurried.explain({ ...ask, cell: "facts", rule: null }, never)],
])("%s may take as long as a cell's part, and says which limit it reached", async (_, asked) => {
  const error = await (asked as () => Promise<unknown>)().then(
    (found) => found,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(LimitReached);
  expect(stoppedBy(error)).toMatchObject({
    code: "limit-seconds",
    hint: expect.stringContaining("raise `seconds` in `.segbook/settings.json` or by --seconds"),
  });
});

it("nothing goes on computing once a limit was reached", async () => {
  const limits = { ...defaultLimits(workspace.root), seconds: 0.05 };
  const session = new Session(workspaceAt(workspace.root), limits);
  onTestFinished(() => session.close());
  await session.preview({ ...ask, ...preview }, never).catch(() => undefined);
  await expect.poll(idle, { timeout: 20_000, interval: 10 }).toBe(true);
});

/** Whether the process, with the engine's threads, computed next to nothing in a fifth of a second. */
async function idle(): Promise<boolean> {
  const before = process.cpuUsage();
  await new Promise((resolve) => setTimeout(resolve, 200));
  const { user, system } = process.cpuUsage(before);
  return user + system < 50_000;
}

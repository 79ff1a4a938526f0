import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Supervisor } from "../../server/kernel/supervisor.ts";
import { Session } from "../../server/run/session.ts";
import { defaultSettings } from "../../server/run/settings.ts";
import { WHOLE_RUN } from "../../server/run/whole-run.ts";
import { workspaceAt } from "../../server/run/workspace.ts";
import { type App, appFor, call } from "../server/routes/workspace-folder.ts";
import { PATH } from "../server/run/notebook-runs.ts";
import { type Asked, asked, TEXT } from "./questions.ts";

/** So many requests are made; `npm run fuzz` makes many more. */
const RUNS = process.env.npm_lifecycle_event === "fuzz" ? 4_000 : 150;

/** What stands in files that are not the workspace's. */
const SECRET = "a-neighbour's-secret";

let around: string;
let supervisor: Supervisor;
let app: App;

beforeAll(async () => {
  around = await mkdtemp(join(tmpdir(), "segbook-fuzzed-"));
  const root = join(around, "mine");
  for (const folder of ["mine/notebooks", "mine/data", "theirs/notebooks", "theirs/data"])
    await mkdir(join(around, folder), { recursive: true });
  await writeFile(join(root, PATH), TEXT);
  await writeFile(join(root, "data/orders.csv"), "customer_id,amount,ordered_at\n1,10,2026-10-20\n2,3,2026-09-01\n");
  await writeFile(join(around, "theirs/data/orders.csv"), `customer_id,amount\n1,${SECRET}\n`);
  await writeFile(join(around, "theirs/notebooks/theirs.md"), `---\nsegbook: 1\n---\n# ${SECRET}\n`);
  await symlink(join(around, "theirs/notebooks/theirs.md"), join(root, "notebooks/link.md"));
  const workspace = workspaceAt(root);
  const settings = defaultSettings(workspace);
  const session = new Session(workspace, settings.limits);
  const ask = { path: PATH, text: TEXT, set: {}, asOf: null, ...WHOLE_RUN, refresh: true };
  const ran = await session.run(ask, { started: () => undefined, cell: () => undefined }, new AbortController().signal);
  await session.close();
  expect(ran.state).toBe("done");
  supervisor = new Supervisor(workspace, async () => TEXT, settings);
  app = appFor(root, { kernels: supervisor });
}, 60_000);

afterAll(async () => {
  await supervisor.close();
  await rm(around, { recursive: true, force: true });
});

/** A request as it would travel. */
function send({ method, route, parameters }: Asked): Promise<Response> {
  if (method === "POST") return call(app, method, `/api/${route}`, { json: parameters });
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(parameters))
    if (value !== undefined) query.set(key, typeof value === "object" ? JSON.stringify(value) : String(value));
  return call(app, method, `/api/${route}?${query}`);
}

test("whatever a question holds, it is answered or refused in words, and with nothing from elsewhere", async () => {
  const statuses = new Map<number, number>();
  await fc.assert(
    fc.asyncProperty(asked, async (one) => {
      const reply = await send(one);
      const body = await reply.text();
      statuses.set(reply.status, (statuses.get(reply.status) ?? 0) + 1);
      expect(body).not.toContain(SECRET);
      expect(body).not.toContain("root:");
      const failed = one.route === "replay" && reply.status === 200 ? body.trim().split("\n").at(-1) : undefined;
      if (failed?.includes('"failed"')) expectProblem(JSON.parse(failed));
      if (reply.status === 200) return;
      expect(reply.status, body).toBeGreaterThanOrEqual(400);
      expect(reply.status, body).toBeLessThan(500);
      expectProblem(JSON.parse(body));
    }),
    { numRuns: RUNS },
  );
  // Not all of them are refused at the door.
  expect(statuses.get(200)).toBeGreaterThan(RUNS / 20);
  expect(statuses.get(422)).toBeGreaterThan(0);
}, 1_000_000);

function expectProblem({ problem }: { problem: { code: string; message: string; hint: string } }): void {
  for (const words of [problem.code, problem.message, problem.hint]) expect(words).toMatch(/\S/);
  expect(problem.code).not.toBe("internal");
  expect(problem.code).not.toBe("replay-failed");
  expect(problem.message).not.toContain("[object");
}

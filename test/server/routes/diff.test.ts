import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { isTold, partWords } from "../../../server/notebook/diff/tell.ts";
import type { DiffView } from "../../../server/run/compare/view.ts";
import { gitCommit, gitInit, hasGit } from "../../git-repository.ts";
import { type App, appFor, call, codeOf, FIRST, workspaceFolder } from "./workspace-folder.ts";

const PATH = "notebooks/first.md";
const SECOND = FIRST.replace("SELECT 1", "SELECT 2");

const post = (app: App, json: object) => call(app, "POST", "/api/diff", { json: { path: PATH, ...json } });
const revisions = (app: App, path = PATH) => call(app, "GET", `/api/revisions?${new URLSearchParams({ path })}`);

async function told(response: Response): Promise<string[]> {
  expect(response.status).toBe(200);
  const { diff } = (await response.json()) as DiffView;
  return diff.parts.filter(isTold).map((part) => `${(part.after ?? part.before)?.cell?.id}: ${partWords(part)}`);
}

describe("a notebook compared by the API", () => {
  let app: App;
  beforeAll(() => {
    app = appFor(workspaceFolder({ "notebooks/other.md": SECOND }));
  });

  test("with another notebook, and with texts that are not saved, tells what changed", async () => {
    expect(await told(await post(app, { against: { path: "notebooks/other.md" } }))).toEqual(["a: changed"]);
    expect(await told(await post(app, { against: { text: SECOND } }))).toEqual(["a: changed"]);
    expect(await told(await post(app, { text: SECOND, against: { path: PATH } }))).toEqual(["a: changed"]);
    expect(await told(await post(app, { text: SECOND, against: { text: SECOND } }))).toEqual([]);
  });

  test("is refused where there is nothing to compare with", async () => {
    expect(await codeOf(await post(app, { against: { path: "notebooks/none.md" } }))).toBe("notebook-missing");
    expect(await codeOf(await post(app, { against: { path: "data/orders.csv" } }))).toBe("bad-path");
    expect((await post(app, { against: {} })).status).toBe(400);
    expect((await post(app, { against: { path: PATH, revision: "HEAD" } })).status).toBe(400);
    expect(await codeOf(await revisions(app, "notebooks/none.md"))).toBe("notebook-missing");
  });

  test.skipIf(!hasGit)("says that it is in no repository", async () => {
    expect(await codeOf(await revisions(app))).toBe("no-repository");
    expect(await codeOf(await post(app, { against: { revision: "HEAD" } }))).toBe("no-repository");
  });
});

describe.skipIf(!hasGit)("a notebook in a git repository", () => {
  let root: string;
  let app: App;
  const commits: string[] = [];
  beforeAll(() => {
    root = workspaceFolder();
    app = appFor(root);
    gitInit(root);
    commits.push(gitCommit(root, "First"));
    writeFileSync(join(root, PATH), SECOND);
    commits.push(gitCommit(root, 'Second: \u0007 a "subject"'));
    writeFileSync(join(root, "notebooks/new.md"), FIRST);
    commits.push(gitCommit(root, "Another notebook"));
  });

  test("has the commits that changed it, the newest first", async () => {
    const body = await (await revisions(app)).json();
    expect(body).toMatchObject({
      revisions: [{ id: commits[1] }, { id: commits[0], author: "Ada", subject: "First" }],
    });
  });

  test("is compared with what a revision has", async () => {
    expect(await told(await post(app, { against: { revision: "HEAD~2" } }))).toEqual(["a: changed"]);
    expect(await told(await post(app, { against: { revision: "HEAD" } }))).toEqual([]);
    expect(await told(await post(app, { against: { revision: commits[0] } }))).toEqual(["a: changed"]);
  });

  test.each([
    ["HEAD~9", "unknown-revision"],
    ["no-such-branch", "unknown-revision"],
    ["", "unknown-revision"],
    ["--output=x", "unknown-revision"],
    ["-h", "unknown-revision"],
    ["HEAD\nHEAD", "unknown-revision"],
    ["HEAD:notebooks", "unknown-revision"],
  ])("refuses the revision %j", async (revision, code) => {
    const response = await post(app, { against: { revision } });
    expect([response.status, await codeOf(response)]).toEqual([422, code]);
  });

  test("says so where a revision does not have it", async () => {
    const response = await call(app, "POST", "/api/diff", {
      json: { path: "notebooks/new.md", against: { revision: "HEAD~1" } },
    });
    expect(await codeOf(response)).toBe("not-in-revision");
  });
});

import { execFileSync } from "node:child_process";
import { hostname, tmpdir, userInfo } from "node:os";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openWorkspace, type Said, type TestWorkspace, testWorkspace } from "../../workspace.ts";
import { cell, ORDERS, orders, withHead } from "../run/notebook-runs.ts";

const INPUT = cell("input", "least", "type: number\ndefault: 8");
const BIG = cell("sql", "big", "SELECT * FROM orders WHERE amount > $least AND 'hunter2' <> ''");
const PEOPLE = cell(
  "features",
  "people",
  "columns:\n  n: count of placed order\n  mean: average of amount of placed order",
);
const WHO = cell("segments", "who", "of: people\nsegments:\n  Often: n >= 2\n  Rich: mean > 10");
const PICTURE = cell("chart", "picture", "of: big\nmark: bar\nx: amount");
const TEXT = withHead(orders() + INPUT + BIG + PEOPLE + WHO + PICTURE);

const lines = (said: Said): Record<string, unknown>[] =>
  said.stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

function files(text = TEXT) {
  return { notebooks: { "a.md": text }, data: { "orders.csv": ORDERS } };
}

describe("segbook run --lock and --locked", () => {
  let workspace: TestWorkspace;
  const run = (...flags: string[]) => workspace.segbook("run", "notebooks/a.md", ...flags);
  const write = (text: string) => workspace.write("notebooks/a.md", text);
  const lockText = () => workspace.read("notebooks/a.lock.json");

  beforeAll(async () => {
    workspace = await openWorkspace(files());
    const said = await run("--lock");
    expect([said.code, said.stdout]).toEqual([0, ""]);
    expect(said.stderr).toContain("a.lock.json is written.");
  });
  afterAll(() => workspace.remove());

  it("computes all of it again, and says that every cell is the same", async () => {
    const said = await run("--locked", "--json");
    expect(said.code).toBe(0);
    expect(lines(said).map(({ cell: id, state, verdict }) => [id, state, verdict])).toEqual([
      ["orders", "ran", "same"],
      ["least", "ran", null],
      ["big", "ran", "same"],
      ["people", "ran", "same"],
      ["who", "ran", "same"],
      ["picture", "ran", null],
    ]);
    const text = await run("--locked", "--set", "least=8", "--as-of", "2026-10-31");
    expect([text.code, text.stdout.split("\n").at(-2)]).toEqual([0, "All 4 cells are as a.lock.json has them."]);
  });

  it("tells which cells differ and what moved, and exits with 1", async () => {
    await write(TEXT.replace("n >= 2", "n >= 1"));
    await workspace.write("data/orders.csv", ORDERS.replace("2,20,", "2,25,"));
    const [json, text] = [await run("--locked", "--json"), await run("--locked")];
    await write(TEXT);
    await workspace.write("data/orders.csv", ORDERS);
    expect([json.code, text.code]).toEqual([1, 1]);
    const of = (id: string) => lines(json).find((line) => line.cell === id);
    expect(of("orders")).toMatchObject({ verdict: "different", moved: ["data"], reasons: ["`orders.csv` changed."] });
    expect(of("who")).toMatchObject({ verdict: "different", moved: ["definition", "data"] });
    expect(text.stdout).toContain("different  source     orders\n    `orders.csv` changed.\n");
    expect(text.stdout).toContain("    The cell's text changed.\n    `people`, which it reads, is different.\n");
    expect(text.stdout).toContain("`mean` of `people` has 25 as its greatest value, had 20.");
    expect(text.stdout.trimEnd().split("\n").at(-1)).toBe("4 of 4 cells are not as a.lock.json has them.");
  });

  it("tells another engine, and fails only where results differ", async () => {
    const text = await lockText();
    await workspace.write("notebooks/a.lock.json", text.replace(/"engine": "[^"]+"/, '"engine": "1.5.5"'));
    const same = await run("--locked");
    const other = text.replace(/"engine": "[^"]+"/, '"engine": "1.5.5"').replace(/("n": \{"hash": ")\w{4}/, "$1dead");
    await workspace.write("notebooks/a.lock.json", other);
    const different = await run("--locked", "--json");
    await workspace.write("notebooks/a.lock.json", text);
    expect([same.code, same.stdout]).toEqual([0, expect.stringMatching(/Engine 1\.\d+\.\d+\S* was 1\.5\.5\./)]);
    expect(different.code).toBe(1);
    expect(lines(different).find(({ verdict }) => verdict === "different")).toMatchObject({
      cell: "people",
      moved: ["engine"],
      differences: [{ relation: "people", column: "n", what: "has other values" }],
    });
  });

  it("fails where a cell is gone or fails, and keeps the lock as it was", async () => {
    const before = await lockText();
    await write(TEXT.replace(WHO, "").replace("mean: average of amount", "mean: average of nothing"));
    const locked = await run("--locked", "--json");
    const lock = await run("--lock");
    await write(TEXT);
    expect([locked.code, lock.code]).toEqual([1, 1]);
    const verdicts = lines(locked).map(({ cell: id, state, reasons }) => [id, state, reasons]);
    expect(verdicts).toContainEqual(["people", "failed", ["It failed, so that there is nothing to compare."]]);
    expect(verdicts).toContainEqual(["who", "skipped", ["It is in the lock and no longer in the notebook."]]);
    expect(lock.stderr).toContain("a.lock.json is left as it was");
    expect(await lockText()).toBe(before);
  });

  it("refuses with 2 what can't go together", async () => {
    for (const [flags, word] of [
      [["--lock", "--locked"], "take one"],
      [["--lock", "--only", "big"], "--only"],
      [["--locked", "--only", "big"], "--only"],
      [["--locked", "--set", "least=9"], "--set least is 9, and the lock has 8"],
      [["--locked", "--as-of", "2026-10-30"], "the lock has 2026-11-01"],
    ] as const) {
      const said = await run(...flags);
      expect([said.code, said.stdout]).toEqual([2, ""]);
      expect(said.stderr).toContain(word);
    }
  });

  it("has no paths of this machine, no name of it or of its user, and nothing of what cells say", async () => {
    const text = await lockText();
    const secret = [
      "hunter2",
      "Often",
      workspace.root,
      tmpdir(),
      hostname(),
      `"${userInfo().username}"`,
      process.cwd(),
    ];
    for (const word of secret) expect(text).not.toContain(word);
    for (const value of text.matchAll(/"([^"]*)"/g)) expect(value[1]).not.toMatch(/^(\/|[A-Z]:)/);
  });
});

describe("a lock", () => {
  it("keeps what was given: inputs, the moment, and what `now` meant", async () => {
    const workspace = await testWorkspace(files(TEXT.replace("as_of: 2026-10-31", "as_of: now")));
    const run = (...flags: string[]) => workspace.segbook("run", "notebooks/a.md", ...flags);
    expect((await run("--lock", "--set", "least=15")).code).toBe(0);
    const { inputs, as_of } = JSON.parse(await workspace.read("notebooks/a.lock.json"));
    expect(inputs).toEqual({ least: 15 });
    expect(as_of.now).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
    expect((await run("--locked")).code).toBe(0);
    expect((await run("--lock", "--as-of", "2026-10-01")).code).toBe(0);
    expect((await run("--locked")).code).toBe(0);
  });

  it("that is missing or damaged is told, with what to do, and exits with 1", async () => {
    const workspace = await testWorkspace(files());
    const run = () => workspace.segbook("run", "notebooks/a.md", "--locked");
    const missing = await run();
    expect([missing.code, missing.stdout, missing.stderr]).toEqual([
      ...[1, "", "There is no a.lock.json. Run with --lock to write it.\n"],
    ]);
    await workspace.write("notebooks/a.lock.json", "{");
    const damaged = await run();
    expect(damaged.code).toBe(1);
    expect(damaged.stderr).toMatch(/^a\.lock\.json can't be read: .*Run again with --lock/);
  });

  it("differs in a few lines where one rule changed; a conflict in it is settled by running again", async () => {
    const workspace = await testWorkspace(files());
    const git = (...args: string[]) =>
      execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b.c", ...args], {
        cwd: workspace.root,
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
      });
    const lock = async (text: string) => {
      await workspace.write("notebooks/a.md", text);
      expect((await workspace.segbook("run", "notebooks/a.md", "--lock")).code).toBe(0);
    };
    git("init", "-q", "-b", "main");
    await lock(TEXT);
    git("add", "notebooks");
    git("commit", "-qm", "before");
    await lock(TEXT.replace("n >= 2", "n >= 1"));
    // The cell's key, its text, its two columns, and the hash and number of its rows.
    expect(git("diff", "--numstat", "notebooks/a.lock.json")).toMatch(/^6\t6\t/);
    git("commit", "-qam", "one");
    git("checkout", "-qb", "other", "HEAD~1");
    await lock(TEXT.replace("mean > 10", "mean > 1"));
    git("commit", "-qam", "other");
    expect(() => git("merge", "-q", "main")).toThrow();
    const said = await workspace.segbook("run", "notebooks/a.md", "--locked");
    expect([said.code, said.stdout]).toEqual([1, ""]);
    expect(said.stderr).toContain("a.lock.json holds both sides of a merge");
    expect(said.stderr).toContain("run again with --lock");
    await lock(TEXT.replace("n >= 2", "n >= 1").replace("mean > 10", "mean > 1"));
    expect((await workspace.segbook("run", "notebooks/a.md", "--locked")).code).toBe(0);
  });
});

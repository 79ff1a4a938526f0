import { spawn, spawnSync } from "node:child_process";
import {
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import Database from "libsql";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { isProblem } from "../../../../server/notebook/is-problem.ts";
import { type Workspace, workspaceAt } from "../../../../server/run/workspace.ts";
import { annotate } from "../../../../server/store/state/act.ts";
import { readAnnotations } from "../../../../server/store/state/annotations-table.ts";
import { openState, versionOf } from "../../../../server/store/state/open.ts";
import { MIGRATIONS } from "../../../../server/store/state/schema.ts";
import { State } from "../../../../server/store/state/state.ts";

const WHEN = { at: 1, today: "2025-01-01" };
const EVERYWHERE = { notebook: null, cell: null, segment: null, metric: null };

let workspace: Workspace;
let file: string;

beforeEach(() => {
  const root = mkdtempSync(join(tmpdir(), "segbook-state-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  workspace = workspaceAt(root);
  file = join(workspace.state, "state.db");
});

/** Writes an annotation, and gives what came of it. */
function written(text: string) {
  const state = new State(workspace);
  const annotation = { scope: EVERYWHERE, from: "2025-01-01", to: null, text, rebaseline: false };
  const found = state.write((it) => annotate(it, { do: "add", annotation }, WHEN));
  state.close();
  return isProblem(found) ? found.code : found.map((one) => one.text);
}

function texts(): string[] | string {
  const state = new State(workspace);
  const found = state.read([], readAnnotations);
  state.close();
  return isProblem(found) ? found.code : found.map(({ text }) => text);
}

describe("the state file", () => {
  it("is made by the first write, for its owner alone, and not by looking", () => {
    expect(texts()).toEqual([]);
    expect(existsSync(file)).toBe(false);
    expect(written("new sender domain")).toEqual(["new sender domain"]);
    expect(texts()).toEqual(["new sender domain"]);
    const connection = openState(workspace);
    if (isProblem(connection)) throw new Error(connection.message);
    expect(connection.pragma("journal_mode")).toEqual([{ journal_mode: "wal" }]);
    expect(connection.pragma("synchronous")).toEqual([{ synchronous: 2 }]);
    expect([file, `${file}-wal`].map((path) => statSync(path).mode & 0o777)).toEqual([0o600, 0o600]);
    connection.close();
  });

  it("that is damaged is told and left as it is", () => {
    mkdirSync(workspace.state);
    writeFileSync(file, "no database at all, but somebody's notes");
    expect([texts(), written("x")]).toEqual(["state-damaged", "state-damaged"]);
    expect(readFileSync(file, "utf8")).toBe("no database at all, but somebody's notes");
    rmSync(file);
    written("kept");
    const bytes = readFileSync(file);
    bytes.fill(0xff, 4096, 8192);
    writeFileSync(file, bytes);
    expect([texts(), written("x")]).toEqual(["state-damaged", "state-damaged"]);
    expect(readFileSync(file).equals(bytes)).toBe(true);
  });

  it("of a newer version, or of another program, or with tables of others is refused", () => {
    written("kept");
    const change = (sql: string) => {
      const connection = new Database(file);
      connection.exec(sql);
      connection.close();
    };
    change("CREATE TRIGGER t AFTER INSERT ON annotations BEGIN DELETE FROM audit; END");
    expect(written("x")).toBe("state-damaged");
    change("DROP TRIGGER t");
    expect(written("more")).toEqual(["kept", "more"]);
    change(`PRAGMA user_version=${MIGRATIONS.length + 1}`);
    expect(written("x")).toBe("state-newer");
    change(`PRAGMA user_version=${MIGRATIONS.length}; PRAGMA application_id=7`);
    expect(written("x")).toBe("state-damaged");
  });

  it("holds what is no alert's as damage, and not as nothing", () => {
    written("kept");
    const connection = new Database(file);
    connection.exec("UPDATE annotations SET content = '{}'");
    connection.close();
    expect(texts()).toBe("state-damaged");
  });

  it("behind a link, soft or hard, is refused", () => {
    const elsewhere = join(workspace.root, "elsewhere.db");
    mkdirSync(workspace.state);
    writeFileSync(elsewhere, "");
    symlinkSync(elsewhere, file);
    expect([texts(), written("x")]).toEqual(["workspace-link", "workspace-link"]);
    rmSync(file);
    linkSync(elsewhere, file);
    expect([texts(), written("x")]).toEqual(["workspace-link", "workspace-link"]);
    expect(readFileSync(elsewhere, "utf8")).toBe("");
  });

  it("of the second version is taken on: what was recorded stays, and that version knows no more what is decided since", () => {
    mkdirSync(workspace.state);
    const old = openState(workspace, MIGRATIONS.slice(0, 2));
    if (isProblem(old)) throw new Error(old.message);
    old.exec("INSERT INTO monitors (notebook, cell, as_of, at) VALUES ('notebooks/a.md', 'watch', 1, 2)");
    old.close();
    const connection = openState(workspace);
    if (isProblem(connection)) throw new Error(connection.message);
    expect(connection.prepare("SELECT cell, written FROM monitors").all()).toMatchObject([
      { cell: "watch", written: "" },
    ]);
    connection.close();
    expect(existsSync(join(workspace.state, "state-v2.db"))).toBe(true);
    expect(openState(workspace, MIGRATIONS.slice(0, 2))).toMatchObject({ code: "state-newer" });
  });

  it("is kept as it was before a newer version changes it, and a change that fails leaves it", () => {
    written("kept");
    const later = [...MIGRATIONS, "ALTER TABLE annotations ADD COLUMN colour TEXT"];
    expect(isProblem(openState(workspace, [...MIGRATIONS, "CREATE TABLE more (a); SELECT nonsense"]))).toBe(true);
    expect(texts()).toEqual(["kept"]);
    const connection = openState(workspace, later);
    if (isProblem(connection)) throw new Error(connection.message);
    expect(versionOf(connection)).toBe(later.length);
    expect(readAnnotations(connection).map(({ text }) => text)).toEqual(["kept"]);
    connection.close();
    const before = new Database(join(workspace.state, `state-v${MIGRATIONS.length}.db`));
    expect(versionOf(before)).toBe(MIGRATIONS.length);
    expect(readAnnotations(before).map(({ text }) => text)).toEqual(["kept"]);
    before.close();
    expect(texts()).toBe("state-newer");
  });
});

const WRITER = fileURLToPath(new URL("./writer.ts", import.meta.url));
const mayMount = spawnSync("unshare", ["-rm", "true"]).status === 0;
if (!mayMount) console.warn("Skipped: no file system of its own size can be mounted here (unshare -rm).");

describe("writes that were acknowledged", () => {
  it("are there after the processes that made them, two at once, were killed at any moment", async () => {
    for (const enough of [1, 40]) {
      const both = await Promise.all(["a", "b"].map((name) => killed(name, enough)));
      const kept = [...texts()].map((text) => text.split(" ")[0] ?? "");
      for (const { name, acknowledged } of both) {
        const own = kept.filter((text) => text.startsWith(name));
        expect(acknowledged.length).toBeGreaterThanOrEqual(enough);
        expect(own.slice(0, acknowledged.length)).toEqual(acknowledged);
        // One more may have been written, and its answer lost.
        expect(own.length - acknowledged.length).toBeLessThanOrEqual(1);
      }
      rmSync(workspace.state, { recursive: true });
    }
  });

  it("wait for another process that makes the file at that moment", async () => {
    mkdirSync(workspace.state);
    const other = new Database(file);
    other.exec("BEGIN IMMEDIATE");
    const waiting = killed("a", 1);
    setTimeout(() => {
      other.exec("ROLLBACK");
      other.close();
    }, 2_000);
    expect((await waiting).acknowledged[0]).toBe("a1");
  });

  it.skipIf(!mayMount)("are there when the disk is full, which is told", async () => {
    mkdirSync(workspace.state);
    const script = `mount -t tmpfs -o size=400k tmpfs "$1" && "$2" --import tsx "$3" "$4"; cp "$1"/state.db* "$5"`;
    const kept = join(workspace.root, "kept");
    mkdirSync(kept);
    const args = [workspace.state, process.execPath, WRITER, workspace.root, kept];
    const said = spawnSync("unshare", ["-rm", "sh", "-c", script, "sh", ...args], { encoding: "utf8" });
    const lines = said.stdout.trim().split("\n");
    expect(lines.length).toBeGreaterThan(5);
    expect(lines.at(-1)).toContain("state-failed Nothing was written to `.segbook/state.db`: the disk is full.");
    const connection = new Database(join(kept, "state.db"));
    expect(readAnnotations(connection).map(({ text }) => text.split(" ")[0])).toEqual(lines.slice(0, -1));
    connection.close();
  });
});

/** What a process that writes without end had been told was kept, when it was killed after so many. */
function killed(name: string, enough: number): Promise<{ name: string; acknowledged: string[] }> {
  const args = ["--import", "tsx", WRITER, workspace.root, name];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  child.stdout.on("data", (chunk: Buffer) => {
    said += chunk.toString();
    if (said.split("\n").length > enough) child.kill("SIGKILL");
  });
  return new Promise((resolve) =>
    child.once("close", () => resolve({ name, acknowledged: said.split("\n").slice(0, -1) })),
  );
}

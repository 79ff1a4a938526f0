import { closeSync, fsyncSync, mkdirSync, openSync, readSync, renameSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import Database from "libsql";
import type { Problem } from "../../notebook/model.ts";
import { linkProblem } from "../../run/links.ts";
import type { Workspace } from "../../run/workspace.ts";
import { refusal, systemCode } from "../refusal.ts";
import { Damaged, damaged, newer, stateFault } from "./faults.ts";
import { APPLICATION, MIGRATIONS } from "./schema.ts";

export type Connection = Database.Database;

/** How long a writer waits for another, in milliseconds. */
const PATIENCE = 5_000;
const MAGIC = "SQLite format 3\0";

export function statePath({ state }: Workspace): string {
  return join(state, "state.db");
}

/**
 * Opens the state, made or brought to today's version where it must be; what was there is kept beside it before that.
 * Whatever is no state of ours is told and left as it is.
 */
export function openState(workspace: Workspace, migrations: readonly string[] = MIGRATIONS): Connection | Problem {
  const path = statePath(workspace);
  let connection: Connection | null = null;
  try {
    const link = linkProblem(workspace) ?? hardLink(path) ?? hardLink(`${path}-wal`);
    if (link !== null) return link;
    mkdirSync(workspace.state, { recursive: true });
    const wrong = notADatabase(path);
    if (wrong !== null) return damaged(wrong);
    // Its journal takes the rights of the file, which SQLite would make for everybody.
    closeSync(openSync(path, "a", 0o600));
    const opened = new Database(path, { timeout: PATIENCE });
    connection = opened;
    patiently(() => prepare(opened));
    const version = versionOf(connection);
    if (version > migrations.length) return closed(connection, newer(version, migrations.length));
    if (version < migrations.length) migrate(connection, path, migrations);
    verify(connection, migrations);
    return connection;
  } catch (error) {
    const fault = stateFault(error);
    if (fault === null) throw error;
    return connection === null ? fault : closed(connection, fault);
  }
}

function closed(connection: Connection, problem: Problem): Problem {
  connection.close();
  return problem;
}

/** Another name for the file may lie outside of the workspace, which may come from a stranger. */
function hardLink(path: string): Problem | null {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined || (found.isFile() && found.nlink === 1)) return null;
  const message = `\`.segbook/${basename(path)}\` is no file, or has a second name elsewhere.`;
  return refusal("workspace-link", message, "Put the file itself there, as a copy.");
}

/** What is wrong with the first bytes; null where there is no file yet, or a database. */
function notADatabase(path: string): string | null {
  const size = sizeOf(path);
  if (size === null) return null;
  // A process that ended before its first write leaves this behind.
  if (size === 0) return (sizeOf(`${path}-wal`) ?? 0) > 0 ? "is empty" : null;
  const bytes = Buffer.alloc(MAGIC.length);
  const file = openSync(path, "r");
  try {
    readSync(file, bytes, 0, bytes.length, 0);
  } finally {
    closeSync(file);
  }
  return bytes.toString("latin1") === MAGIC ? null : "is no database";
}

function sizeOf(path: string): number | null {
  return statSync(path, { throwIfNoEntry: false })?.size ?? null;
}

/** Settings of a connection; a database that is not ours is not touched. */
function prepare(connection: Connection): void {
  connection.pragma("trusted_schema=OFF");
  connection.pragma("cell_size_check=ON");
  connection.pragma("foreign_keys=ON");
  // In this order: another process may make it between the two.
  const isEmpty = connection.prepare("SELECT 1 FROM sqlite_schema LIMIT 1").get() === undefined;
  const application = Number(pragma(connection, "application_id"));
  if (application !== APPLICATION && !isEmpty) throw new Damaged("is another program's");
  connection.pragma("journal_mode=WAL");
  // Every write is on the disk before it is answered.
  connection.pragma("synchronous=FULL");
}

const STEP = 20;

/** SQLite waits for no other while that gives the file its journal: of two that make it at once, one would be refused. */
function patiently(work: () => void): void {
  for (const until = Date.now() + PATIENCE; ; Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, STEP)) {
    try {
      work();
      return;
    } catch (error) {
      if (!systemCode(error).startsWith("SQLITE_BUSY") || Date.now() >= until) throw error;
    }
  }
}

export function versionOf(connection: Connection): number {
  return Number(pragma(connection, "user_version"));
}

function pragma(connection: Connection, name: string): unknown {
  const row = connection.prepare(`PRAGMA ${name}`).get() as Record<string, unknown> | undefined;
  return row?.[name];
}

function migrate(connection: Connection, path: string, migrations: readonly string[]): void {
  const before = versionOf(connection);
  if (before > 0) backUp(connection, path, before);
  connection.exec("BEGIN IMMEDIATE");
  try {
    // Another process may have done so while this one waited.
    for (const statements of migrations.slice(versionOf(connection))) connection.exec(statements);
    connection.exec(`PRAGMA user_version=${migrations.length}`);
    connection.exec(`PRAGMA application_id=${APPLICATION}`);
    connection.exec("COMMIT");
  } catch (error) {
    if (connection.inTransaction) connection.exec("ROLLBACK");
    throw error;
  }
}

/** Keeps the state as it is beside it, whole on the disk before anything is changed: `state-v1.db`. */
function backUp(connection: Connection, path: string, version: number): void {
  const target = path.replace(/\.db$/, `-v${version}.db`);
  const temporary = `${target}.${process.pid}.tmp`;
  rmSync(temporary, { force: true });
  connection.prepare("VACUUM INTO ?").run(temporary);
  // Another process may have changed it meanwhile, and keeps what was before.
  if (versionIn(temporary) !== version) {
    rmSync(temporary);
    return;
  }
  synced(temporary);
  renameSync(temporary, target);
  synced(dirname(target));
}

function versionIn(path: string): number {
  const connection = new Database(path);
  try {
    return versionOf(connection);
  } finally {
    connection.close();
  }
}

function synced(path: string): void {
  const file = openSync(path, "r");
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Triggers, views and other tables are not ours: a state may come from a stranger. */
function verify(connection: Connection, migrations: readonly string[]): void {
  const check = connection.prepare("PRAGMA quick_check(1)").get() as { quick_check?: string } | undefined;
  if (check?.quick_check !== "ok") throw new Damaged(`is not whole (${check?.quick_check ?? "unknown"})`);
  const model = new Database(":memory:");
  try {
    for (const statements of migrations) model.exec(statements);
    if (schemaOf(connection) !== schemaOf(model)) throw new Damaged("has other tables than Segbook makes");
  } finally {
    model.close();
  }
}

function schemaOf(connection: Connection): string {
  const rows = connection.prepare("SELECT type, name, sql FROM sqlite_schema ORDER BY type, name").all();
  return JSON.stringify(
    (rows as { type: string; name: string; sql: string | null }[]).map(({ type, name, sql }) => [type, name, sql]),
  );
}

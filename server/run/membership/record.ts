import { randomUUID } from "node:crypto";
import { mkdir, open as openFile, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { type Engine, EngineFailure, LimitReached } from "../../engine/engine.ts";
import { literal } from "../../language/quote.ts";
import type { Problem } from "../../notebook/model.ts";
import { settledRowsSql } from "../../segments/membership/changes.ts";
import { type HistoryFile, type Manifest, settledAt } from "../../segments/membership/model.ts";
import { PARQUET, staysSql } from "../../segments/membership/stays.ts";
import { sha256Of } from "../fingerprint.ts";
import { takeFile } from "../take-file.ts";
import { isAlive } from "../tidy.ts";
import { isDiskFull } from "../unexpected.ts";
import { LOCK, MANIFEST } from "./place.ts";
import { manifestText, sha256 } from "./read.ts";

/** After so many refreshes their files are put together; until then each is read with the others. */
const SETTLE_AFTER = 12;

/** Whoever reads by the manifest before may still need what it names, in milliseconds. */
const STILL_READ = 3_600_000;

/** Files that a process has while it writes one or takes the lock. */
const LEFT = /^(?:tmp-|recording\.json\.)(\d+)-/;

export interface Recording {
  readonly folder: string;
  readonly engine: Engine;
  readonly signal: AbortSignal;
  /** After how many refreshes their files are put together. */
  readonly settleAfter?: number;
}

/** What a refresh adds to a history. */
export interface Refresh {
  /** The manifest that it becomes, but for its files. */
  readonly manifest: Manifest;
  /** The notebook's text. */
  readonly text: string;
  /** The changes' rows as a file of them is written; null where nobody came or went. */
  readonly changes: string | null;
}

/** Does what only one process at a time may do to a history; says who is at it where another is. */
export async function whileRecording<T>(folder: string, work: () => Promise<T>): Promise<T | Problem> {
  const lock = await takeFile(join(folder, LOCK)).catch((error: unknown) => notWritten(folder, error));
  if ("code" in lock) return lock;
  if ("taken" in lock) {
    const message = `Another process (${lock.taken.pid}) records a refresh of this notebook at this moment.`;
    return problem({ code: "refresh-busy", message, hint: "Refresh again once it is done." });
  }
  try {
    return await work();
  } catch (error) {
    const isOfEngine = error instanceof EngineFailure || error instanceof LimitReached;
    if (isDiskFull(error) || isOfSystem(error) || isOfEngine) return notWritten(folder, error);
    throw error;
  } finally {
    await lock.release();
  }
}

/**
 * Keeps a refresh: its files first, each written whole and named by its content, the manifest last. Whatever ends this
 * on its way leaves the history as it was. Gives the manifest as it is now.
 */
export async function keepRefresh(refresh: Refresh, recording: Recording): Promise<Manifest> {
  const { folder } = recording;
  const number = refresh.manifest.refreshes.length;
  await clearAway(refresh.manifest, recording);
  let { manifest } = refresh;
  await writeWhole(folder, `${sha256(refresh.text)}.md`, refresh.text);
  if (refresh.changes !== null) {
    const file = await writeRows({ sql: refresh.changes, name: "changes", from: number, to: number }, recording);
    manifest = { ...manifest, changes: [...manifest.changes, file] };
  }
  if (manifest.changes.length >= (recording.settleAfter ?? SETTLE_AFTER))
    manifest = await settled(manifest, number, recording);
  await writeWhole(folder, MANIFEST, manifestText(manifest));
  return manifest;
}

/** What the refreshes since the last time changed, put together: stays that last, and those that ended, which nothing changes any more. */
async function settled(manifest: Manifest, number: number, recording: Recording): Promise<Manifest> {
  const { folder } = recording;
  const stays = staysSql({ manifest: { ...manifest, closed: [] }, folder });
  const from = settledAt(manifest) + 1;
  const ended = await writeRows({ sql: settledRowsSql(stays, "ended"), name: "ended", from, to: number }, recording);
  const open = await writeRows(
    { sql: settledRowsSql(stays, "lasting"), name: "lasting", from: 1, to: number },
    recording,
  );
  const closed = ended.rows === 0 ? manifest.closed : [...manifest.closed, ended];
  return { ...manifest, open, closed, changes: [] };
}

interface Rows {
  readonly sql: string;
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

async function writeRows({ sql, name, from, to }: Rows, { folder, engine, signal }: Recording): Promise<HistoryFile> {
  const temporary = join(folder, `tmp-${process.pid}-${randomUUID()}.parquet`);
  try {
    const { rows } = await engine.table({ sql: `COPY (\n${sql}\n) TO ${literal(temporary)} (${PARQUET})`, signal });
    await durable(temporary);
    const sha = await sha256Of(temporary, signal);
    const { size } = await stat(temporary);
    const file = `${name}-${String(to).padStart(6, "0")}-${sha.slice(0, 12)}.parquet`;
    await rename(temporary, join(folder, file));
    await durable(folder);
    return { name: file, rows: Number(rows[0]?.[0] ?? 0), bytes: size, sha256: sha, from, to };
  } finally {
    await rm(temporary, { force: true });
  }
}

/** Puts a file in its place as a whole: a crash leaves what was there, or this. */
async function writeWhole(folder: string, name: string, text: string): Promise<void> {
  const temporary = join(folder, `tmp-${process.pid}-${randomUUID()}`);
  try {
    await writeFile(temporary, text, { flush: true });
    await rename(temporary, join(folder, name));
    await durable(folder);
  } finally {
    await rm(temporary, { force: true });
  }
}

async function durable(path: string): Promise<void> {
  const handle = await openFile(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Removes what no manifest names: what was put together since, and what a process left that ended on its way. */
async function clearAway({ open, closed, changes, refreshes }: Manifest, { folder }: Recording): Promise<void> {
  await mkdir(folder, { recursive: true });
  const files = [...(open === null ? [] : [open]), ...closed, ...changes].map(({ name }) => name);
  const named = new Set([MANIFEST, ...files, ...refreshes.map(({ notebook }) => notebook)]);
  for (const name of await readdir(folder)) {
    const pid = LEFT.exec(name)?.[1];
    const isOurs = /^(changes|ended|lasting)-[0-9]{6}-[0-9a-f]{12}\.parquet$|^[0-9a-f]{64}\.md$/.test(name);
    if (named.has(name) || (pid === undefined && !isOurs)) continue;
    const info = await stat(join(folder, name)).catch(() => null);
    const isLeft = pid === undefined ? info !== null && Date.now() - info.mtimeMs > STILL_READ : !isAlive(Number(pid));
    if (isLeft) await rm(join(folder, name), { force: true });
  }
}

function isOfSystem(error: unknown): boolean {
  return error instanceof Error && "syscall" in error;
}

function notWritten(folder: string, error: unknown): Problem {
  const why = isDiskFull(error) ? "the disk is full" : error instanceof Error ? error.message : String(error);
  const message = `The refresh could not be recorded: ${why.split("\n")[0]}.`;
  const hint = `Make room, or let Segbook write to .segbook/membership/${basename(folder)}, and refresh again. What was recorded before is as it was.`;
  return problem({ code: "refresh-not-written", message, hint });
}

function problem(fault: Pick<Problem, "code" | "message" | "hint">): Problem {
  return { ...fault, severity: "error", cell: null, line: null, column: null };
}

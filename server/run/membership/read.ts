import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Problem } from "../../notebook/model.ts";
import { type HistoryFile, type Manifest, manifestSchema } from "../../segments/membership/model.ts";
import { type FileState, sameState, sha256Of, stateOf } from "../fingerprint.ts";
import { MANIFEST } from "./place.ts";

export interface History {
  readonly folder: string;
  readonly manifest: Manifest;
  /** Names its content: the same history gives the same key. */
  readonly key: string;
}

/** Files whose bytes have been compared with what was written, as they were then. */
const intact = new Map<string, FileState>();

/** What is recorded in a folder, once it has been compared with what was written; null where nothing is. */
export async function readHistory(folder: string, signal: AbortSignal): Promise<History | Problem | null> {
  const history = await readManifest(folder);
  if (history === null || "code" in history) return history;
  const { open, closed, changes, refreshes } = history.manifest;
  for (const file of [...(open === null ? [] : [open]), ...closed, ...changes]) {
    if (!(await isIntact(join(folder, file.name), file, signal))) return damaged(folder, file.name);
  }
  for (const { notebook } of refreshes.slice(-1)) {
    const text = await readFile(join(folder, notebook), "utf8").catch(() => null);
    if (text === null || `${sha256(text)}.md` !== notebook) return damaged(folder, notebook);
  }
  return history;
}

/** The text of the notebook at a refresh; null where it is not what it was. */
export async function recordedText({ folder, manifest }: History, refresh: number): Promise<string | null> {
  const name = manifest.refreshes[refresh - 1]?.notebook;
  const text = name === undefined ? null : await readFile(join(folder, name), "utf8").catch(() => null);
  return text === null || `${sha256(text)}.md` !== name ? null : text;
}

export function manifestText(manifest: Manifest): string {
  const text = JSON.stringify(manifest);
  return `${JSON.stringify({ checksum: sha256(text) })}\n${text}\n`;
}

export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

async function readManifest(folder: string): Promise<History | Problem | null> {
  let content: string;
  try {
    content = await readFile(join(folder, MANIFEST), "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    return damaged(folder, MANIFEST);
  }
  try {
    const [head = "", body = ""] = content.split("\n");
    const { checksum } = JSON.parse(head) as { checksum: unknown };
    const parsed = checksum === sha256(body) ? manifestSchema.safeParse(JSON.parse(body)) : null;
    if (parsed?.success) return { folder, manifest: parsed.data, key: String(checksum).slice(0, 32) };
  } catch {
    // Told below, like every other way in which it is not what was written.
  }
  return damaged(folder, MANIFEST);
}

async function isIntact(path: string, file: HistoryFile, signal: AbortSignal): Promise<boolean> {
  const state = await stateOf(path).catch(() => null);
  if (state === null || state.size !== file.bytes) return false;
  const known = intact.get(path);
  if (known !== undefined && sameState(known, state)) return true;
  const found = await sha256Of(path, signal).catch((error: unknown) => {
    if (signal.aborted) throw error;
    return null;
  });
  if (found !== file.sha256) return false;
  intact.set(path, state);
  return true;
}

function damaged(folder: string, name: string): Problem {
  const message = `The history of segments is damaged: \`.segbook/membership/${basename(folder)}/${name}\` is not as it was written.`;
  const hint =
    "Put the file back from a backup, or move its folder elsewhere to begin a new history. Nothing is recorded until then.";
  return { code: "membership-damaged", severity: "error", cell: null, line: null, column: null, message, hint };
}

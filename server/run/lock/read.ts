import { type Lock, lockSchema } from "./model.ts";

/** Why a lock can't be used, and what to do. */
export interface LockFault {
  readonly code: "lock-conflict" | "lock-damaged" | "lock-newer";
  readonly message: string;
  readonly hint: string;
}

const MARKER = /^(<{7}|\|{7}|={7}|>{7})(\s|$)/;

/** Reads a lock's text; `name` is what its file is called in a sentence. */
export function readLock(text: string, name: string): Lock | LockFault {
  const hint = "Run again with --lock to write it anew.";
  const lines = text.split(/\r\n|\n|\r/);
  const marked = lines.findIndex((line) => MARKER.test(line));
  if (marked >= 0) {
    const message = `${name} holds both sides of a merge, from line ${marked + 1}.`;
    return { code: "lock-conflict", message, hint: "Settle the notebook, then run again with --lock." };
  }
  const damaged = (what: string): LockFault => {
    return { code: "lock-damaged", message: `${name} can't be read: ${what}.`, hint };
  };
  let value: unknown;
  try {
    // Some editors put a mark before the text.
    value = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    return damaged(error instanceof Error ? error.message.replace(/\.$/, "") : String(error));
  }
  const format = value !== null && typeof value === "object" && "lock" in value ? value.lock : null;
  if (typeof format === "number" && format > 1) {
    const message = `${name} was written by a newer Segbook.`;
    return { code: "lock-newer", message, hint: "Update Segbook, or run again with --lock." };
  }
  const read = lockSchema.safeParse(value);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const place = issue === undefined || issue.path.length === 0 ? "" : `\`${issue.path.join(".")}\`: `;
  return damaged(`${place}${issue?.message ?? "it is no lock"}`.replace(/\.$/, ""));
}

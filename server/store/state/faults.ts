import type { Problem } from "../../notebook/model.ts";
import { refusal, systemCode } from "../refusal.ts";

/** What it is called in sentences. */
const NAME = "`.segbook/state.db`";

/** What is in the file can't be what Segbook wrote. */
export class Damaged extends Error {}

export function damaged(why: string): Problem {
  const message = `The state of this workspace is damaged: ${NAME} ${why}. It is left as it is.`;
  const hint =
    "Put the file back from a backup, with its `-wal` if there is one, or move it elsewhere to begin a new state. Nothing is recorded until then.";
  return refusal("state-damaged", message, hint);
}

export function newer(found: number, known: number): Problem {
  const message = `${NAME} was written by a newer Segbook: it has version ${found}, and this one knows ${known}.`;
  return refusal("state-newer", message, "Use the newer Segbook here, or another workspace.");
}

/** A failed call of SQLite as what is to be said of it; null where it is no such thing. */
export function stateFault(error: unknown): Problem | null {
  if (error instanceof Damaged) return damaged(error.message);
  const code = systemCode(error);
  const message = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
  if (["SQLITE_NOTADB", "SQLITE_CORRUPT"].some((one) => code.startsWith(one)))
    return damaged(`is no database of Segbook's (${message})`);
  if (code.startsWith("SQLITE_BUSY") || code.startsWith("SQLITE_LOCKED")) {
    const hint = "Try again in a moment.";
    return refusal("state-busy", `Another process writes to ${NAME}.`, hint);
  }
  const isFull = code.startsWith("SQLITE_FULL") || code === "ENOSPC" || code === "EDQUOT";
  if (!isFull && !/^SQLITE_|^E[A-Z]+$/.test(code)) return null;
  const why = isFull ? "the disk is full" : message;
  const hint = "Make room, or let Segbook write to `.segbook/`, and try again. What was written before is as it was.";
  return refusal("state-failed", `Nothing was written to ${NAME}: ${why}.`, hint);
}

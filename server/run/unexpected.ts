import { EngineFailure, LimitReached } from "../engine/engine.ts";
import type { Cell, Problem } from "../notebook/model.ts";
import { limitText } from "./limits.ts";
import { problemMaker } from "./studied.ts";

/** The disk took no more of a result. */
export class DiskFull extends Error {
  constructor(readonly folder: string) {
    super(`no space is left for ${folder}`);
    this.name = "DiskFull";
  }
}

/** Reads an error of the system or of the engine as a full disk, where it is one. */
export function isDiskFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error ? String(error.code) : "";
  return (
    ["ENOSPC", "EDQUOT", "EFBIG"].includes(code) ||
    /no space left on device|disk quota exceeded|file too large/i.test(error.message)
  );
}

/** What stopped a piece of work that is no cell's, where that is a limit or the disk; null where it is anything else. */
export function stoppedBy(error: unknown): Problem | null {
  const found = outOfRoom("This", error);
  return found && { ...found, severity: "error", cell: null, line: null, column: null };
}

/** What a cell's study or run threw, as a problem of the cell. */
export function unexpected(cell: Cell, error: unknown): Problem {
  const problem = problemMaker(cell);
  const full = outOfRoom("The cell", error);
  if (full !== null) return problem(full);
  if (error instanceof EngineFailure) {
    const [message = error.message] = error.message.split("\n");
    return problem({ code: `engine-${error.kind}`, message, hint: "Check what the cell reads, then run it again." });
  }
  if (isSystemFault(error)) {
    const message = `The system refused it: ${error.message}.`;
    return problem({
      code: "system-fault",
      message,
      hint: "See to the file or folder that is named, then run the cell again.",
    });
  }
  const text = error instanceof Error ? error.message : String(error);
  const hint = "Run the cell again; if it comes back, it is a fault of Segbook.";
  return problem({ code: "internal", message: `Segbook failed here: ${text}`, hint });
}

function outOfRoom(what: string, error: unknown): Pick<Problem, "code" | "message" | "hint"> | null {
  if (error instanceof DiskFull || isDiskFull(error)) {
    const where = error instanceof DiskFull ? ` for ${error.folder}` : "";
    const message = `The disk is full: no space is left${where}, so the result was not kept.`;
    return { code: "disk-full", message, hint: "Make room on the disk, then try again." };
  }
  if (!(error instanceof LimitReached)) return null;
  const { limit, value } = error;
  const message = `${what} ${TOO_MUCH[limit]}: ${limitText(limit, value)}.`;
  const hint = `${LESS[limit]}, or raise \`${limit}\` in \`.segbook/settings.json\` or by --${limit}.`;
  return { code: `limit-${limit}`, message, hint };
}

const TOO_MUCH: Readonly<Record<LimitReached["limit"], string>> = {
  memory: "needs more memory than a kernel may take",
  temp: "puts more on the disk than it may",
  rows: "has more rows than a result may",
  seconds: "takes longer than it may",
};

const LESS: Readonly<Record<LimitReached["limit"], string>> = {
  memory: "Read fewer columns or rows, or group them earlier",
  temp: "Read fewer columns or rows, or group them earlier",
  rows: "Group or filter, and look for a join that multiplies rows",
  seconds: "Read less, and look for a join or a recursion without an end",
};

function isSystemFault(error: unknown): error is Error {
  return error instanceof Error && "syscall" in error && "code" in error;
}

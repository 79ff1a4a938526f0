import { SourceFault } from "../../cells/source/fault.ts";
import { EngineFailure, LimitReached } from "../../engine/engine.ts";

/** Why keys could not be read or compared, in words; null where it is a fault of the program or a cancel. */
export function whyNot(error: unknown): string | null {
  const isExpected =
    error instanceof SourceFault ||
    error instanceof EngineFailure ||
    error instanceof LimitReached ||
    (error instanceof Error && "syscall" in error);
  if (!isExpected) return null;
  return (error.message.split("\n")[0] ?? "").replace(/\.$/, "");
}

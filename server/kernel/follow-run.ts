import { Cancelled } from "../engine/engine.ts";
import type { Problem } from "../notebook/model.ts";
import type { RunAsk } from "../run/asks.ts";
import type { CellView, StreamEvent } from "../run/view.ts";
import { type Kernel, KernelLost } from "./kernel.ts";

export interface FollowedRun {
  readonly run: string;
  readonly ask: RunAsk;
  readonly signal: AbortSignal;
  tell(event: StreamEvent): void;
}

/** Asks a kernel for a run and tells what it comes to, whatever becomes of the kernel; never rejects. */
export async function followRun(kernel: Kernel, { run, ask, signal, tell }: FollowedRun): Promise<void> {
  const { path } = ask;
  const head = { type: "run" as const, path, run };
  const going = new Map<string, CellView>();
  let cells = 0;
  let finished = 0;
  try {
    const result = await kernel.ask("run", ask, {
      signal,
      onStarted: (count) => {
        cells = count;
        tell({ ...head, state: "started", cells, finished });
      },
      onCell: (cell, progress, done) => {
        finished = Math.max(finished, done);
        if (cell.state === "running" || cell.state === "waiting") going.set(cell.id, cell);
        else going.delete(cell.id);
        tell({ type: "cell", path, run, cell, progress });
      },
    });
    tell({ ...head, state: result.state, cells, finished });
  } catch (error) {
    const isCancelled = error instanceof Cancelled || signal.aborted;
    // A kernel that ended has been told of already.
    if (!isCancelled && !(error instanceof KernelLost))
      tell({ type: "kernel", path, state: "lost", message: error instanceof Error ? error.message : String(error) });
    for (const cell of going.values())
      tell({
        type: "cell",
        path,
        run,
        cell: isCancelled ? { ...cell, state: "cancelled" } : left(cell, error),
        progress: null,
      });
    tell({ ...head, state: isCancelled ? "cancelled" : "failed", cells, finished });
  }
}

/** A cell that nobody computes any more: the one that was being computed may be what the kernel ended of. */
function left(cell: CellView, error: unknown): CellView {
  if (cell.state === "waiting") return { ...cell, state: "cancelled" };
  const how = error instanceof KernelLost ? `The kernel ended (${error.how})` : "The kernel failed";
  const problem: Problem = {
    ...{ code: "kernel-lost", severity: "error", cell: cell.id, line: null, column: null },
    message: `${how} while this cell was computed.`,
    hint: "Run it again: what was finished is kept. If it comes back, the cell asks for more than the machine has.",
  };
  return { ...cell, state: "failed", problems: [...cell.problems, problem] };
}

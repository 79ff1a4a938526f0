import { Cancelled } from "../engine/engine.ts";
import type { Problem } from "../notebook/model.ts";
import type { Gathered } from "../run/alerts/gathered.ts";
import type { Kept } from "../run/alerts/keeper.ts";
import type { RunAsk } from "../run/asks.ts";
import type { CellView, StreamEvent } from "../run/view.ts";
import { type Kernel, KernelLost } from "./kernel.ts";

export interface FollowedRun {
  readonly run: string;
  readonly ask: RunAsk;
  readonly signal: AbortSignal;
  tell(event: StreamEvent): void;
  /** Takes what the monitors found into the alerts' lives. */
  keep(gathered: Gathered): Kept;
}

/** How a run ended, with what became of alerts and all problems of it, its cells' among them. */
export interface Ended extends Kept {
  readonly state: "done" | "failed" | "cancelled";
}

/** Of a run that nobody heard of any more. */
export const LOST: Ended = { state: "failed", changes: [], problems: [] };

/**
 * Asks a kernel for a run and tells what it comes to, whatever becomes of the kernel; never rejects. Where the kernel
 * ends, the next one goes on with what neither was going on nor reads that.
 */
export async function followRun(kernel: Kernel, followed: FollowedRun): Promise<Ended> {
  const { ask } = followed;
  const first = new Attempt(followed, { cells: null, finished: 0 });
  const left = await first.make(kernel, ask);
  if (left.length === 0) return first.ended;
  // What is asked for anew was computed anew before, as far as it got.
  const recompute = ask.noCache ? left : ask.recompute.filter((cell) => left.includes(cell));
  const second = new Attempt(followed, first);
  await second.make(kernel, { ...ask, cells: left, noCache: false, recompute });
  return second.ended;
}

/** One question to a kernel for a run, or for what the kernel before has left of it. */
class Attempt {
  cells: number | null;
  finished: number;
  ended: Ended = LOST;
  private readonly failed: Problem[] = [];
  private readonly going = new Map<string, CellView>();

  constructor(
    private readonly followed: FollowedRun,
    private readonly before: { readonly cells: number | null; readonly finished: number },
  ) {
    this.cells = before.cells;
    this.finished = before.finished;
  }

  /** Tells the run's end, unless there are cells left for another kernel; those. */
  async make(kernel: Kernel, ask: RunAsk): Promise<readonly string[]> {
    const isRest = this.before.cells !== null;
    try {
      const { state, refresh, problems, monitors } = await kernel.ask("run", ask, {
        signal: this.followed.signal,
        onStarted: (count) => {
          if (isRest) return;
          this.cells = count;
          this.end("started");
        },
        onCell: (cell, progress, done) => this.hear(cell, progress, done),
      });
      const kept = monitors === null ? null : this.followed.keep(monitors);
      const told = [...problems, ...(kept?.problems ?? [])];
      // The cells that the kernel before took with it have failed.
      const isFailed = isRest || kept?.problems.some(({ severity }) => severity === "error") === true;
      const alerts = kept?.changes ?? [];
      const outcome = isFailed && state === "done" ? "failed" : state;
      this.ended = { state: outcome, changes: alerts, problems: [...this.failed, ...told] };
      this.end(outcome, ask.refresh ? { refresh, problems: told, alerts } : {});
      return [];
    } catch (error) {
      return this.lose(error, { mayGoOn: !isRest });
    }
  }

  private hear(cell: CellView, progress: number | null, done: number): void {
    this.finished = Math.max(this.finished, this.before.finished + done);
    if (cell.state === "running" || cell.state === "waiting") this.going.set(cell.id, cell);
    else this.going.delete(cell.id);
    this.cell(cell, progress);
  }

  private lose(error: unknown, { mayGoOn }: { mayGoOn: boolean }): readonly string[] {
    const { path } = this.followed.ask;
    const isCancelled = error instanceof Cancelled || this.followed.signal.aborted;
    const isLost = error instanceof KernelLost;
    // A kernel that ended has been told of already.
    if (!isCancelled && !isLost) {
      const message = error instanceof Error ? error.message : String(error);
      this.followed.tell({ type: "kernel", path, state: "lost", message });
    }
    const left = !isCancelled && isLost && mayGoOn ? untouched([...this.going.values()]) : [];
    for (const cell of this.going.values())
      if (!left.includes(cell.id)) this.cell(isCancelled ? { ...cell, state: "cancelled" } : ended(cell, error), null);
    const state = isCancelled ? "cancelled" : "failed";
    this.ended = { state, changes: [], problems: this.failed };
    if (left.length === 0) this.end(state);
    return left;
  }

  private cell(cell: CellView, progress: number | null): void {
    const { run, ask, tell } = this.followed;
    if (cell.state === "failed") this.failed.push(...cell.problems.filter(({ severity }) => severity === "error"));
    tell({ type: "cell", path: ask.path, run, cell, progress });
  }

  private end(
    state: "started" | "done" | "failed" | "cancelled",
    told: Pick<RunEvent, "refresh" | "problems" | "alerts"> = {},
  ): void {
    const { run, ask, tell } = this.followed;
    tell({ type: "run", path: ask.path, run, state, cells: this.cells ?? 0, finished: this.finished, ...told });
  }
}

type RunEvent = StreamEvent & { type: "run" };

/** Ids of the cells that wait and read nothing of those that were being computed, directly or through others. */
function untouched(going: readonly CellView[]): string[] {
  const lost = going.filter(({ state }) => state === "running");
  for (const cell of lost) {
    const names = [cell.id, ...cell.relations.map(({ name }) => name)];
    lost.push(...going.filter((one) => !lost.includes(one) && one.reads.some((read) => names.includes(read))));
  }
  return going.filter((cell) => !lost.includes(cell)).map(({ id }) => id);
}

/** A cell that nobody computes any more: the one that was being computed may be what the kernel ended of. */
function ended(cell: CellView, error: unknown): CellView {
  if (cell.state === "waiting") return { ...cell, state: "cancelled" };
  const how = error instanceof KernelLost ? `The kernel ended (${error.how})` : "The kernel failed";
  const problem: Problem = {
    ...{ code: "kernel-lost", severity: "error", cell: cell.id, line: null, column: null },
    message: `${how} while this cell was computed.`,
    hint: "Run it again: what was finished is kept. If it comes back, the cell asks for more than the machine has.",
  };
  return { ...cell, state: "failed", problems: [...cell.problems, problem] };
}

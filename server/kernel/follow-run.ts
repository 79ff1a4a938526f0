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
 * ends, the next one goes on with what neither was going on nor reads that; with all that is left where nothing had
 * begun, or where it ended because of another run.
 */
export async function followRun(kernel: Kernel, followed: FollowedRun): Promise<Ended> {
  const first = new Attempt(followed, null);
  const left = await first.make(kernel, followed.ask);
  if (left === null) return first.ended;
  const second = new Attempt(followed, first);
  await second.make(kernel, left);
  return second.ended;
}

/** The same for some of its cells. What is asked for anew was computed anew before, as far as it got. */
function onlyOf(ask: RunAsk, cells: readonly string[]): RunAsk {
  const recompute = ask.noCache ? cells : ask.recompute.filter((cell) => cells.includes(cell));
  return { ...ask, cells: [...cells], noCache: false, recompute: [...recompute] };
}

/** One question to a kernel for a run, or for what the kernel before has left of it. */
class Attempt {
  cells: number | null;
  finished: number;
  ended: Ended = LOST;
  private readonly failed: Problem[] = [];
  /** Whether the kernel took cells with it: they have failed. */
  private hasLostCells = false;
  private readonly going = new Map<string, CellView>();

  constructor(
    private readonly followed: FollowedRun,
    private readonly before: Attempt | null,
  ) {
    this.cells = before?.cells ?? null;
    this.finished = before?.finished ?? 0;
  }

  /** Tells the run's end, unless there is something left to ask another kernel for; that. */
  async make(kernel: Kernel, ask: RunAsk): Promise<RunAsk | null> {
    try {
      const { state, refresh, problems, monitors } = await kernel.ask("run", ask, {
        signal: this.followed.signal,
        onStarted: (count) => {
          const isTold = this.cells !== null;
          this.cells ??= count;
          if (!isTold) this.end("started");
        },
        onCell: (cell, progress, done) => this.hear(cell, progress, done),
      });
      const kept = monitors === null ? null : this.followed.keep(monitors);
      const told = [...problems, ...(kept?.problems ?? [])];
      const isFailed =
        this.before?.hasLostCells === true || kept?.problems.some(({ severity }) => severity === "error") === true;
      const alerts = kept?.changes ?? [];
      const outcome = isFailed && state === "done" ? "failed" : state;
      this.ended = { state: outcome, changes: alerts, problems: [...this.failed, ...told] };
      this.end(outcome, ask.refresh ? { refresh, problems: told, alerts } : {});
      return null;
    } catch (error) {
      return this.lose(error, ask);
    }
  }

  private hear(cell: CellView, progress: number | null, done: number): void {
    this.finished = Math.max(this.finished, (this.before?.finished ?? 0) + done);
    if (cell.state === "running" || cell.state === "waiting") this.going.set(cell.id, cell);
    else this.going.delete(cell.id);
    this.cell(cell, progress);
  }

  private lose(error: unknown, ask: RunAsk): RunAsk | null {
    const { path } = ask;
    const isCancelled = error instanceof Cancelled || this.followed.signal.aborted;
    const isLost = error instanceof KernelLost;
    // A kernel that ended has been told of already.
    if (!isCancelled && !isLost) {
      const message = error instanceof Error ? error.message : String(error);
      this.followed.tell({ type: "kernel", path, state: "lost", message });
    }
    const mayGoOn = !isCancelled && isLost && this.before === null;
    if (mayGoOn && !error.isOwnFault && (this.cells === null || error.isOthersFault)) {
      // What was finished is found again in the cache.
      this.finished = 0;
      return ask;
    }
    const left = mayGoOn ? untouched([...this.going.values()]) : [];
    for (const cell of this.going.values())
      if (!left.includes(cell.id)) this.cell(isCancelled ? { ...cell, state: "cancelled" } : ended(cell, error), null);
    this.hasLostCells = true;
    const state = isCancelled ? "cancelled" : "failed";
    this.ended = { state, changes: [], problems: this.failed };
    if (left.length > 0) return onlyOf(ask, left);
    this.end(state);
    return null;
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

import type { Problem } from "../../server/notebook/model.ts";
import type { CellView, RunRequest, StreamEvent } from "../../server/run/view.ts";
import type { Api } from "./api.ts";
import { asked, heard, isOutcome, isRunning, type RunProgress, withHeard, withoutCell } from "./run-progress.ts";
import { Watchable } from "./watchable.ts";

/** The newest run of one notebook, whoever started it. */
export class Runner extends Watchable {
  #progress: RunProgress | null = null;
  #problem: Problem | null = null;
  /** The last start that was asked for, until its reply. */
  #starting: Promise<void> = Promise.resolve();
  /** Runs that a newer one took the place of; what is still heard of them counts no more. */
  readonly #past = new Set<string>();
  /** What the last run of each cell came to. */
  readonly #outcomes = new Map<string, CellView>();

  constructor(
    private readonly api: Api,
    private readonly path: string,
  ) {
    super();
  }

  get progress(): RunProgress | null {
    return this.#progress;
  }

  get running(): boolean {
    return isRunning(this.#progress);
  }

  /** Why the last run could not be started; null where it could. */
  get problem(): Problem | null {
    return this.#problem;
  }

  /**
   * Starts a run in place of one that still goes; the newest wins. One is asked for after the other's reply: of two at
   * once, which was the newest would be the network's to say.
   */
  start(request: Omit<RunRequest, "path">): Promise<void> {
    const starting = this.#starting.then(() => this.#start(request));
    this.#starting = starting.catch(() => undefined);
    return starting;
  }

  async #start(request: Omit<RunRequest, "path">): Promise<void> {
    const earlier = this.running ? this.#progress : null;
    const since = Date.now();
    if (earlier !== null) await this.api.cancel(earlier.run);
    const started = await this.api.run({ path: this.path, ...request });
    this.#problem = started.ok ? null : started.problem;
    // The stream may have told of the run before the reply came.
    if (started.ok && this.#isNews(started.value.run)) this.#replace(asked(started.value.run, since));
    this.changed();
  }

  async cancel(): Promise<void> {
    if (this.#progress === null || !this.running) return;
    const cancelled = await this.api.cancel(this.#progress.run);
    if (cancelled.ok && !cancelled.value.cancelled) this.lost();
  }

  /** Ends one cell of the run; the others go on. */
  async cancelCell(cell: string): Promise<void> {
    if (this.#progress === null || !this.running) return;
    const { run } = this.#progress;
    const cancelled = await this.api.cancelCell(run, cell);
    if (!cancelled.ok || !cancelled.value.cancelled || this.#progress.run !== run) return;
    this.#progress = withoutCell(this.#progress, cell);
    this.changed();
  }

  /** The connection was lost and what happened meanwhile was not heard: the run counts as over until it is heard of again. */
  lost(): void {
    if (this.#progress === null || !this.running) return;
    this.#progress = { ...this.#progress, state: "lost", until: Date.now() };
    this.changed();
  }

  hear(event: Extract<StreamEvent, { type: "run" | "cell" }>): void {
    if (this.#past.has(event.run)) return;
    const now = Date.now();
    if (this.#progress?.run !== event.run) {
      if (event.type === "run" && event.state !== "started") return;
      this.#replace(asked(event.run, now));
    }
    if (this.#progress !== null) this.#progress = heard(this.#progress, event, now);
    if (event.type === "cell" && isOutcome(event.cell.state)) this.#outcomes.set(event.cell.id, event.cell);
    this.changed();
  }

  #isNews(run: string): boolean {
    return this.#progress?.run !== run && !this.#past.has(run);
  }

  #replace(progress: RunProgress): void {
    if (this.#progress !== null) this.#past.add(this.#progress.run);
    this.#progress = progress;
  }

  /** The plan's cells with what the present run has said of them. */
  over(cells: readonly CellView[]): CellView[] {
    return withHeard(cells, this.#progress, this.#outcomes);
  }
}

import { randomUUID } from "node:crypto";
import type { EngineWord } from "../engine/complete.ts";
import { Cancelled } from "../engine/engine.ts";
import type { Problem } from "../notebook/model.ts";
import type { CompareAsk } from "../run/compare/ask.ts";
import type { CompareView } from "../run/compare/view.ts";
import { defaultSettings, type Settings } from "../run/settings.ts";
import type {
  CheckRequest,
  CheckView,
  PlanRequest,
  PlanView,
  RenameRequest,
  RenameView,
  ResultPage,
  RunRequest,
  StreamEvent,
  SummaryView,
} from "../run/view.ts";
import type { Workspace } from "../run/workspace.ts";
import { Kernel, KernelLost } from "./kernel.ts";
import type { AskOptions, KernelStart } from "./process.ts";
import { Spare } from "./spare.ts";

type InputSet = Readonly<Record<string, string | number | boolean>>;

export interface PageQuery {
  readonly offset: number;
  readonly limit: number;
  readonly sort: string | null;
  readonly descending: boolean;
  readonly set: InputSet;
  readonly asOf: string | null;
}

interface Run {
  readonly path: string;
  readonly controller: AbortController;
  readonly done: Promise<void>;
}

/** Kernels that are kept though nobody asks them anything; each holds its engine's memory. */
const MOST_KERNELS = 4;

/** One kernel a notebook, started when something is asked of it; what happens in them is told to whoever listens. */
export class Supervisor {
  private readonly kernels = new Map<string, Kernel>();
  private readonly runs = new Map<string, Run>();
  private readonly start: KernelStart;
  private readonly spare: Spare;
  private readonly listeners = new Set<(event: StreamEvent) => void>();

  constructor(
    workspace: Workspace,
    /** Reads a notebook's text; throws where there is none. */
    private readonly read: (path: string) => Promise<string>,
    settings: Settings = defaultSettings(workspace),
  ) {
    this.start = { root: workspace.root, limits: settings.limits };
    this.spare = new Spare(this.start);
  }

  async plan(request: PlanRequest, signal: AbortSignal): Promise<PlanView> {
    const text = request.text ?? (await this.read(request.path));
    const ask = { path: request.path, text, set: request.set ?? {}, asOf: request.asOf ?? null };
    return this.kernel(request.path).ask("plan", ask, { signal });
  }

  /** What there is to say of a notebook without running it. */
  async check(request: CheckRequest, signal: AbortSignal): Promise<CheckView> {
    const text = request.text ?? (await this.read(request.path));
    const { path, set = {}, asOf = null, silos = "measure" } = request;
    const { findings, silosKnown } = await this.kernel(path).ask("check", { path, text, set, asOf, silos }, { signal });
    return { findings: findings.map(({ fix, ...problem }) => ({ ...problem, fixable: fix !== null })), silosKnown };
  }

  /** Starts a run and tells its name; the newest run of a notebook ends the one before. */
  async run(request: RunRequest): Promise<{ run: string }> {
    const text = await this.read(request.path);
    for (const before of this.runs.values()) if (before.path === request.path) before.controller.abort();
    const run = randomUUID();
    const controller = new AbortController();
    const done = this.follow({ run, request, text, signal: controller.signal });
    this.runs.set(run, { path: request.path, controller, done });
    return { run };
  }

  cancel(run: string): boolean {
    const found = this.runs.get(run);
    found?.controller.abort();
    return found !== undefined;
  }

  /** Ends one cell of a run; false where no such run goes on. */
  async cancelCell(run: string, cell: string): Promise<boolean> {
    const found = this.runs.get(run);
    return found === undefined ? false : this.kernel(found.path).ask("cancelCell", { run, cell });
  }

  async page(path: string, relation: string, query: PageQuery, signal: AbortSignal): Promise<ResultPage | Problem> {
    const text = await this.read(path);
    return this.kernel(path).ask("page", { path, text, relation, ...query }, { signal });
  }

  async summary(
    path: string,
    relation: string,
    query: Pick<PageQuery, "set" | "asOf">,
    signal: AbortSignal,
  ): Promise<SummaryView | Problem> {
    const text = await this.read(path);
    return this.kernel(path).ask("summary", { path, text, relation, ...query }, { signal });
  }

  async export(path: string, query: Pick<PageQuery, "set" | "asOf">, signal: AbortSignal): Promise<string | Problem> {
    const text = await this.read(path);
    return this.kernel(path).ask("export", { path, text, ...query }, { signal });
  }

  async rename(request: RenameRequest, signal: AbortSignal): Promise<RenameView | Problem> {
    const text = request.text ?? (await this.read(request.path));
    const { path, from, to } = request;
    return this.kernel(path).ask("rename", { text, from, to }, { signal });
  }

  /** Runs two versions of a notebook in its kernel, and compares their results. */
  compare(ask: CompareAsk, options: AskOptions): Promise<CompareView> {
    return this.kernel(ask.path).ask("compare", ask, options);
  }

  async complete(path: string, before: string, signal: AbortSignal): Promise<EngineWord[]> {
    const text = await this.read(path);
    return this.kernel(path).ask("complete", { text, before }, { signal });
  }

  subscribe(listener: (event: StreamEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Starts a kernel ahead for the first notebook that is opened. */
  prepare(): void {
    this.spare.prepare();
  }

  /** Process ids of the kernels that run. */
  pids(): number[] {
    return [...this.kernels.values()].flatMap((kernel) => (kernel.pid === null ? [] : [kernel.pid]));
  }

  async close(): Promise<void> {
    for (const run of this.runs.values()) run.controller.abort();
    await Promise.all([this.spare.close(), ...[...this.kernels.values()].map((kernel) => kernel.close())]);
  }

  private async follow(run: { run: string; request: RunRequest; text: string; signal: AbortSignal }): Promise<void> {
    const { request, text, signal } = run;
    const { path } = request;
    const head = { type: "run" as const, path, run: run.run };
    let cells = 0;
    let finished = 0;
    const ask = {
      path,
      text,
      set: request.set ?? {},
      asOf: request.asOf ?? null,
      cells: request.cells ?? null,
      noCache: request.noCache ?? false,
      recompute: request.recompute ?? [],
      first: request.first ?? null,
      run: run.run,
      now: "new" as const,
      lock: false,
    };
    try {
      const result = await this.kernel(path).ask("run", ask, {
        signal,
        onStarted: (count) => {
          cells = count;
          this.tell({ ...head, state: "started", cells, finished });
        },
        onCell: (view, progress, done) => {
          finished = Math.max(finished, done);
          this.tell({ type: "cell", path, run: run.run, cell: view, progress });
        },
      });
      this.tell({ ...head, state: result.state, cells, finished });
    } catch (error) {
      const cancelled = error instanceof Cancelled || signal.aborted;
      if (!cancelled && !(error instanceof KernelLost))
        this.tell({ type: "kernel", path, state: "lost", message: message(error) });
      this.tell({ ...head, state: cancelled ? "cancelled" : "failed", cells, finished });
    } finally {
      this.runs.delete(run.run);
    }
  }

  /** The kernel of a notebook, which is now the last one used. */
  private kernel(path: string): Kernel {
    const known = this.kernels.get(path);
    this.kernels.delete(path);
    this.retire();
    const kernel = known ?? this.create(path);
    this.kernels.set(path, kernel);
    return kernel;
  }

  /** Ends the kernels that nobody asked anything for longest; what they computed is in the cache. */
  private retire(): void {
    const idle = [...this.kernels].filter(([, kernel]) => !kernel.isBusy);
    for (const [path, kernel] of idle.slice(0, Math.max(0, this.kernels.size - MOST_KERNELS + 1))) {
      this.kernels.delete(path);
      void kernel.close();
    }
  }

  private create(path: string): Kernel {
    const onLost = (how: string) => {
      const text = `The kernel of this notebook ended (${how}). Results that were computed are kept; the next run starts a new one.`;
      this.tell({ type: "kernel", path, state: "lost", message: text });
    };
    return new Kernel({ ...this.start, onLost, spare: this.spare });
  }

  private tell(event: StreamEvent): void {
    for (const listener of this.listeners) listener(event);
  }
}

function message(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

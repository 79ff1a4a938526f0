import { type ChildProcess, fork } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { Cancelled } from "../engine/engine.ts";
import type { Problem } from "../notebook/model.ts";
import { clearLeftovers } from "../run/leftovers.ts";
import type { Limits } from "../run/limits.ts";
import type { CellView } from "../run/view.ts";
import { workspaceAt } from "../run/workspace.ts";
import type { FromKernel, Operation, Operations, ToKernel } from "./protocol.ts";

/** What a kernel is started with. */
export interface KernelStart {
  /** The workspace. */
  readonly root: string;
  readonly limits: Limits;
  /** `background` lets whoever shares the machine go first: the server, and the page that is looked at. */
  readonly priority?: "normal" | "background";
}

/** The child process ended while it was asked something. */
export class KernelLost extends Error {
  constructor(readonly how: string) {
    super(`the kernel ended (${how})`);
    this.name = "KernelLost";
  }

  /** Whether what was asked of it was too much for it, and would be again. */
  get isOwnFault(): boolean {
    return this.how === TOO_LARGE;
  }

  /** Whether it was ended because of another run, which did not obey a cancel. */
  get isOthersFault(): boolean {
    return this.how === STUCK;
  }
}

/** The kernel could not answer, though it goes on: a limit, or a fault of the program or of the machine, told on its stderr. */
export class KernelFault extends Error {
  constructor(
    message: string,
    /** The limit that was reached, or the disk that is full; null where it is neither. */
    readonly problem: Problem | null,
  ) {
    super(problem === null ? message : `${problem.message} ${problem.hint}`);
    this.name = "KernelFault";
  }
}

export interface AskOptions {
  readonly signal?: AbortSignal;
  onStarted?(cells: number): void;
  /** The share that is done, 0 to 1. */
  onProgress?(share: number): void;
  onCell?(view: CellView, progress: number | null, finished: number): void;
}

interface Pending {
  readonly operation: Operation;
  readonly options: AskOptions;
  isSent: boolean;
  resolve(answer: unknown): void;
  reject(error: Error): void;
}

const TOO_LARGE = "it took more memory than it may; raise `memory` in `.segbook/settings.json` or by --memory";

const STUCK = "it did not stop when its run was cancelled";

/** How long a run may take to obey a cancel. */
const GRACE_MS = 700;

/** One child process, from its start to its end. */
export class KernelProcess {
  /** How it ended; never rejects. */
  readonly ended: Promise<string>;
  /** A run does not obey a cancel: only the end of the process gives the machine back. Told how that will be said. */
  onStuck: (how: string) => void = () => undefined;
  /** Settles once what it left in the middle of its work is gone. */
  private readonly cleared: Promise<void>;
  private readonly child: ChildProcess;
  private readonly ready: Promise<void>;
  private readonly pending = new Map<number, Pending>();
  private last = 0;
  /** How it said that it would end. */
  private how: string | null = null;

  constructor(start: KernelStart) {
    this.child = forkKernel(start);
    this.ended = new Promise((resolve) => {
      this.child.once("exit", (code, signal) => resolve(this.how ?? signal ?? `exit code ${code}`));
      // A process that could not be started never exits; what can't be sent to one that ended needs no word.
      this.child.on("error", (error) => this.child.pid === undefined && resolve(error.message));
    });
    this.cleared = this.ended.then(() => clearLeftovers(workspaceAt(start.root))).catch(() => undefined);
    this.ready = new Promise((resolve) => {
      this.child.on("message", (message: FromKernel) => {
        if (message.type === "ready") resolve();
        else if (message.type === "tooLarge") this.how = TOO_LARGE;
        else this.receive(message);
      });
    });
    void this.ended.then((how) => {
      for (const waiting of this.pending.values()) waiting.reject(new KernelLost(how));
      this.pending.clear();
    });
  }

  get pid(): number | null {
    return this.child.pid ?? null;
  }

  get isBusy(): boolean {
    return this.pending.size > 0;
  }

  async ask<K extends Operation>(
    operation: K,
    ask: Operations[K]["ask"],
    options: AskOptions,
  ): Promise<Operations[K]["answer"]> {
    this.last += 1;
    const id = this.last;
    const answer = new Promise<unknown>((resolve, reject) => {
      this.pending.set(id, { operation, options, isSent: false, resolve, reject });
    });
    const cancel = () => this.cancel(id);
    options.signal?.addEventListener("abort", cancel, { once: true });
    void this.ready.then(() => {
      const waiting = this.pending.get(id);
      if (waiting === undefined) return;
      waiting.isSent = true;
      this.send({ type: "ask", id, operation, ask } as ToKernel);
    });
    try {
      return (await answer) as Operations[K]["answer"];
    } finally {
      options.signal?.removeEventListener("abort", cancel);
      this.pending.delete(id);
    }
  }

  async end(): Promise<void> {
    this.child.kill("SIGKILL");
    await this.cleared;
  }

  private cancel(id: number): void {
    const waiting = this.pending.get(id);
    if (waiting === undefined) return;
    if (waiting.isSent) this.send({ type: "cancel", id });
    // Nobody waits for a page any more; a run's end is waited for, since it tells what it came to.
    if (!waiting.isSent || waiting.operation !== "run") {
      waiting.reject(new Cancelled());
      return;
    }
    setTimeout(() => {
      if (this.pending.get(id) !== waiting) return;
      waiting.reject(new Cancelled());
      this.how = STUCK;
      this.onStuck(STUCK);
    }, GRACE_MS).unref();
  }

  private receive(message: Exclude<FromKernel, { type: "ready" | "tooLarge" }>): void {
    const waiting = this.pending.get(message.id);
    if (waiting === undefined) return;
    if (message.type === "started") waiting.options.onStarted?.(message.cells);
    else if (message.type === "progress") waiting.options.onProgress?.(message.share);
    else if (message.type === "cell") waiting.options.onCell?.(message.view, message.progress, message.finished);
    else if (message.type === "answer") waiting.resolve(message.answer);
    else if (message.type === "cancelled") waiting.reject(new Cancelled());
    else waiting.reject(new KernelFault(message.message, message.problem));
  }

  private send(message: ToKernel): void {
    // Where the process is gone, its end is what is told.
    if (this.child.connected) this.child.send(message, () => undefined);
  }
}

function forkKernel({ root, limits, priority = "normal" }: KernelStart): ChildProcess {
  const compiled = import.meta.url.endsWith(".js");
  const file = fileURLToPath(new URL(compiled ? "./child.js" : "./child.ts", import.meta.url));
  return fork(file, [root, JSON.stringify(limits), priority], {
    cwd: root,
    // Nothing of the server's environment reaches other people's SQL.
    env: { UV_THREADPOOL_SIZE: "16", TZ: "UTC" },
    // For `server/engine/chunks.ts`.
    execArgv: ["--expose-gc", ...(compiled ? [] : ["--import", createRequire(import.meta.url).resolve("tsx")])],
    serialization: "advanced",
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
}

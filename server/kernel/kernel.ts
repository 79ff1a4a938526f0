import { type ChildProcess, fork } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { Cancelled } from "../engine/engine.ts";
import type { CellView } from "../run/view.ts";
import type { FromKernel, Operation, Operations, ToKernel } from "./protocol.ts";

/** The child process ended while it was asked something. */
export class KernelLost extends Error {
  constructor(readonly how: string) {
    super(`the kernel ended (${how})`);
    this.name = "KernelLost";
  }
}

export interface AskOptions {
  readonly signal?: AbortSignal;
  onStarted?(cells: number): void;
  onCell?(view: CellView, progress: number | null, finished: number): void;
}

interface Pending {
  readonly options: AskOptions;
  resolve(answer: unknown): void;
  reject(error: Error): void;
}

/** How long a kernel may take to obey a cancel before it is ended from outside. */
const GRACE_MS = 700;

/** One child process. It is started by the first question and, once lost, again by the next. */
export class Kernel {
  private child: ChildProcess | null = null;
  private ready: Promise<ChildProcess> | null = null;
  private readonly pending = new Map<number, Pending>();
  private last = 0;

  constructor(
    private readonly root: string,
    private readonly onLost: (how: string) => void,
  ) {}

  /** Process id while it runs. */
  get pid(): number | null {
    return this.child?.pid ?? null;
  }

  async ask<K extends Operation>(operation: K, ask: Operations[K]["ask"], options: AskOptions = {}): Promise<Operations[K]["answer"]> {
    if (options.signal?.aborted) throw new Cancelled();
    const child = await this.start();
    this.last += 1;
    const id = this.last;
    const answer = new Promise<unknown>((resolve, reject) => this.pending.set(id, { options, resolve, reject }));
    const cancel = () => this.cancel(child, id);
    options.signal?.addEventListener("abort", cancel, { once: true });
    child.send({ type: "ask", id, operation, ask } as ToKernel);
    try {
      return (await answer) as Operations[K]["answer"];
    } finally {
      options.signal?.removeEventListener("abort", cancel);
      this.pending.delete(id);
    }
  }

  async close(): Promise<void> {
    const { child } = this;
    if (child === null) return;
    this.child = null;
    this.ready = null;
    const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    child.kill("SIGKILL");
    await ended;
  }

  private cancel(child: ChildProcess, id: number): void {
    if (child.connected) child.send({ type: "cancel", id } as ToKernel);
    setTimeout(() => {
      const waiting = this.pending.get(id);
      if (waiting === undefined) return;
      // It does not listen: ending it is the only way to give the machine back.
      waiting.reject(new Cancelled());
      this.pending.delete(id);
      child.kill("SIGKILL");
    }, GRACE_MS).unref();
  }

  private start(): Promise<ChildProcess> {
    if (this.ready !== null) return this.ready;
    const ready = new Promise<ChildProcess>((resolve, reject) => {
      const compiled = import.meta.url.endsWith(".js");
      const file = fileURLToPath(new URL(compiled ? "./child.js" : "./child.ts", import.meta.url));
      const execArgv = compiled ? [] : ["--import", createRequire(import.meta.url).resolve("tsx")];
      const child = fork(file, [this.root], {
        cwd: this.root,
        // Nothing of the server's environment reaches other people's SQL.
        env: { UV_THREADPOOL_SIZE: "16", TZ: "UTC" },
        execArgv,
        serialization: "advanced",
        stdio: ["ignore", "ignore", "inherit", "ipc"],
      });
      this.child = child;
      child.once("error", reject);
      child.on("message", (message: FromKernel) => {
        if (message.type === "ready") resolve(child);
        else this.receive(message);
      });
      child.once("exit", (code, signal) => {
        const how = signal ?? `exit code ${code}`;
        reject(new KernelLost(how));
        this.lost(child, how);
      });
    });
    this.ready = ready;
    ready.catch(() => {
      if (this.ready === ready) this.ready = null;
    });
    return ready;
  }

  private receive(message: Exclude<FromKernel, { type: "ready" }>): void {
    const waiting = this.pending.get(message.id);
    if (waiting === undefined) return;
    if (message.type === "started") waiting.options.onStarted?.(message.cells);
    else if (message.type === "cell") waiting.options.onCell?.(message.view, message.progress, message.finished);
    else if (message.type === "answer") waiting.resolve(message.answer);
    else if (message.type === "cancelled") waiting.reject(new Cancelled());
    else waiting.reject(new Error(message.message));
  }

  private lost(child: ChildProcess, how: string): void {
    const expected = this.child !== child;
    if (!expected) {
      this.child = null;
      this.ready = null;
    }
    const left = [...this.pending.values()];
    this.pending.clear();
    for (const waiting of left) waiting.reject(new KernelLost(how));
    if (!expected) this.onLost(how);
  }
}

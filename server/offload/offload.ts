import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { buffersIn } from "./buffers.ts";
import type { Asked, Said } from "./thread.ts";
import type { Input, Result, Works, WorksAt } from "./works.ts";

export interface OffloadOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (share: number) => void;
  /** The most that a thread may hold of JavaScript's own memory, in bytes. */
  readonly heap: number;
}

/** The work took more memory than it was given. */
export class HeapFull extends Error {
  constructor(readonly heap: number) {
    super("the work took more memory than it was given");
    this.name = "HeapFull";
  }
}

/**
 * Does heavy work in a thread of its own, so that the process answers meanwhile and the work can be ended wherever it
 * is. Columns of the input are handed over: they are gone here afterwards. Rejects with the signal's reason, HeapFull,
 * or what the work threw.
 */
export async function offload<M extends Works, K extends keyof M & string>(
  works: WorksAt<M>,
  name: K,
  input: Input<M, K>,
  { signal, onProgress, heap }: OffloadOptions,
): Promise<Result<M, K>> {
  signal.throwIfAborted();
  const worker = idle.get(heap)?.pop() ?? start(heap);
  worker.ref();
  return new Promise<Result<M, K>>((resolve, reject) => {
    const settle = (end: () => void) => {
      signal.removeEventListener("abort", abort);
      for (const event of ["message", "messageerror", "error", "exit"]) worker.removeAllListeners(event);
      end();
    };
    const drop = (error: unknown) =>
      settle(() => {
        worker.once("error", () => undefined);
        void worker.terminate().then(() => reject(error));
      });
    const abort = () => drop(signal.reason);
    signal.addEventListener("abort", abort, { once: true });
    worker.on("message", (said: Said) => {
      if (said.type === "progress") onProgress(said.share);
      else
        settle(() => {
          keep(worker, heap);
          if (said.type === "result") resolve(said.result as Result<M, K>);
          else reject(said.error);
        });
    });
    worker.on("messageerror", drop);
    worker.on("error", (error: NodeJS.ErrnoException) =>
      drop(error.code === "ERR_WORKER_OUT_OF_MEMORY" ? new HeapFull(heap) : error),
    );
    worker.on("exit", (code) => drop(new Error(`the thread ended with ${code}`)));
    worker.postMessage({ file: works.file, name, input } satisfies Asked, buffersIn(input));
  });
}

/** Threads that wait for work, by the memory they may take: starting one takes longer than many a piece of work. */
const idle = new Map<number, Worker[]>();
const MOST_IDLE = 2;

function keep(worker: Worker, heap: number): void {
  const waiting = idle.get(heap) ?? [];
  idle.set(heap, waiting);
  if (waiting.length >= MOST_IDLE) {
    void worker.terminate();
    return;
  }
  worker.unref();
  waiting.push(worker);
}

function start(heap: number): Worker {
  const compiled = import.meta.url.endsWith(".js");
  return new Worker(fileURLToPath(new URL(compiled ? "./thread.js" : "./from-source.mjs", import.meta.url)), {
    // What the process was started with is the process's own.
    execArgv: [],
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: Math.ceil(heap / 1024 ** 2) },
  });
}

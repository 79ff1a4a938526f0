import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import type { Helpers, SharedTask } from "../../cluster/shared-work.ts";

/** A helper computes in the kernel's memory and hardly needs any of its own, in megabytes. */
const HEAP = 64;

/** Threads beside the one that asks, by default as many as there are processors left, three at most. They end with the one that asks. */
export function clusterHelpers(count = Math.min(availableParallelism() - 1, 3)): Helpers {
  return { count, help };
}

/** Helpers that wait for more: starting one takes as long as clustering thousands of people. */
const idle: Worker[] = [];
/** One that has helped with more rows ends: it may hold on to their memory for long. */
const MOST_KEPT = 100_000;

function help(task: SharedTask): Promise<void> {
  const worker = idle.pop() ?? start();
  worker.ref();
  return new Promise((resolve, reject) => {
    const settle = (end: () => void) => {
      for (const event of ["message", "error", "exit"]) worker.removeAllListeners(event);
      end();
    };
    worker.on("message", () =>
      settle(() => {
        worker.unref();
        if (task.rows > MOST_KEPT) void worker.terminate();
        else idle.push(worker);
        resolve();
      }),
    );
    worker.on("error", (error) => settle(() => reject(error)));
    worker.on("exit", (code) => settle(() => reject(new Error(`a helping thread ended with ${code}`))));
    worker.postMessage(task);
  });
}

function start(): Worker {
  const compiled = import.meta.url.endsWith(".js");
  const file = fileURLToPath(new URL(compiled ? "./help.js" : "./help-from-source.mjs", import.meta.url));
  return new Worker(file, { execArgv: [], env: {}, resourceLimits: { maxOldGenerationSizeMb: HEAP } });
}

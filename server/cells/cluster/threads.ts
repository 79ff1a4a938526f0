import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import type { Helpers, SearchTask } from "../../cluster/shared-search.ts";

/** A helper computes in the kernel's memory and hardly needs any of its own, in megabytes. */
const HEAP = 64;

/** Threads beside the one that asks, by default as many as there are processors left, three at most. They end with the one that asks. */
export function clusterHelpers(count = Math.min(availableParallelism() - 1, 3)): Helpers {
  return { count, help };
}

function help(task: SearchTask): Promise<void> {
  const compiled = import.meta.url.endsWith(".js");
  const file = fileURLToPath(new URL(compiled ? "./help.js" : "./help-from-source.mjs", import.meta.url));
  const worker = new Worker(file, {
    workerData: task,
    execArgv: [],
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: HEAP },
  });
  return new Promise((resolve, reject) => {
    worker.on("error", reject);
    worker.on("exit", () => resolve());
  });
}

import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { type Helpers, isOver, type SharedTask } from "../../cluster/shared-work.ts";

/** A helper computes in the kernel's memory and hardly needs any of its own, in megabytes. */
const HEAP = 64;

/** Threads beside the one that asks, by default as many as there are processors left, three at most. They end with the one that asks. */
export function clusterHelpers(count = Math.min(availableParallelism() - 1, 3)): Helpers {
  return { count, help };
}

/** A thread and what it was asked for and has not answered yet, in that order. */
interface Helper {
  readonly worker: Worker;
  readonly asked: Asked[];
}
interface Asked {
  readonly task: SharedTask;
  readonly settle: (failure?: Error) => void;
}

/** They wait for more: starting one takes as long as clustering thousands of people. */
const helpers: Helper[] = [];
/** One that has helped with more rows ends: it may hold on to their memory for long. */
const MOST_KEPT = 100_000;

/**
 * A clustering is followed by the next before its helpers' answers are heard: who is free is seen by whether all of its work is
 * over, not by its answers.
 */
function help(task: SharedTask): Promise<void> {
  const free = helpers.find(({ asked }) => asked.every(({ task }) => isOver(task.control) && task.rows <= MOST_KEPT));
  const { worker, asked } = free ?? start();
  worker.ref();
  return new Promise((resolve, reject) => {
    asked.push({ task, settle: (failure) => (failure === undefined ? resolve() : reject(failure)) });
    worker.postMessage(task);
  });
}

function start(): Helper {
  const compiled = import.meta.url.endsWith(".js");
  const file = fileURLToPath(new URL(compiled ? "./help.js" : "./help-from-source.mjs", import.meta.url));
  const worker = new Worker(file, { execArgv: [], env: {}, resourceLimits: { maxOldGenerationSizeMb: HEAP } });
  const helper: Helper = { worker, asked: [] };
  const lose = (failure: Error) => {
    const at = helpers.indexOf(helper);
    if (at >= 0) helpers.splice(at, 1);
    for (const { settle } of helper.asked.splice(0)) settle(failure);
  };
  worker.on("message", () => {
    const done = helper.asked.shift();
    done?.settle();
    if (helper.asked.length === 0) worker.unref();
    if (done !== undefined && done.task.rows > MOST_KEPT) void worker.terminate();
  });
  worker.on("error", lose);
  worker.on("exit", (code) => lose(new Error(`a helping thread ended with ${code}`)));
  helpers.push(helper);
  return helper;
}

import { parentPort } from "node:worker_threads";
import { helpWorking, type SharedTask } from "../../cluster/shared-work.ts";

// A helper's whole thread. Between two tasks it waits, and holds nothing of the one that is done.
parentPort?.on("message", (task: SharedTask) => {
  helpWorking(task);
  parentPort?.postMessage(null);
});

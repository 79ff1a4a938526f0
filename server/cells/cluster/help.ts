import { parentPort } from "node:worker_threads";
import { helpSearching, type SearchTask } from "../../cluster/shared-search.ts";

// A helper's whole thread. Between two tasks it waits, and holds nothing of the one that is done.
parentPort?.on("message", (task: SearchTask) => {
  helpSearching(task);
  parentPort?.postMessage(null);
});

import { workerData } from "node:worker_threads";
import { helpSearching, type SearchTask } from "../../cluster/shared-search.ts";

// A helper's whole thread: when there is nothing more to search it ends, and holds no memory any longer.
helpSearching(workerData as SearchTask);

// Starts a thread from the sources, which are not compiled: `--import` does not reach threads on Node 20.
import { register } from "tsx/esm/api";

register();
await import("./thread.ts");

// Starts a helper's thread from the sources, as `server/offload/from-source.mjs` does.
import { register } from "tsx/esm/api";

register();
await import("./help.ts");

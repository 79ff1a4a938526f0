import { Worker } from "node:worker_threads";
import { type Drawn, type DrawRequest, drawChart } from "./draw.ts";

/** A process that draws charts, one after another: a specification that never ends costs this process alone. */

export interface ToPainter {
  readonly id: number;
  readonly request: DrawRequest;
}

export interface FromPainter {
  readonly id: number;
  readonly drawn: Drawn | { readonly failed: string };
}

/** Milliseconds that one chart may take. */
const LIMIT = Number(process.argv[2]);

// Beside the thread that draws, since that one may never look at a clock again; it also outlives whoever asked.
const watch = new Worker(
  `const { parentPort } = require("node:worker_threads");
   let timer;
   parentPort.on("message", (ms) => {
     clearTimeout(timer);
     if (ms > 0) timer = setTimeout(() => process.kill(process.pid, "SIGKILL"), ms);
   });`,
  { eval: true, env: {} },
);
let current: number | null = null;

process.on("message", async ({ id, request }: ToPainter) => {
  current = id;
  watch.postMessage(LIMIT);
  try {
    send({ id, drawn: await drawChart(request) });
  } catch (error) {
    send({ id, drawn: { failed: messageOf(error) } });
  } finally {
    watch.postMessage(0);
    current = null;
  }
});
// Vega answers some faults of a specification where nobody can catch them.
process.on("uncaughtException", (error) => {
  if (current === null) process.exit(1);
  send({ id: current, drawn: { failed: messageOf(error) } });
});
process.on("disconnect", () => process.exit(0));
process.on("SIGINT", () => undefined);

function send(message: FromPainter): void {
  process.send?.(message);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

import { pathToFileURL } from "node:url";
import { parentPort } from "node:worker_threads";
import { buffersIn } from "./buffers.ts";
import type { Works } from "./works.ts";

/** What a thread is asked, and what it says. */
export interface Asked {
  readonly file: string;
  readonly name: string;
  readonly input: unknown;
}

export type Said =
  | { readonly type: "progress"; readonly share: number }
  | { readonly type: "result"; readonly result: unknown }
  | { readonly type: "error"; readonly error: unknown };

parentPort?.on("message", async ({ file, name, input }: Asked) => {
  try {
    const works = (await import(pathToFileURL(file).href)) as Works;
    const work = works[name];
    if (work === undefined) throw new Error(`${file} has no ${name}`);
    // Who asked knows the module's types; what is sent has none.
    const result = await work(input as never, (share) => say({ type: "progress", share }));
    say({ type: "result", result }, buffersIn(result));
  } catch (error) {
    say({ type: "error", error });
  }
  setImmediate(letGo);
});

/** What a piece of work left behind and is worth the collector's while, in bytes. */
const LARGE = 32 * 1024 ** 2;

/** A thread that waits does nothing, so its collector does not either: what it worked on would stay in memory while it is idle. */
function letGo(): void {
  const { external, arrayBuffers } = process.memoryUsage();
  if (external + arrayBuffers > LARGE) globalThis.gc?.();
}

function say(said: Said, transfer: readonly ArrayBuffer[] = []): void {
  parentPort?.postMessage(said, transfer);
}

import { setMaxListeners } from "node:events";
import { stat } from "node:fs/promises";
import { LimitReached } from "../engine/engine.ts";

type Limited<T> = (signal: AbortSignal) => Promise<T>;

/** Work that was cancelled may take so long to end before nobody waits for it any more: one step of the engine's can be endless. */
const GRACE_MS = 1_000;

/** Does work that may take so many seconds; what is still going on then is cancelled, and LimitReached is thrown. */
export function withinSeconds<T>(seconds: number, signal: AbortSignal, work: Limited<T>): Promise<T> {
  return within(new LimitReached("seconds", seconds), signal, work, (reached) => {
    const timer = setTimeout(reached, seconds * 1000);
    return () => clearTimeout(timer);
  });
}

/** How often a file that grows is looked at. */
const LOOK_MS = 200;

/** Does work that writes a file of at most so many bytes. */
export function withinBytes<T>(file: string, bytes: number, signal: AbortSignal, work: Limited<T>): Promise<T> {
  return within(new LimitReached("temp", bytes), signal, work, (reached) => {
    const timer = setInterval(async () => {
      const { size } = await stat(file).catch(() => ({ size: 0 }));
      if (size > bytes) reached();
    }, LOOK_MS);
    return () => clearInterval(timer);
  });
}

async function within<T>(
  limit: LimitReached,
  signal: AbortSignal,
  work: Limited<T>,
  watch: (reached: () => void) => () => void,
): Promise<T> {
  const controller = new AbortController();
  const either = AbortSignal.any([signal, controller.signal]);
  // Every statement and file of the work listens to it.
  setMaxListeners(0, either);
  let giveUp: NodeJS.Timeout | undefined;
  const stuck = new Promise<never>((_, reject) => {
    controller.signal.addEventListener("abort", () => {
      giveUp = setTimeout(() => reject(limit), GRACE_MS);
    });
  });
  const release = watch(() => controller.abort(limit));
  try {
    return await Promise.race([work(either), stuck]);
  } catch (error) {
    throw controller.signal.aborted && !signal.aborted ? limit : error;
  } finally {
    release();
    clearTimeout(giveUp);
  }
}

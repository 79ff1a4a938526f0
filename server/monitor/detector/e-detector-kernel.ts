import type { EDetector, Staged } from "./e-detector.ts";
import { NARROW, SHARE, WIDE } from "./evidence.ts";
import { informed } from "./informed.ts";
import type { Sums } from "./sums.ts";

interface Kernel {
  readonly memory: WebAssembly.Memory;
  reserve(periods: number): void;
  room(): number;
  wAt(): number;
  wyAt(): number;
  wyyAt(): number;
  floorAt(): number;
  slotAt(): number;
  kappaAt(): number;
  lowAt(): number;
  highAt(): number;
  evidenceAt(): number;
  run(
    ...args: [
      from: number,
      until: number,
      stop: number,
      isThinned: number,
      inflation: number,
      narrow: number,
      wide: number,
      share: number,
    ]
  ): number;
}

/** The kernel's memory, as arrays. */
interface Views {
  readonly w: Float64Array;
  readonly wy: Float64Array;
  readonly wyy: Float64Array;
  readonly floor: Float64Array;
  readonly slot: Uint8Array;
  readonly kappa: Float64Array;
  readonly low: Int32Array;
  readonly high: Int32Array;
  readonly evidence: Float64Array;
}

/** `plainDetector` by the compiled kernel `wasm/e-detector.ts`: the same bytes, several times as fast. */
export function kernelDetector(compiled: WebAssembly.Module): EDetector {
  // The build checks a kernel's code, not who calls it: its exports are what its file says.
  const kernel = new WebAssembly.Instance(compiled, {}).exports as unknown as Kernel;
  let views: Views | null = null;
  /** Whose sums lie in the memory: a series is judged by several calls in a row. */
  let laid: Sums | null = null;
  return ({ stage, readings }, span, into) => {
    const { sums, from: start } = stage;
    if (views === null || kernel.room() < sums.length) {
      kernel.reserve(2 * sums.length);
      views = viewsOf(kernel);
      laid = null;
    }
    if (laid !== sums) lay(sums, views);
    laid = sums;
    limit(views, { stage, readings }, span);
    const args = [span.stop, span.grid === "thinned" ? 1 : 0, sums.inflation, NARROW, WIDE, SHARE] as const;
    const reached = kernel.run(span.from - start, span.until - start, ...args) + start;
    const end = Math.min(reached + 1, span.until);
    into.set(views.evidence.subarray(span.from - start, end - start), span.from);
    return reached;
  };
}

function viewsOf(kernel: Kernel): Views {
  const { buffer } = kernel.memory;
  const periods = kernel.room();
  return {
    w: new Float64Array(buffer, kernel.wAt(), periods + 1),
    wy: new Float64Array(buffer, kernel.wyAt(), periods + 1),
    wyy: new Float64Array(buffer, kernel.wyyAt(), periods + 1),
    floor: new Float64Array(buffer, kernel.floorAt(), periods + 1),
    slot: new Uint8Array(buffer, kernel.slotAt(), periods),
    kappa: new Float64Array(buffer, kernel.kappaAt(), 7),
    low: new Int32Array(buffer, kernel.lowAt(), periods),
    high: new Int32Array(buffer, kernel.highAt(), periods),
    evidence: new Float64Array(buffer, kernel.evidenceAt(), periods),
  };
}

function lay(sums: Sums, views: Views): void {
  views.w.set(sums.w);
  views.wy.set(sums.wy);
  views.wyy.set(sums.wyy);
  views.floor.set(sums.floor);
  views.slot.set(sums.slot);
  views.kappa.set(sums.kappa);
}

/** Lays the first and the last candidate of each period. */
function limit(
  { low, high }: Views,
  { stage: { from: start }, readings }: Staged,
  { first, from, until }: { readonly first: number; readonly from: number; readonly until: number },
): void {
  for (let t = from; t < until; t++) {
    const [least, most] = informed(readings.tally, start, { first, last: t, end: t });
    low[t - start] = least - start;
    high[t - start] = most - start;
  }
}

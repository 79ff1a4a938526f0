import type { Kernels } from "./kernels.ts";
import type { Joins } from "./merges.ts";
import type { Pace } from "./pace.ts";
import { principalComponents } from "./principal.ts";
import { beginStage, endWork, newControl, stageEnded, workPortion } from "./shared-work.ts";
import type { WeightedPoints } from "./ward-rounds.ts";

interface WardKernel {
  reserve(rows: number, columns: number, searchers: number, own: number): void;
  rowStride(): number;
  centres(): number;
  inverses(): number;
  axesAt(): number;
  turn(along: number): void;
  next(): number;
  portion(): number;
  isWorthSharing(): number;
  work(from: number, to: number): void;
  live(): number;
  slots(): number;
  distances(): number;
}

/** Below so many points another thread takes longer to start than it saves. */
const WORTH_HELP = 10_000;
/** `plainWard` in WebAssembly, to the same bytes, with however many helpers. */
export async function kernelWard(points: WeightedPoints, pace: Pace, kernels: Kernels): Promise<Joins> {
  const rows = points.weight.length;
  const helpers = rows < WORTH_HELP ? null : pace.helpers;
  const searchers = 1 + (helpers?.count ?? 0);
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 65_536, shared: true });
  const instance = new WebAssembly.Instance(kernels.ward, { env: { memory } });
  const kernel = instance.exports as unknown as WardKernel;
  kernel.reserve(rows, points.columns, searchers, 0);
  const control = newControl();
  const shape = { rows, columns: points.columns, searchers };
  const helped: { failure: unknown }[] = [];
  for (let own = 1; own < searchers; own++) {
    helpers?.help({ kernel: kernels.ward, memory, control, ...shape, own }).catch((failure: unknown) => {
      helped.push({ failure });
    });
  }
  try {
    place(points, kernel, memory);
    const { columns } = points;
    if (columns >= WORTH_TURNING.least && columns <= WORTH_TURNING.most) turn(points, kernel, memory);
    await joinAll({ kernel, control, searchers, rows, pace, helped });
  } finally {
    endWork(control);
  }
  return joinsOf(kernel, memory, rows);
}

/** Every point but the first has been joined into a smaller one. */
function joinsOf(kernel: WardKernel, { buffer }: WebAssembly.Memory, rows: number): Joins {
  const into = new Int32Array(buffer, kernel.slots(), rows).subarray(1);
  const height = new Float64Array(buffer, kernel.distances(), rows).subarray(1);
  return { a: into.map((other) => ~other), b: into.map((_, at) => at + 1), height };
}

/** In fewer columns boxes along the columns are as good; in more, turning takes longer than it saves. */
const WORTH_TURNING = { least: 5, most: 64 };
/** Points that principal axes are taken from; the tree needs no better ones. */
const SAMPLE = 2000;

interface Rounds {
  readonly kernel: WardKernel;
  readonly control: Int32Array<SharedArrayBuffer>;
  readonly searchers: number;
  readonly rows: number;
  readonly pace: Pace;
  /** What went wrong in helpers. */
  readonly helped: readonly { failure: unknown }[];
}

async function joinAll({ kernel, control, searchers, rows, pace, helped }: Rounds): Promise<void> {
  for (let units = kernel.next(); units > 0; units = kernel.next()) {
    const share = 1 - kernel.live() / rows;
    const portion = kernel.portion();
    if (searchers > 1 && kernel.isWorthSharing()) {
      beginStage(control, units, portion);
      while (workPortion(control, kernel)) if (pace.due()) await pace.rest(share);
      while (!stageEnded(control)) {
        await pace.rest(share);
        if (helped[0] !== undefined) throw helped[0].failure;
      }
    } else {
      for (let from = 0; from < units; from += portion) {
        kernel.work(from, Math.min(from + portion, units));
        if (pace.due()) await pace.rest(share);
      }
    }
  }
}

function place({ coordinates, columns, weight }: WeightedPoints, kernel: WardKernel, memory: WebAssembly.Memory): void {
  const rows = weight.length;
  const stride = kernel.rowStride();
  const centres = new Float64Array(memory.buffer, kernel.centres(), rows * stride);
  if (stride === columns) centres.set(coordinates);
  else {
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) centres[i * stride + j] = coordinates[i * columns + j] as number;
    }
  }
  const inverses = new Float64Array(memory.buffer, kernel.inverses(), rows);
  for (let i = 0; i < rows; i++) inverses[i] = 1 / (weight[i] as number);
}

/** Lets the tree lie along the points' principal axes: columns that go together then take less room, and results are the same. */
function turn({ coordinates, columns, weight }: WeightedPoints, kernel: WardKernel, memory: WebAssembly.Memory): void {
  const rows = Math.min(weight.length, SAMPLE);
  const sample = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    const at = Math.floor((i * weight.length) / rows) * columns;
    sample.set(coordinates.subarray(at, at + columns), i * columns);
  }
  const { axes, middle } = principalComponents(sample, { rows, columns }, columns);
  const stride = kernel.rowStride();
  const room = new Float64Array(memory.buffer, kernel.axesAt(), (columns + 1) * stride);
  for (let axis = 0; axis < columns; axis++) {
    room.set(axes.subarray(axis * columns, (axis + 1) * columns), axis * stride);
  }
  room.set(middle, columns * stride);
  kernel.turn(1);
}

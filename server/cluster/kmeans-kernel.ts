import type { Mover, MoverTask } from "./hamerly.ts";
import { type Kernels, startKernel } from "./kernels.ts";
import { PORTION } from "./row-source.ts";

interface KmeansKernel {
  reserve(rows: number, columns: number, clusters: number, bytes: number, weighted: boolean): number;
  rowStride(): number;
  pointsAt(): number;
  weightsAt(): number;
  labelsAt(): number;
  centresAt(): number;
  placed(from: number, to: number): void;
  begin(): void;
  assign(from: number, to: number): number;
  move(): void;
  addInertia(from: number, to: number): void;
  inertia(): number;
}

/** `plainMover` in WebAssembly, to the same bytes; null where there is not enough memory. */
export function kernelMover({ source, start, weight, bytes }: MoverTask, kernels: Kernels): Mover | null {
  const { rows, columns } = source;
  const k = start.length / columns;
  const kernel = startKernel<KmeansKernel>(kernels, "kmeans");
  if (kernel.reserve(rows, columns, k, bytes, weight !== null) === 0) return null;
  const stride = kernel.rowStride();
  const { buffer } = kernel.memory;
  const points =
    bytes === 8
      ? new Float64Array(buffer, kernel.pointsAt(), rows * stride)
      : new Float32Array(buffer, kernel.pointsAt(), rows * stride);
  const read = new Float64Array(Math.min(PORTION, rows) * columns);
  if (weight !== null) new Float64Array(buffer, kernel.weightsAt(), rows).set(weight);
  for (let from = 0; from < rows; from += PORTION) {
    const to = Math.min(from + PORTION, rows);
    const portion = points.subarray(from * stride, to * stride);
    if (portion instanceof Float64Array && stride === columns) source.read(from, to, portion);
    else {
      source.read(from, to, read);
      for (let row = 0, at = 0; row < to - from; row++) {
        for (let c = 0; c < columns; c++) portion[row * stride + c] = read[at++] as number;
      }
    }
    kernel.placed(from, to);
  }
  const centres = new Float64Array(buffer, kernel.centresAt(), k * stride);
  for (let c = 0; c < k; c++) centres.set(start.subarray(c * columns, (c + 1) * columns), c * stride);
  kernel.begin();
  return {
    assign: (from, to) => kernel.assign(from, to),
    move: () => kernel.move(),
    addInertia: (from, to) => kernel.addInertia(from, to),
    inertia: () => kernel.inertia(),
    nearest: () => new Int32Array(buffer, kernel.labelsAt(), rows),
    centres: () => start.map((_, at) => centres[Math.floor(at / columns) * stride + (at % columns)] as number),
  };
}

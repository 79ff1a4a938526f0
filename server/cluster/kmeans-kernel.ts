import type { Mover, MoverTask } from "./hamerly.ts";
import { type Kernels, startKernel } from "./kernels.ts";
import { PORTION } from "./row-source.ts";

interface KmeansKernel {
  reserve(rows: number, columns: number, clusters: number, bytes: number, weighted: boolean): number;
  rowStride(): number;
  placeOf(from: number): number;
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
  if (weight !== null) new Float64Array(buffer, kernel.weightsAt(), rows).set(weight);
  const read = stride === columns ? null : new Float64Array(Math.min(PORTION, rows) * columns);
  for (let from = 0; from < rows; from += PORTION) {
    const to = Math.min(from + PORTION, rows);
    const place = new Float64Array(buffer, kernel.placeOf(from), (to - from) * stride);
    source.read(from, to, read ?? place);
    if (read !== null) {
      for (let row = 0; row < to - from; row++) {
        for (let c = 0; c < columns; c++) place[row * stride + c] = read[row * columns + c] as number;
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

import type { Mover, MoverTask } from "./hamerly.ts";
import { type Kernels, startKernel } from "./kernels.ts";
import { eachPortion } from "./row-source.ts";

interface KmeansKernel {
  reserve(rows: number, columns: number, clusters: number, bytes: number, weighted: boolean): number;
  rowStride(): number;
  pointsAt(): number;
  weightsAt(): number;
  labelsAt(): number;
  centresAt(): number;
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
  if (weight !== null) new Float64Array(buffer, kernel.weightsAt(), rows).set(weight);
  eachPortion(source, (portion, from, to) => {
    if (stride === columns) points.set(portion, from * columns);
    else {
      for (let row = from, at = 0; row < to; row++) {
        for (let c = 0; c < columns; c++) points[row * stride + c] = portion[at++] as number;
      }
    }
  });
  const centres = new Float64Array(buffer, kernel.centresAt(), k * stride);
  for (let c = 0; c < k; c++) centres.set(start.subarray(c * columns, (c + 1) * columns), c * stride);
  return {
    assign: (from, to) => kernel.assign(from, to),
    move: () => kernel.move(),
    addInertia: (from, to) => kernel.addInertia(from, to),
    inertia: () => kernel.inertia(),
    nearest: () => new Int32Array(buffer, kernel.labelsAt(), rows),
    centres: () => start.map((_, at) => centres[Math.floor(at / columns) * stride + (at % columns)] as number),
  };
}

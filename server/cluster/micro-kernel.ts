import { type Kernels, startKernel } from "./kernels.ts";
import type { Cells, CellsTask } from "./micro.ts";

interface MicroKernel {
  reserve(rows: number, columns: number, cells: number): number;
  rowStride(): number;
  pointsAt(): number;
  labelsAt(): number;
  centresAt(): number;
  weightsAt(): number;
  cellCount(): number;
  begin(rows: number): void;
  split(steps: number): number;
  layAbreast(): void;
  findNear(first: number, last: number): void;
  layOffsets(): void;
  assign(rows: number, byTree: boolean): void;
  move(): void;
  forget(): void;
}

/** `plainCells` in WebAssembly, to the same bytes; null where there is not enough memory. */
export function kernelCells({ sample, columns, most, portion }: CellsTask, kernels: Kernels): Cells | null {
  const kernel = startKernel<MicroKernel>(kernels, "micro");
  const sampled = sample.length / columns;
  if (kernel.reserve(Math.max(sampled, portion), columns, most) === 0) return null;
  const stride = kernel.rowStride();
  const { buffer } = kernel.memory;
  const read = stride === columns ? null : new Float64Array(portion * columns);
  const place = (points: Float64Array): void => {
    const rows = points.length / columns;
    const target = new Float64Array(buffer, kernel.pointsAt(), rows * stride);
    // What is between the rows may be left over from others.
    target.fill(0);
    for (let row = 0; row < rows; row++) {
      for (let c = 0; c < columns; c++) target[row * stride + c] = points[row * columns + c] as number;
    }
  };
  place(sample);
  kernel.begin(sampled);
  return {
    split: (steps) => kernel.split(steps) !== 0,
    count: () => kernel.cellCount(),
    findNear(first, last) {
      if (first === 0) kernel.layAbreast();
      kernel.findNear(first, last);
    },
    layOffsets: () => kernel.layOffsets(),
    assign({ source, from, to }, labels, start) {
      if (read === null) source.read(from, to, new Float64Array(buffer, kernel.pointsAt(), (to - from) * stride));
      else {
        source.read(from, to, read);
        place(read.subarray(0, (to - from) * columns));
      }
      const theirs = new Int32Array(buffer, kernel.labelsAt(), labels.length);
      if (start === "label") theirs.set(labels);
      kernel.assign(labels.length, start === "tree");
      labels.set(theirs);
    },
    move: () => kernel.move(),
    forget: () => kernel.forget(),
    weight: () => new Float64Array(buffer, kernel.weightsAt(), kernel.cellCount()).slice(),
    centres() {
      const cells = kernel.cellCount();
      const padded = new Float64Array(buffer, kernel.centresAt(), cells * stride);
      const centres = new Float64Array(cells * columns);
      for (let cell = 0; cell < cells; cell++) {
        centres.set(padded.subarray(cell * stride, cell * stride + columns), cell * columns);
      }
      return centres;
    },
  };
}

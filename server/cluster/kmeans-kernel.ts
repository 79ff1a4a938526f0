import type { Mover, MoverTask } from "./hamerly.ts";
import { type Kernels, startKernel } from "./kernels.ts";
import { fullRows } from "./kmeans-rows.ts";
import { PORTION } from "./row-source.ts";

interface KmeansKernel {
  reserve(rows: number, columns: number, clusters: number, bytes: number, weighted: boolean, kept: boolean): number;
  rowStride(): number;
  placeOf(row: number): number;
  weightsAt(): number;
  labelsAt(): number;
  centresAt(): number;
  wantedAt(): number;
  placed(from: number, to: number): void;
  begin(): void;
  look(from: number, to: number): number;
  settle(): number;
  isEmpty(centre: number): number;
  beginFarthest(): void;
  findFarthest(from: number, to: number): void;
  farthestRow(): number;
  giveFarthest(centre: number): void;
  move(): void;
  addInertia(from: number, to: number): void;
  inertia(): number;
}

/** `plainMover` in WebAssembly, to the same bytes; null where there is not enough memory. */
export function kernelMover({ source, start, weight, bytes, full }: MoverTask, kernels: Kernels): Mover | null {
  const { rows, columns } = source;
  const k = start.length / columns;
  const kernel = startKernel<KmeansKernel>(kernels, "kmeans");
  const kept = bytes === 8 && full === "kept";
  if (kernel.reserve(rows, columns, k, bytes, weight !== null, kept) === 0) return null;
  const stride = kernel.rowStride();
  const { buffer } = kernel.memory;
  if (weight !== null) new Float64Array(buffer, kernel.weightsAt(), rows).set(weight);
  const lent = fullRows(source, stride);
  const isLent = bytes === 8 && !kept;
  const place = (from: number, to: number): void =>
    lent.place(from, to, new Float64Array(buffer, kernel.placeOf(from), (to - from) * stride));
  const picked = new Float64Array(buffer, kernel.placeOf(0), Math.min(PORTION, rows) * stride);
  const wanted = new Int32Array(buffer, kernel.wantedAt(), 3 * PORTION);
  const centres = new Float64Array(buffer, kernel.centresAt(), k * stride);
  for (let c = 0; c < k; c++) centres.set(start.subarray(c * columns, (c + 1) * columns), c * stride);
  kernel.begin();
  /** Rows that have been laid abreast, in the order in which they are first asked for. */
  let laid = 0;
  const takeFarthest = (centre: number): void => {
    kernel.beginFarthest();
    for (let from = 0; from < rows; from += PORTION) {
      const to = Math.min(from + PORTION, rows);
      if (isLent) place(from, to);
      kernel.findFarthest(from, to);
    }
    const row = kernel.farthestRow();
    if (row < 0) return;
    if (isLent) place(row, row + 1);
    kernel.giveFarthest(centre);
  };
  return {
    assign(from, to) {
      const first = from === laid && from < rows;
      if (first) {
        place(from, to);
        kernel.placed(from, to);
        laid = to;
      }
      const count = kernel.look(from, to);
      // Of rows that were not looked at before all are wanted, and are in their place.
      if (isLent && !first) lent.pick(wanted.subarray(0, 3 * count), from, to, picked);
      return kernel.settle();
    },
    move() {
      for (let c = 0; c < k; c++) if (kernel.isEmpty(c)) takeFarthest(c);
      kernel.move();
    },
    addInertia(from, to) {
      if (isLent) place(from, to);
      kernel.addInertia(from, to);
    },
    inertia: () => kernel.inertia(),
    nearest: () => new Int32Array(buffer, kernel.labelsAt(), rows),
    centres: () => start.map((_, at) => centres[Math.floor(at / columns) * stride + (at % columns)] as number),
  };
}

import { type Kernels, startKernel } from "./kernels.ts";
import type { SilhouetteSums, SilhouetteTask } from "./silhouette.ts";

interface SilhouetteKernel {
  reserve(rows: number, columns: number, clusterings: number): number;
  columnBytes(): number;
  layClustering(clusters: number): number;
  advance(from: number, to: number): void;
  totals(): number;
}

/** `plainSilhouettes` in WebAssembly, to the same bytes. */
export function kernelSilhouettes({ points, shape, clusterings }: SilhouetteTask, kernels: Kernels): SilhouetteSums {
  const kernel = startKernel<SilhouetteKernel>(kernels, "silhouette");
  const { rows, columns } = shape;
  const byColumn = kernel.reserve(rows, columns, clusterings.length);
  const places = clusterings.map(({ ends }) => kernel.layClustering(ends.length));
  // Only now has the memory its size.
  const { buffer } = kernel.memory;
  for (let c = 0; c < columns; c++) {
    const column = new Float64Array(buffer, byColumn + c * kernel.columnBytes(), rows);
    for (let row = 0; row < rows; row++) column[row] = points[row * columns + c] as number;
  }
  for (const [at, { labels, rows: order, ends }] of clusterings.entries()) {
    const place = new Int32Array(buffer, places[at], 2 * rows + ends.length);
    for (let row = 0; row < rows; row++) place[row] = (labels[row] as number) - 1;
    place.set(order, rows);
    place.set(ends, 2 * rows);
  }
  return {
    advance: (from, to) => kernel.advance(from, to),
    totals: () => new Float64Array(buffer, kernel.totals(), clusterings.length).slice(),
  };
}

import type { SegmentSize } from "../../server/figures/segmentation.ts";
import type { LoadPage } from "../parts/table.ts";
import type { Reading } from "./relation.ts";
import { stretchOf } from "./stretch.ts";

/** The rows of one segment, as a table loads them. In the order of the segments' names each is one stretch; the sizes say where it begins. */
export function segmentRows(
  reading: Reading,
  { column, name, sizes }: { column: string; name: string; sizes: readonly SegmentSize[] },
): { load: LoadPage; total: number } {
  const { start, length } = stretchOf(name, sizes);
  const sort = { column, descending: false };
  const load: LoadPage = async (offset, limit, _, signal) => {
    const ask = { offset: start + offset, limit: Math.min(limit, length - offset), sort };
    const { rows } = await reading.results.page(reading.at, ask, signal);
    return { rows, offset, total: length };
  };
  return { load, total: length };
}

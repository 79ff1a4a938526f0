import type { SegmentSize } from "../../server/figures/segmentation.ts";

/** Where the rows of one segment lie in a relation that is sorted by the segments' names, as the engine sorts text. */
export function stretchOf(
  name: string,
  sizes: readonly Pick<SegmentSize, "name" | "people">[],
): { start: number; length: number } {
  let start = 0;
  let length = 0;
  for (const size of sizes) {
    if (size.name === name) length = size.people;
    else if (before(size.name, name)) start += size.people;
  }
  return { start, length };
}

// The engine sorts text by its UTF-8 bytes, which is the order of code points.
function before(a: string, b: string): boolean {
  const [left, right] = [[...a], [...b]];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const difference = (left[i]?.codePointAt(0) ?? 0) - (right[i]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return left.length < right.length;
}

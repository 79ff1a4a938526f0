/**
 * Values of `length`, the first of which are those of `before`, and the rest for the caller to write: in the memory that
 * `before` lies in where it has room, else in one with some to spare, so that a series that grows by a period is not copied
 * for each. `before` stays as it is, but only the longest of those in one memory may be made longer. A new array where there
 * is none before.
 */
export function longer(before: Float64Array | undefined, length: number): Float64Array {
  if (before === undefined || before.length === 0) return new Float64Array(length);
  const { buffer, byteOffset, BYTES_PER_ELEMENT } = before;
  if (byteOffset + length * BYTES_PER_ELEMENT <= buffer.byteLength) return new Float64Array(buffer, byteOffset, length);
  const values = new Float64Array(length + SPARE).subarray(0, length);
  values.set(before);
  return values;
}

const SPARE = 64;

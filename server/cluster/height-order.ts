/**
 * The places of numbers from 0 up, in ascending order; equal ones stay in theirs. A radix sort (Knuth, The Art of Computer
 * Programming 3, 5.2.5) of their bits, which grow with such numbers: comparing them by a function takes several times as long.
 */
export function heightOrder(height: Float64Array): Int32Array {
  // Of −0, 0 is made.
  return orderOf(height.map((value) => value + 0));
}

/** The same of any numbers but NaN; 0 and −0 are equal. */
export function ascendingOrder(values: Float64Array): Int32Array {
  const keys = values.map((value) => value + 0);
  // Bits of those below 0 fall while the numbers grow, and their first is set, as that of the others is to be.
  const words = new Uint32Array(keys.buffer);
  for (let high = 1; high < words.length; high += 2) {
    const word = words[high] as number;
    if (word < 2 ** 31) words[high] = word + 2 ** 31;
    else {
      words[high] = ~word;
      words[high - 1] = ~(words[high - 1] as number);
    }
  }
  return orderOf(keys);
}

/** By the bits of keys, which are not to be read as numbers. */
function orderOf(keys: Float64Array): Int32Array {
  const count = keys.length;
  const bytes = new Uint8Array(keys.buffer);
  let order = Int32Array.from({ length: count }, (_, at) => at);
  let next = new Int32Array(count);
  const ends = new Int32Array(256);
  // From the least byte of a number to its greatest.
  for (let byte = 0; byte < 8; byte++) {
    ends.fill(0);
    for (let at = byte; at < bytes.length; at += 8)
      ends[bytes[at] as number] = (ends[bytes[at] as number] as number) + 1;
    if ((ends[bytes[byte] as number] as number) === count) continue;
    for (let value = 1; value < 256; value++) ends[value] = (ends[value] as number) + (ends[value - 1] as number);
    for (let at = count - 1; at >= 0; at--) {
      const place = order[at] as number;
      const value = bytes[8 * place + byte] as number;
      const end = (ends[value] as number) - 1;
      ends[value] = end;
      next[end] = place;
    }
    [order, next] = [next, order];
  }
  return order;
}

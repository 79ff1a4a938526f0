/**
 * The places of numbers from 0 up, in ascending order; equal ones stay in theirs. A radix sort (Knuth, The Art of Computer
 * Programming 3, 5.2.5) of their bits, which grow with such numbers: comparing them by a function takes several times as long.
 */
export function heightOrder(height: Float64Array): Int32Array {
  const count = height.length;
  // Of −0, 0 is made.
  const bytes = new Uint8Array(height.map((value) => value + 0).buffer);
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

// AssemblyScript: the candidates of a period, in order, and what each is judged by.
import { after, at, double, int, oneS, setDouble, share, shareW, shareWy, slot, ss, stands, sy, w, wy } from "./layout";

export function every(first: i32, last: i32): i32 {
  let count = 0;
  for (let k = first; k <= last; k++) {
    store<i32>(at + ((<usize>count) << 2), k);
    setDouble(stands, count, 1);
    count += 1;
  }
  return count;
}

/** Of older ones ever fewer, each the middle of those it stands for. */
export function thinned(first: i32, last: i32, end: i32): i32 {
  let count = 0;
  for (let k = first; k <= last; ) {
    const size = min(max(1, (end - k) >> 3), last - k + 1);
    store<i32>(at + ((<usize>count) << 2), k + (size >> 1));
    setDouble(stands, count, <f64>size);
    count += 1;
    k += size;
  }
  return count;
}

/** Goes back from the end day by day. */
export function scan(count: i32, end: i32): void {
  memory.fill(after, 0, 64);
  const endW = double(w, end);
  const endWy = double(wy, end);
  let k = end;
  let later = endW;
  let squares: f64 = 0;
  let ones: f64 = 0;
  let values: f64 = 0;
  for (let index = count - 1; index >= 0; index--) {
    const to = int(at, index);
    while (k > to) {
      k -= 1;
      const day = <i32>load<u8>(slot + <usize>k);
      const before = double(w, k);
      const weight = later - before;
      later = before;
      const known = double(after, day);
      setDouble(after, day, known + weight);
      squares += weight * (weight + 2 * known) * double(share, day);
      ones += weight * double(shareW, day);
      values += weight * double(shareWy, day);
    }
    const whole = endW - later;
    setDouble(ss, index, whole - squares);
    setDouble(oneS, index, whole - ones);
    setDouble(sy, index, endWy - double(wy, k) - values);
  }
}

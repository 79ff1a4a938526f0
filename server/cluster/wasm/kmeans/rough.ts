// AssemblyScript: which centre is nearest is mostly clear from numbers of four bytes; four rows are looked at at once.
import { double, setSingle } from "../memory/numbers";
import { centres, found, fourBytes, k, placeOf, rough, roughCentres, rowBytes, stride } from "./layout";

/** Twice the length of the longest centre, and how much of that and of a distance rounding to four bytes may be at most. */
let reach: f32 = 0;
let rounded: f32 = 0;

/** Lays rows abreast: tells that the rows `from`, a multiple of four, up to `to` are in their place. */
export function placed(from: i32, to: i32): void {
  const place = placeOf(from);
  let target = rough + <usize>(from >> 2) * fourBytes;
  for (let row = 0, last = to - from - 1; row <= last; row += 4) {
    let a = place + <usize>row * rowBytes;
    let b = place + <usize>min(row + 1, last) * rowBytes;
    let c = place + <usize>min(row + 2, last) * rowBytes;
    let d = place + <usize>min(row + 3, last) * rowBytes;
    for (const end = a + rowBytes; a < end; a += 16) {
      const ab = v128.shuffle<f32>(narrow(a), narrow(b), 0, 4, 1, 5);
      const cd = v128.shuffle<f32>(narrow(c), narrow(d), 0, 4, 1, 5);
      v128.store(target, v128.shuffle<f64>(ab, cd, 0, 2));
      v128.store(target, v128.shuffle<f64>(ab, cd, 1, 3), 16);
      target += 32;
      b += 16;
      c += 16;
      d += 16;
    }
  }
}

/** Two numbers in four bytes each. */
function narrow(place: usize): v128 {
  return f32x4.demote_f64x2_zero(v128.load(place));
}

/** Takes the centres as they lie in their place. */
export function begin(): void {
  let longest: f64 = 0;
  for (let c = 0; c < k; c++) {
    let squares: f64 = 0;
    for (let j = 0; j < stride; j++) {
      const value = double(centres, c * stride + j);
      setSingle(roughCentres, c * stride + j, <f32>value);
      squares += value * value;
    }
    longest = max(longest, sqrt<f64>(squares));
  }
  reach = <f32>(2 * longest);
  rounded = <f32>(stride + 8) * 1e-7;
}

/**
 * Finds the nearest centre of four rows that lie abreast, a lane each, and how much nearer it is than the next: at least,
 * whatever was rounded; not above 0 where rounding could decide.
 */
export function findNearest(numbers: usize): void {
  const last = numbers + fourBytes;
  let first = i32x4.splat(0);
  let least = f32x4.splat(Infinity);
  let next = f32x4.splat(Infinity);
  let centre = roughCentres;
  for (let at = 0; at < k; at++) {
    let squared = f32x4.splat(0);
    for (let from = numbers; from < last; from += 32) {
      const even = f32x4.sub(v128.load(from), v128.load32_splat(centre));
      const odd = f32x4.sub(v128.load(from, 16), v128.load32_splat(centre, 4));
      squared = f32x4.add(squared, f32x4.add(f32x4.mul(even, even), f32x4.mul(odd, odd)));
      centre += 8;
    }
    const nearer = f32x4.lt(squared, least);
    next = f32x4.pmin(next, f32x4.pmax(least, squared));
    least = f32x4.pmin(least, squared);
    first = v128.bitselect(i32x4.splat(at), first, nearer);
  }
  const far = f32x4.sqrt(next);
  const rounding = f32x4.mul(f32x4.add(far, f32x4.splat(reach)), f32x4.splat(rounded));
  const gap = f32x4.sub(f32x4.sub(far, f32x4.sqrt(least)), f32x4.add(rounding, f32x4.splat(1e-18)));
  v128.store(found, first);
  v128.store(found, gap, 16);
}

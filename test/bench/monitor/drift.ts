/** Detectors of drift in streams, with the settings that their usual implementations (river) start with. */

/** Page–Hinkley both ways: 30 values at first, δ .005, threshold 50, forgetting .9999; started anew after an alarm. */
export function pageHinkley(values: readonly number[]): boolean[] {
  let [seen, mean, up, down, least, most] = [0, 0, 0, 0, Infinity, -Infinity];
  return values.map((value) => {
    seen += 1;
    mean += (value - mean) / seen;
    up = 0.9999 * up + value - mean - 0.005;
    down = 0.9999 * down + value - mean + 0.005;
    least = Math.min(least, up);
    most = Math.max(most, down);
    if (seen < 30 || (up - least <= 50 && most - down <= 50)) return false;
    [seen, mean, up, down, least, most] = [0, 0, 0, 0, Infinity, -Infinity];
    return true;
  });
}

/** Bifet and Gavaldà 2007: δ .002, cuts of 5 values or more a side, looked for each value from the tenth on. Every cut is tried. */
export function adwin(values: readonly number[]): boolean[] {
  let start = 0;
  return values.map((_, end) => {
    let out = false;
    while (end + 1 - start >= 10 && differs(values.slice(start, end + 1))) {
      out = true;
      start += 1;
    }
    return out;
  });
}

function differs(window: readonly number[]): boolean {
  const n = window.length;
  const mean = window.reduce((a, b) => a + b, 0) / n;
  const variance = window.reduce((sum, value) => sum + (value - mean) ** 2, 0) / n;
  const delta = Math.log((2 * Math.log(n)) / 0.002);
  let sum = 0;
  for (let cut = 1; cut <= n - 5; cut++) {
    sum += window[cut - 1] ?? 0;
    if (cut < 5) continue;
    const harmonic = 1 / (cut - 4) + 1 / (n - cut - 4);
    const reach = Math.sqrt(2 * harmonic * variance * delta) + (2 / 3) * harmonic * delta;
    if (Math.abs(sum / cut - (mean * n - sum) / (n - cut)) > reach) return true;
  }
  return false;
}

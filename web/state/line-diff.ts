/** A stretch of lines: the same on both sides, or what stands on each side in its place. */
export type Hunk =
  | { readonly same: readonly string[] }
  | { readonly mine: readonly string[]; readonly theirs: readonly string[] };

/** Beyond so many pairs of lines the middle is told as one difference. */
const MOST_PAIRS = 4_000_000;

/** Two texts line by line, as the fewest lines that differ (longest common subsequence). */
export function lineDiff(mine: string, theirs: string): Hunk[] {
  const [a, b] = [mine.split(/\r\n?|\n/), theirs.split(/\r\n?|\n/)];
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail])
    tail += 1;
  const middle = between(a.slice(head, a.length - tail), b.slice(head, b.length - tail));
  return joined([{ same: a.slice(0, head) }, ...middle, { same: a.slice(a.length - tail) }]);
}

function between(a: readonly string[], b: readonly string[]): Hunk[] {
  if (a.length * b.length > MOST_PAIRS) return [{ mine: a, theirs: b }];
  const width = b.length + 1;
  // lengths[i, j]: the longest common subsequence of a from i and b from j.
  const lengths = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const [right, down] = [lengths[i * width + j + 1] ?? 0, lengths[(i + 1) * width + j] ?? 0];
      lengths[i * width + j] = a[i] === b[j] ? (lengths[(i + 1) * width + j + 1] ?? 0) + 1 : Math.max(right, down);
    }
  }
  const hunks: Hunk[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [mine, theirs] = [a[i], b[j]];
    if (mine !== undefined && mine === theirs) {
      hunks.push({ same: [mine] });
      i += 1;
      j += 1;
    } else if (
      theirs === undefined ||
      (mine !== undefined && (lengths[(i + 1) * width + j] ?? 0) >= (lengths[i * width + j + 1] ?? 0))
    ) {
      hunks.push({ mine: [mine ?? ""], theirs: [] });
      i += 1;
    } else {
      hunks.push({ mine: [], theirs: [theirs] });
      j += 1;
    }
  }
  return hunks;
}

/** Neighbours of one sort as one; empty ones are left out. */
function joined(hunks: readonly Hunk[]): Hunk[] {
  const result: Hunk[] = [];
  for (const hunk of hunks) {
    const last = result.at(-1);
    if ("same" in hunk) {
      if (hunk.same.length === 0) continue;
      if (last !== undefined && "same" in last) result[result.length - 1] = { same: [...last.same, ...hunk.same] };
      else result.push(hunk);
    } else if (hunk.mine.length + hunk.theirs.length > 0) {
      const both = last !== undefined && !("same" in last) ? last : null;
      const merged = { mine: [...(both?.mine ?? []), ...hunk.mine], theirs: [...(both?.theirs ?? []), ...hunk.theirs] };
      if (both === null) result.push(merged);
      else result[result.length - 1] = merged;
    }
  }
  return result;
}

import { align } from "../../server/notebook/diff/align.ts";
import { Effort, MOST_PAIRS } from "../../server/notebook/diff/effort.ts";

/** Three texts line by line, as `git merge-file` does; null where both sides changed the same lines, or neighbours. */
export function mergeLines(base: string, mine: string, theirs: string): string | null {
  const [b, m, t] = [linesOf(base), linesOf(mine), linesOf(theirs)];
  const [inMine, inTheirs] = [pairsOf(b, m), pairsOf(b, t)];
  const merged: string[] = [];
  let [i, j, k] = [0, 0, 0];
  while (i < b.length || j < m.length || k < t.length) {
    // Up to the next line that all three have.
    let next = i;
    while (next < b.length && !(inMine.has(next) && inTheirs.has(next))) next += 1;
    const [x, y] = [inMine.get(next) ?? m.length, inTheirs.get(next) ?? t.length];
    const [was, mineHas, theirsHas] = [b.slice(i, next).join(""), m.slice(j, x).join(""), t.slice(k, y).join("")];
    if (mineHas === theirsHas || theirsHas === was) merged.push(mineHas);
    else if (mineHas === was) merged.push(theirsHas);
    else return null;
    const line = b[next];
    if (line !== undefined) merged.push(line);
    [i, j, k] = [next + 1, x + 1, y + 1];
  }
  return merged.join("");
}

/** Which line of the other text each line is. */
function pairsOf(base: readonly string[], other: readonly string[]): ReadonlyMap<number, number> {
  const effort = new Effort(MOST_PAIRS);
  const weigh = (a: string, b: string) => (a === b ? 1 + a.trim().length : 0);
  return new Map(align(base, other, { same: (a, b) => a === b, weigh, effort }));
}

function linesOf(text: string): string[] {
  return text.match(/[^\r\n]*(?:\r\n?|\n)|[^\r\n]+$/g) ?? [];
}

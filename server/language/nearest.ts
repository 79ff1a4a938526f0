/** Up to three of the names that look most like what was written; none where nothing is near. */
export function nearest(written: string, names: readonly string[]): string[] {
  const wanted = fold(written);
  const allowed = Math.max(1, Math.floor(wanted.length * 0.4));
  return [...new Set(names)]
    .map((name) => ({ name, far: distance(wanted, fold(name)) }))
    .filter(({ name, far }) => far <= allowed || sharesStart(wanted, fold(name)))
    .sort((a, b) => a.far - b.far || (a.name < b.name ? -1 : 1))
    .slice(0, 3)
    .map(({ name }) => name);
}

/** A hint's sentence: the nearest names, or all where they are few, or that there are none. */
export function suggest(written: string, names: readonly string[], what: string): string {
  const near = nearest(written, names);
  if (near.length > 0) return `Did you mean ${near.map((name) => `\`${name}\``).join(" or ")}?`;
  const known = [...new Set(names)].sort();
  if (known.length === 0) return `There are no ${what} here.`;
  const shown = known.slice(0, 8).map((name) => `\`${name}\``);
  return `Known ${what}: ${shown.join(", ")}${known.length > shown.length ? ` and ${known.length - shown.length} more` : ""}.`;
}

function fold(name: string): string {
  return name.toLowerCase().replace(/[\s_-]+/g, " ");
}

function sharesStart(a: string, b: string): boolean {
  return a.length >= 3 && b.length >= 3 && (a.startsWith(b) || b.startsWith(a));
}

/** Edits from one to the other: insert, delete, replace, or swap two neighbours (optimal string alignment). */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a.charAt(i - 1) === b.charAt(j - 1);
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      const swapped = i > 1 && j > 1 && a.charAt(i - 1) === b.charAt(j - 2) && a.charAt(i - 2) === b.charAt(j - 1);
      if (swapped) cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      row.push(cost);
    }
    before = last;
    last = row;
  }
  return last[b.length] ?? 0;
}

/** Up to three known names nearest to a name that was not found, the best first; names that are too far are left out. */
export function nearest(name: string, known: Iterable<string>): string[] {
  const wanted = plain(name);
  const limit = Math.max(1, Math.floor(wanted.length / 3));
  const near = [...new Set(known)]
    .map((candidate) => ({
      candidate,
      distance: distanceTo(wanted, plain(candidate)),
    }))
    .filter(({ candidate, distance }) => distance <= limit && distance < Math.max(wanted.length, candidate.length))
    .sort((a, b) => a.distance - b.distance || (a.candidate < b.candidate ? -1 : 1));
  const best = near[0]?.distance ?? 0;
  return near
    .filter(({ distance }) => distance <= best + 1)
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}

/** A hint made of near names, or the given sentence where none is near. */
export function didYouMean(name: string, known: Iterable<string>, otherwise: string): string {
  const names = nearest(name, known);
  if (names.length === 0) return otherwise;
  return `Did you mean ${names.map((near) => `\`${near}\``).join(" or ")}?`;
}

function distanceTo(wanted: string, other: string): number {
  const toPrefixes = distances(wanted, other);
  const whole = toPrefixes[other.length] ?? 0;
  // A name of which only the beginning was typed, `customer` for `customer_id`, is near too.
  return wanted.length < 4 ? whole : Math.min(whole, Math.min(...toPrefixes) + 1);
}

/** Case, spaces, dashes and underscores are typed differently more often than they are meant differently. */
function plain(name: string): string {
  return name.toLowerCase().replace(/[\s_-]+/g, "_");
}

/** Edits (insert, delete, replace, swap neighbours; Damerau and Levenshtein's distance in its restricted form) between two texts. */
export function editDistance(a: string, b: string): number {
  return distances(a, b)[b.length] ?? 0;
}

/** The distance from a text to every beginning of another, by length. */
function distances(a: string, b: string): number[] {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      row.push(cost);
    }
    before = last;
    last = row;
  }
  return last;
}

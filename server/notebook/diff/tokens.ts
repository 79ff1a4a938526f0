/** A text as words, runs of white space, line ends, and single other characters; joined they are the text. */
export function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{M}\p{N}_]+|\r\n?|\n|[^\S\r\n]+|./gsu) ?? [];
}

export function isSpace(token: string): boolean {
  return token.trim() === "";
}

/** The words of a text with how often each is there, and the letters of them all. */
export interface Bag {
  readonly counts: ReadonlyMap<string, number>;
  readonly letters: number;
}

export function bagOf(text: string): Bag {
  const counts = new Map<string, number>();
  let letters = 0;
  for (const token of wordsOf(text)) {
    if (isSpace(token)) continue;
    counts.set(token, (counts.get(token) ?? 0) + 1);
    letters += token.length;
  }
  return { counts, letters };
}

/** How much of two texts is alike, 0 to 1: twice the letters of the words that both have over the letters of all (Dice). */
export function alikeness(before: Bag, after: Bag): number {
  const all = before.letters + after.letters;
  if (all === 0) return 1;
  const [fewer, more] = before.counts.size <= after.counts.size ? [before, after] : [after, before];
  let common = 0;
  for (const [token, count] of fewer.counts) common += token.length * Math.min(count, more.counts.get(token) ?? 0);
  return (2 * common) / all;
}

/** What comparing two bags costs, in words looked at. */
export function bagEffort(before: Bag, after: Bag): number {
  return 1 + Math.min(before.counts.size, after.counts.size);
}

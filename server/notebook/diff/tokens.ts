/** A text as words, runs of white space, line ends, and single other characters; joined they are the text. */
export function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{M}\p{N}_]+|\r\n?|\n|[^\S\r\n]+|./gsu) ?? [];
}

export function isSpace(token: string): boolean {
  return token.trim() === "";
}

/** How much of two texts is alike, 0 to 1: twice the letters of the words that both have over the letters of all (Dice). */
export function alikeness(before: string, after: string): number {
  const counts = new Map<string, number>();
  const filled = (text: string) => wordsOf(text).filter((token) => !isSpace(token));
  const [a, b] = [filled(before), filled(after)];
  const all = lettersOf(a) + lettersOf(b);
  if (all === 0) return 1;
  for (const token of a) counts.set(token, (counts.get(token) ?? 0) + 1);
  let common = 0;
  for (const token of b) {
    const left = counts.get(token) ?? 0;
    if (left === 0) continue;
    counts.set(token, left - 1);
    common += token.length;
  }
  return (2 * common) / all;
}

function lettersOf(tokens: readonly string[]): number {
  return tokens.reduce((sum, token) => sum + token.length, 0);
}

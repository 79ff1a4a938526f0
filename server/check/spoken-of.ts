/** Whether a condition has a word in it, in any case. */
export function isSpokenOf(word: string, condition: string): boolean {
  const words = condition.toLowerCase().split(/[^\p{L}\p{N}_]+/u);
  return words.includes(word.toLowerCase());
}

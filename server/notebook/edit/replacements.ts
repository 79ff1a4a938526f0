/** A stretch of a text and what takes its place; offsets in UTF-16 units. */
export interface Replacement {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** The text with stretches replaced that do not overlap; everything else stays as it is. */
export function withReplacements(text: string, replacements: readonly Replacement[]): string {
  const ordered = [...replacements].sort((a, b) => a.from - b.from);
  let at = 0;
  let result = "";
  for (const { from, to, text: put } of ordered) {
    result += text.slice(at, from) + put;
    at = to;
  }
  return result + text.slice(at);
}

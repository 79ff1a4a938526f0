export interface PaletteItem {
  id: string;
  label: string;
  /** What it is, in a word: `action`, `cell`, `column`, `segment`. */
  kind: string;
  /** Where it is, or the keys that do the same. */
  hint?: string;
}

/** The items that hold the query's letters in order, the likeliest first; all of them where nothing is asked. */
export function filterItems(items: readonly PaletteItem[], query: string): PaletteItem[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...items];
  const scored: { item: PaletteItem; score: number; place: number }[] = [];
  items.forEach((item, place) => {
    let score = 0;
    for (const word of words) {
      const one = wordScore(item, word);
      if (one === null) return;
      score += one;
    }
    scored.push({ item, score, place });
  });
  scored.sort((a, b) => b.score - a.score || a.place - b.place);
  return scored.map((entry) => entry.item);
}

/** How well one word of the query fits: in the label best, then in the kind or hint; null where it does not. */
function wordScore(item: PaletteItem, word: string): number | null {
  const label = textScore(item.label.toLowerCase(), word);
  if (label !== null) return label;
  const other = textScore(`${item.kind} ${item.hint ?? ""}`.toLowerCase(), word);
  return other === null ? null : other / 4;
}

/** 100 for the whole text, less for a start, the start of a word, a part, and letters in order. */
function textScore(text: string, word: string): number | null {
  if (text === word) return 100;
  const at = text.indexOf(word);
  const startsWord = at > 0 && /[\s_.:/-]/.test(text[at - 1] ?? "");
  const brevity = word.length / Math.max(text.length, 1);
  if (at === 0) return 80 + 10 * brevity;
  if (startsWord) return 60 + 10 * brevity;
  if (at > 0) return 40 + 10 * brevity;
  return lettersInOrder(text, word) ? 10 + 10 * brevity : null;
}

/** From the start of a word on: else any long text holds any short one. */
function lettersInOrder(text: string, word: string): boolean {
  for (const start of text.matchAll(/(?<![a-z0-9])[a-z0-9]/g)) {
    let from = start.index;
    const fits = [...word].every((letter, place) => {
      const at = text.indexOf(letter, from);
      if (at < 0 || (place === 0 && at !== start.index)) return false;
      from = at + 1;
      return true;
    });
    if (fits) return true;
  }
  return false;
}

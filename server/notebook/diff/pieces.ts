import { type Aligned, align } from "./align.ts";
import { Effort, MOST_PAIRS } from "./effort.ts";
import type { Piece } from "./model.ts";
import { isSpace, wordsOf } from "./tokens.ts";

/** Below this share of common letters two stretches of lines are told as one for the other, not word by word. */
const ALIKE = 0.2;

/** Two texts as what both have and what only one has: by lines, and by words where lines are alike. */
export function piecesOf(before: string, after: string, effort: Effort = new Effort(MOST_PAIRS)): Piece[] {
  const [a, b] = [linesOf(before), linesOf(after)];
  const lines = align(a, b, { same: (x, y) => x === y, weigh: (x, y) => (x === y ? 1 + x.trim().length : 0), effort });
  return joined(stretches(a, b, lines).flatMap((stretch) => refined(stretch, effort)));
}

/** Either both are the same text, or one stands in the place of the other. */
interface Stretch {
  readonly same: boolean;
  readonly before: string;
  readonly after: string;
}

function stretches(a: readonly string[], b: readonly string[], pairs: Aligned): Stretch[] {
  const found: Stretch[] = [];
  let [i, j] = [0, 0];
  for (const [x, y] of [...pairs, [a.length, b.length] as const]) {
    const [before, after] = [a.slice(i, x).join(""), b.slice(j, y).join("")];
    if (before !== "" || after !== "") found.push({ same: false, before, after });
    const text = a[x];
    if (text !== undefined) found.push({ same: true, before: text, after: text });
    [i, j] = [x + 1, y + 1];
  }
  return found;
}

function refined(stretch: Stretch, effort: Effort): Piece[] {
  const { same, before, after } = stretch;
  if (same) return [{ in: "both", text: before }];
  const [a, b] = [wordsOf(before), wordsOf(after)];
  const words = align(a, b, { same: (x, y) => x === y, weigh: (x, y) => (x === y ? worth(x) : 0), effort });
  const common = words.reduce((sum, [x]) => sum + filled(a[x] ?? ""), 0);
  const isAlike = 2 * common >= ALIKE * (filled(before) + filled(after));
  return isAlike ? calmed(stretches(a, b, words)).flatMap(told) : told(stretch);
}

/** A word says more than a bracket, and a bracket more than a space. */
function worth(token: string): number {
  return isSpace(token) ? 1 : token.length === 1 ? 3 : 3 + token.length;
}

function filled(text: string): number {
  return text.replace(/\s+/g, "").length;
}

/** What lies between two changes and is hardly anything is told with them: a sentence in ten pieces can't be read. */
function calmed(found: readonly Stretch[]): Stretch[] {
  const result: Stretch[] = [];
  for (const [at, stretch] of found.entries()) {
    const last = result.at(-1);
    const isInner = stretch.same && at > 0 && at < found.length - 1 && isSlight(stretch.before);
    const next = found[at + 1];
    const joins = last !== undefined && !last.same && (!stretch.same || (isInner && next !== undefined && !next.same));
    if (joins && last !== undefined) {
      const [before, after] = [last.before + stretch.before, last.after + stretch.after];
      result[result.length - 1] = { same: false, before, after };
    } else if (stretch.same && last?.same === true) {
      const text = last.before + stretch.before;
      result[result.length - 1] = { same: true, before: text, after: text };
    } else result.push(stretch);
  }
  return result;
}

/** White space within a line, or a single sign beside it. */
function isSlight(text: string): boolean {
  return !/[\r\n]/.test(text) && /^\s*[^\p{L}\p{N}\s]?\s*$/u.test(text);
}

function told({ same, before, after }: Stretch): Piece[] {
  if (same) return [{ in: "both", text: before }];
  const pieces: Piece[] = [
    { in: "before", text: before },
    { in: "after", text: after },
  ];
  return pieces.filter(({ text }) => text !== "");
}

function joined(pieces: readonly Piece[]): Piece[] {
  const result: Piece[] = [];
  for (const piece of pieces) {
    const last = result.at(-1);
    if (last?.in === piece.in) result[result.length - 1] = { in: piece.in, text: last.text + piece.text };
    else result.push(piece);
  }
  return result;
}

function linesOf(text: string): string[] {
  return text.match(/[^\r\n]*(?:\r\n?|\n)|[^\r\n]+$/g) ?? [];
}

import type { Piece } from "./model.ts";

/** One line of a text of pieces, without its line end. */
export interface UnifiedLine {
  /** Whose line it is; `mixed` where it changed inside. */
  readonly in: Piece["in"] | "mixed";
  readonly pieces: readonly Piece[];
}

/** The pieces line by line, in one column. */
export function unifiedLines(pieces: readonly Piece[]): UnifiedLine[] {
  const lines: UnifiedLine[] = [];
  let line: Piece[] = [];
  // A line end by itself says whose an empty line is.
  let ends = new Set<Piece["in"]>();
  const close = () => {
    const sides = new Set([...line.map((piece) => piece.in), ...(line.length === 0 ? ends : [])]);
    const [only] = sides;
    lines.push({ in: sides.size === 1 && only !== undefined ? only : "mixed", pieces: line });
    line = [];
    ends = new Set();
  };
  for (const piece of pieces) {
    for (const { text, isEnd } of splitLines(piece.text)) {
      if (text !== "") line.push({ in: piece.in, text });
      if (!isEnd) continue;
      ends.add(piece.in);
      close();
    }
  }
  if (line.length > 0) close();
  return lines;
}

/** A line of each side, beside each other; null where a side has none there. */
export interface SideRow {
  readonly before: readonly Piece[] | null;
  readonly after: readonly Piece[] | null;
}

/** The pieces in two columns: lines that share something stand beside each other. */
export function sideRows(pieces: readonly Piece[]): SideRow[] {
  const rows: SideRow[] = [];
  let sides: { before: Piece[][]; after: Piece[][] } = { before: [[]], after: [[]] };
  const add = (side: "before" | "after", piece: Piece, isEnd: boolean) => {
    if (piece.text !== "") sides[side].at(-1)?.push(piece);
    if (isEnd) sides[side].push([]);
  };
  const flush = () => {
    rows.push(...paired(sides.before, sides.after));
    sides = { before: [[]], after: [[]] };
  };
  for (const piece of pieces) {
    for (const { text, isEnd } of splitLines(piece.text)) {
      const part = { in: piece.in, text };
      if (piece.in !== "after") add("before", part, isEnd && piece.in === "before");
      if (piece.in !== "before") add("after", part, isEnd && piece.in === "after");
      if (isEnd && piece.in === "both") flush();
    }
  }
  const isLeft = [...sides.before, ...sides.after].some((line) => line.length > 0);
  if (isLeft) flush();
  return rows;
}

/** Lines of both sides that end together: the last ones stand beside each other where they share a word. */
function paired(before: readonly Piece[][], after: readonly Piece[][]): SideRow[] {
  const shares = [before, after].every((lines) =>
    lines.at(-1)?.some((piece) => piece.in === "both" && piece.text.trim() !== ""),
  );
  const [a, b] = [trimmed(before, after), trimmed(after, before)];
  const count = Math.max(a.length, b.length);
  const at = (lines: readonly Piece[][], row: number) => {
    const shift = shares ? count - lines.length : 0;
    return lines[row - shift] ?? null;
  };
  return Array.from({ length: count }, (_, row) => ({ before: at(a, row), after: at(b, row) }));
}

/** A line that is empty only because the change ended before it is none, where the other side has more. */
function trimmed(lines: readonly Piece[][], other: readonly Piece[][]): readonly Piece[][] {
  const isShort = lines.length === 1 && lines[0]?.length === 0 && other.length > 1;
  return isShort && other.at(-1)?.length !== 0 ? [] : lines;
}

function splitLines(text: string): { text: string; isEnd: boolean }[] {
  return [...text.matchAll(/([^\r\n]*)(\r\n?|\n)|[^\r\n]+$/g)].map((found) => ({
    text: found[1] ?? found[0],
    isEnd: found[2] !== undefined,
  }));
}

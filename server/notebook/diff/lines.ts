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
  // What follows the last line end is a line only where something stands there.
  for (const side of [sides.before, sides.after]) if (side.at(-1)?.length === 0) side.pop();
  flush();
  return rows;
}

/** Lines of both sides that end together: the last ones stand beside each other where they share a word, or are empty. */
function paired(before: readonly Piece[][], after: readonly Piece[][]): SideRow[] {
  const [last, other] = [before.at(-1), after.at(-1)];
  const shares = (line: Piece[] | undefined) => line?.some((piece) => piece.in === "both" && piece.text.trim() !== "");
  const isTogether = (shares(last) && shares(other)) || (last?.length === 0 && other?.length === 0);
  const count = Math.max(before.length, after.length);
  const at = (lines: readonly Piece[][], row: number) => lines[isTogether ? row - count + lines.length : row] ?? null;
  return Array.from({ length: count }, (_, row) => ({ before: at(before, row), after: at(after, row) }));
}

function splitLines(text: string): { text: string; isEnd: boolean }[] {
  return [...text.matchAll(/([^\r\n]*)(\r\n?|\n)|[^\r\n]+$/g)].map((found) => ({
    text: found[1] ?? found[0],
    isEnd: found[2] !== undefined,
  }));
}

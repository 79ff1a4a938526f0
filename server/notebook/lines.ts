/** Offsets at which the lines of a text begin; a line ends with LF, CRLF or a lone CR. */
export function lineStarts(text: string): number[] {
  const starts = [0];
  for (const found of text.matchAll(/\r\n?|\n/g)) starts.push(found.index + found[0].length);
  return starts;
}

export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Line and column, both from 1, of an offset. */
export function placeOf(starts: readonly number[], offset: number): Place {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
}

/** The line end that a text uses: its first, or LF where it has none. */
export function lineEnd(text: string): string {
  return /\r\n?|\n/.exec(text)?.[0] ?? "\n";
}

/** The text with every line end made the given one. */
export function withLineEnd(text: string, end: string): string {
  return text.replace(/\r\n?|\n/g, end);
}

/** The last line of a text that ends with a line end, that end included; "" where the text ends otherwise. */
export function lastLine(text: string): string {
  const end = /\r\n$|[\r\n]$/.exec(text)?.[0] ?? "";
  const line = end === "" ? "" : (/[^\r\n]*$/.exec(text.slice(0, -end.length))?.[0] ?? "");
  return line + end;
}

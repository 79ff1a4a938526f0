/** Line of every row of a file: kept only where a line does not follow from the row before. */
export class LineMap {
  private readonly rows: number[] = [];
  private readonly lines: number[] = [];
  private count = 0;
  private expected = 0;

  /** Adds the next row, whose line is at or after all before. */
  add(line: number): void {
    if (line !== this.expected) {
      this.rows.push(this.count);
      this.lines.push(line);
    }
    this.expected = line + 1;
    this.count += 1;
  }

  /** Line of a row, both from 1; null for a row that is not there. */
  lineOf(row: number): number | null {
    if (row < 1 || row > this.count) return null;
    let low = 0;
    let high = this.rows.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.rows[middle] ?? 0) <= row - 1) low = middle;
      else high = middle - 1;
    }
    return (this.lines[low] ?? 0) + row - 1 - (this.rows[low] ?? 0);
  }
}

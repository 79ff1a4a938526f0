import { GROUP_STEP, type RawGroup } from "./raw.ts";

/** Where a row stands in the files. */
export interface RowPlace {
  readonly file: string | null;
  /** From 1; null where the file has no lines. */
  readonly line: number | null;
  /** Number of the row in its file, or in the query's result, from 1. */
  readonly row: number;
}

/** Finds rows by the number that `__segbook_row` gives them. */
export class Locator {
  constructor(
    private readonly groups: readonly RawGroup[],
    /** Rows of every file of every group. */
    private readonly counts: readonly (readonly number[])[],
  ) {}

  async place(number: number): Promise<RowPlace> {
    const index = Math.floor((number - 1) / GROUP_STEP);
    const group = this.groups[index];
    let row = number - index * GROUP_STEP;
    for (const [file, count] of (this.counts[index] ?? []).entries()) {
      if (row <= count) {
        const line = (await group?.lineOf(file, row)) ?? null;
        return { file: group?.files[file]?.path ?? null, line, row };
      }
      row -= count;
    }
    return { file: null, line: null, row };
  }
}

/** "`orders.csv`, line 4567". */
export function said({ file, line, row }: RowPlace): string {
  const where = line === null ? `row ${row}` : `line ${line}`;
  return file === null ? where : `\`${file}\`, ${where}`;
}

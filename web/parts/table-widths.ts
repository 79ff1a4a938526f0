import {
  type CellValue,
  familyOf,
  formatCell,
  isKey,
  type TableColumn,
  typeWords,
} from "../../server/figures/cell-value.ts";

const CHARACTER = 7.1;
const SMALL_CHARACTER = 6.1;
const PADDING = 22;

export interface WidthOptions {
  digits: readonly number[];
  /** A head with a summary needs room for it. */
  heads: "plain" | "summarised";
  most: number;
}

/** A width for each column in pixels, from its head and a sample of its rows: guessed from characters, never measured. */
export function columnWidths(
  columns: readonly TableColumn[],
  sample: readonly (readonly CellValue[])[],
  options: WidthOptions,
): number[] {
  return columns.map((column, place) => {
    let widest = Math.max((column.name.length + 2) * CHARACTER, typeWords(column).length * SMALL_CHARACTER);
    for (const row of sample) {
      const text = formatCell(row[place] ?? null, column, options.digits[place] ?? 0);
      widest = Math.max(widest, text.length * CHARACTER);
    }
    return Math.round(Math.min(options.most, Math.max(leastWidth(column, options.heads), widest + PADDING)));
  });
}

/** A range of days needs more room than one of numbers, and so does about how many keys there are. */
function leastWidth(column: TableColumn, heads: WidthOptions["heads"]): number {
  if (heads === "plain") return 64;
  if (isKey(column)) return 148;
  const family = familyOf(column.type);
  return family === "day" || family === "moment" ? 172 : 116;
}

/** The columns as a CSS grid: each takes its width, what is left is shared; a width set by hand stays. */
export function gridTemplate(widths: readonly number[], byHand: ReadonlyMap<number, number>): string {
  return widths
    .map((width, place) => {
      const set = byHand.get(place);
      return set === undefined ? `minmax(${width}px, ${width}fr)` : `${set}px`;
    })
    .join(" ");
}

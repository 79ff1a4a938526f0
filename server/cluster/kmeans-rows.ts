import type { RowSource } from "./row-source.ts";

/** Rows' full numbers, put side by side where a kernel wants them; a row has `stride` numbers there, of which those beyond the columns are left as they are. */
export interface FullRows {
  /** Puts the rows `from` up to `to` at the beginning of `target`. */
  place(from: number, to: number, target: Float64Array): void;
  /** Puts rows at the beginning of `target`, all from `from` up to `to`: every third of `rows` is one. */
  pick(rows: Int32Array, from: number, to: number, target: Float64Array): void;
}

/** Out of a source. */
export function fullRows(source: RowSource, stride: number): FullRows {
  const { columns } = source;
  let buffer = new Float64Array();
  const rowsOf = (from: number, to: number): Float64Array => {
    const lying = source.view?.(from, to);
    if (lying !== undefined) return lying;
    if (buffer.length < (to - from) * columns) buffer = new Float64Array((to - from) * columns);
    source.read(from, to, buffer);
    return buffer;
  };
  return {
    place(from, to, target) {
      if (stride === columns) return source.read(from, to, target);
      const rows = rowsOf(from, to);
      for (let row = 0; row < to - from; row++) {
        for (let c = 0; c < columns; c++) target[row * stride + c] = rows[row * columns + c] as number;
      }
    },
    pick(rows, from, to, target) {
      const count = rows.length / 3;
      if (count === 0) return;
      const numbers = rowsOf(from, to);
      for (let at = 0; at < count; at++) {
        const row = ((rows[3 * at] as number) - from) * columns;
        for (let c = 0, place = at * stride; c < columns; c++) target[place + c] = numbers[row + c] as number;
      }
    },
  };
}

import { type CellValue, columnDigits, type TableColumn } from "../../server/figures/cell-value.ts";
import { PAGE_ROWS } from "./table-pages.ts";
import { columnWidths, gridTemplate } from "./table-widths.ts";

export interface LayoutRequest {
  columns: readonly TableColumn[];
  rows: Iterable<CellValue[]>;
  /** Whether the heads carry summaries, which need room. */
  heads: "plain" | "summarised";
  /** Width of the table's frame in pixels; 0 where it is not known yet. */
  frame: number;
}

const NARROWEST = 48;

/** Widths and digits of a table's columns. They settle once the first rows are there: nothing jumps while one scrolls. */
export class TableLayout {
  #digits: number[] = [];
  #widths: number[] = [];
  #byHand = new Map<number, number>();
  #settled = false;

  /** Forgets everything: the columns are others. */
  reset(): void {
    this.#settled = false;
    this.#byHand.clear();
  }

  /** Looks at the rows that are there; `again` even where it has settled before. */
  settle(request: LayoutRequest, when: "once" | "again"): void {
    const sample: CellValue[][] = [];
    for (const row of request.rows) {
      sample.push(row);
      if (sample.length === PAGE_ROWS) break;
    }
    if (when === "once" && (this.#settled || sample.length === 0)) return;
    this.#digits = request.columns.map((column, place) =>
      columnDigits(
        column,
        sample.map((row) => row[place] ?? null),
      ),
    );
    this.#widths = columnWidths(request.columns, sample, { digits: this.#digits, heads: request.heads, most: 320 });
    const first = this.#widths[0];
    // Where it is narrow, the fixed column must leave room for the others.
    if (first !== undefined && request.frame > 0) this.#widths[0] = Math.min(first, Math.max(96, request.frame * 0.4));
    this.#settled = sample.length > 0;
  }

  digits(place: number): number {
    return this.#digits[place] ?? 0;
  }

  /** Sets a column's width by hand, relative to what it is now, in pixels. */
  widen(place: number, now: number, by: number): void {
    this.#byHand.set(place, Math.max(NARROWEST, Math.round((this.#byHand.get(place) ?? now) + by)));
  }

  /** The custom properties that head and rows are laid out by. */
  styles(): Record<string, string> {
    const least = this.#widths.reduce((sum, width, place) => sum + (this.#byHand.get(place) ?? width), 0);
    return { "--columns": gridTemplate(this.#widths, this.#byHand), "--least": `${least}px` };
  }
}

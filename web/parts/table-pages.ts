import type { CellValue } from "../../server/figures/cell-value.ts";

/** The part of a result page that a table needs. */
export interface TablePage {
  rows: CellValue[][];
  offset: number;
  total: number;
}

export interface TableSort {
  column: string;
  descending: boolean;
}

export type LoadPage = (
  offset: number,
  limit: number,
  sort: TableSort | null,
  signal: AbortSignal,
) => Promise<TablePage>;

export type RowView = { state: "ready" | "old"; values: CellValue[] } | { state: "absent"; values: null };

export const PAGE_ROWS = 200;
const PAGES_KEPT = 60;

/** Pages of rows by their number: what is seen is asked for, what is no longer seen is let go. */
export class TablePages {
  readonly #load: LoadPage;
  readonly #sort: TableSort | null;
  readonly #changed: () => void;
  #pages = new Map<number, CellValue[][]>();
  #under = new Map<number, AbortController>();
  #old: TablePages | null;
  #failure: string | null = null;

  /** `old` are the rows of the order before, shown until those of this one are here. */
  constructor(load: LoadPage, sort: TableSort | null, old: TablePages | null, changed: () => void) {
    this.#load = load;
    this.#sort = sort;
    this.#changed = changed;
    this.#old = old;
    old?.stop();
  }

  /** Why the last page did not come, or null. */
  get failure(): string | null {
    return this.#failure;
  }

  get busy(): boolean {
    return this.#under.size > 0;
  }

  row(index: number): RowView {
    const number = Math.floor(index / PAGE_ROWS);
    const values = this.#pages.get(number)?.[index - number * PAGE_ROWS];
    if (values !== undefined) return { state: "ready", values };
    const before = this.#old?.row(index);
    return before?.values ? { state: "old", values: before.values } : { state: "absent", values: null };
  }

  /** All rows that are here, for widths and digits. */
  *known(): Iterable<CellValue[]> {
    for (const rows of this.#pages.values()) yield* rows;
  }

  /** Asks for the pages that hold rows `from` up to `to`, and calls off those that hold none of them. */
  want(from: number, to: number): void {
    if (this.#failure !== null || to <= from) return;
    const first = Math.floor(from / PAGE_ROWS);
    const last = Math.floor((to - 1) / PAGE_ROWS);
    for (const [number, control] of this.#under) {
      if (number >= first && number <= last) continue;
      control.abort();
      this.#under.delete(number);
    }
    for (let number = first; number <= last; number += 1) {
      const page = this.#pages.get(number);
      if (page !== undefined) {
        // Asked for again: the last to be given up.
        this.#pages.delete(number);
        this.#pages.set(number, page);
      } else if (!this.#under.has(number)) void this.#fetch(number);
    }
  }

  retry(): void {
    this.#failure = null;
    this.#changed();
  }

  stop(): void {
    for (const control of this.#under.values()) control.abort();
    this.#under.clear();
    this.#old = null;
  }

  async #fetch(number: number): Promise<void> {
    const control = new AbortController();
    this.#under.set(number, control);
    try {
      const page = await this.#load(number * PAGE_ROWS, PAGE_ROWS, this.#sort, control.signal);
      if (control.signal.aborted) return;
      this.#pages.set(number, page.rows);
      this.#old = null;
      const oldest = this.#pages.keys().next();
      if (this.#pages.size > PAGES_KEPT && !oldest.done) this.#pages.delete(oldest.value);
    } catch (error) {
      if (control.signal.aborted) return;
      this.#failure = error instanceof Error ? error.message : String(error);
    } finally {
      if (this.#under.get(number) === control) this.#under.delete(number);
      if (!control.signal.aborted) this.#changed();
    }
  }
}

import { clampTop, type ScrollSpan, type ScrollState, scrolled, toScroller } from "./table-scroll.ts";

/** What of a table's rows is seen: keeps the scroller and the rows in step. */
export class TableViewport {
  readonly #rowHeight: number;
  #state: ScrollState = { top: 0, place: 0 };
  #rows = 0;
  /** Where the scroller is known to stand; asking it makes the browser lay out the page. */
  #stands: number | null = null;
  #view: number;

  constructor(rowHeight: number, view: number) {
    this.#rowHeight = rowHeight;
    this.#view = view;
  }

  /** Height of what is seen of the rows, in pixels. */
  get view(): number {
    return this.#view;
  }

  get top(): number {
    return this.#state.top;
  }

  get rowsOfScreen(): number {
    return Math.max(1, Math.floor(this.#view / this.#rowHeight) - 1);
  }

  get #span(): ScrollSpan {
    const rows = this.#rows * this.#rowHeight;
    return { rows, view: Math.min(this.#view, rows) };
  }

  setRows(rows: number): void {
    this.#rows = rows;
    this.moveTo(this.#state.top);
  }

  setView(view: number): void {
    this.#view = view;
    // A scroller that was out of sight has forgotten where it stood.
    this.#stands = null;
    this.moveTo(this.#state.top);
  }

  /** Rows that are seen, and a few on either side. */
  seen(): { from: number; to: number } {
    const from = Math.max(0, Math.floor(this.#state.top / this.#rowHeight) - 2);
    const to = Math.min(this.#rows, Math.ceil((this.#state.top + this.#view) / this.#rowHeight) + 2);
    return { from, to };
  }

  /** Where a row stands in the scroller, in pixels. */
  y(row: number): number {
    return row * this.#rowHeight - (this.#state.top - this.#state.place);
  }

  /** Shows the rows from `top` pixels on; the scroller follows with {@link follow}. */
  moveTo(top: number): void {
    const clamped = clampTop(top, this.#span);
    this.#state = { top: clamped, place: toScroller(clamped, this.#span) };
  }

  /** Moves as little as is needed for a row to be seen whole. */
  reveal(row: number): void {
    const top = row * this.#rowHeight;
    if (top < this.#state.top) this.moveTo(top);
    else if (top + this.#rowHeight > this.#state.top + this.#view) this.moveTo(top + this.#rowHeight - this.#view);
  }

  /** The scroller was moved; how far, in screens. */
  scrolledTo(place: number): number {
    this.#stands = place;
    const step = Math.abs(place - this.#state.place);
    if (step >= 0.5) this.#state = scrolled(this.#state, place, this.#span);
    return step / this.#view;
  }

  /** Puts the scroller where the rows are. The browser rounds; what it made of it is where the next step starts from. */
  follow(scroller: Element): void {
    this.#stands ??= scroller.scrollTop;
    if (Math.abs(this.#stands - this.#state.place) < 1) return;
    scroller.scrollTop = this.#state.place;
    this.#stands = scroller.scrollTop;
    this.#state = { top: this.#state.top, place: this.#stands };
  }
}

/** Scrolls sideways until a column is seen whole beside the first one, which is fixed. */
export function revealColumn(scroller: HTMLElement, column: number): void {
  const heads = scroller.querySelectorAll<HTMLElement>("[role=columnheader]");
  const [first, head] = [heads[0], heads[column]];
  if (first === undefined || head === undefined || column === 0) return;
  const left = head.offsetLeft - first.offsetWidth;
  const right = head.offsetLeft + head.offsetWidth - scroller.clientWidth;
  if (scroller.scrollLeft > left) scroller.scrollLeft = left;
  else if (scroller.scrollLeft < right) scroller.scrollLeft = right;
}

/**
 * Rows beyond what a browser can scroll. Browsers give up between 15 and 33 million pixels; a million rows need 28.
 * The scroller is then shorter than the rows: its ends map one to one, the stretch between is squeezed, and small
 * movements are taken as they are, so that a turn of the wheel moves as many rows in a long table as in a short one.
 */

/** The tallest that a scroller gets, in pixels; well below every browser's limit. */
const TALLEST = 8_000_000;
/** At both ends so many pixels map one to one. */
const ENDS = 200_000;
/** How far small movements may lead away from the map before the scroller is set right. */
const DRIFT = 100_000;

export interface ScrollSpan {
  /** Height of all rows, in pixels. */
  readonly rows: number;
  /** Height of what is seen of them. */
  readonly view: number;
}

/** Height that the scroller's content gets. */
export function scrollerHeight(rows: number): number {
  return Math.min(rows, TALLEST);
}

/** Where the scroller must stand to show the rows from `top`. */
export function toScroller(top: number, span: ScrollSpan): number {
  const height = scrollerHeight(span.rows);
  if (height === span.rows || top <= ENDS) return top;
  const hidden = span.rows - height;
  const lastStart = span.rows - span.view - ENDS;
  if (top >= lastStart) return top - hidden;
  const squeeze = (height - span.view - 2 * ENDS) / (span.rows - span.view - 2 * ENDS);
  return ENDS + (top - ENDS) * squeeze;
}

/** Which part of the rows a scroller that stands at `place` shows. */
export function toRows(place: number, span: ScrollSpan): number {
  const height = scrollerHeight(span.rows);
  if (height === span.rows || place <= ENDS) return place;
  if (place >= height - span.view - ENDS) return place + span.rows - height;
  const squeeze = (height - span.view - 2 * ENDS) / (span.rows - span.view - 2 * ENDS);
  return ENDS + (place - ENDS) / squeeze;
}

export interface ScrollState {
  /** Pixels of rows above what is seen. */
  readonly top: number;
  /** Where the scroller stands. */
  readonly place: number;
}

/** The state after the scroller has come to stand at `place`; its own `place` may differ: the scroller is then to be moved. */
export function scrolled(before: ScrollState, place: number, span: ScrollSpan): ScrollState {
  const step = place - before.place;
  const small = Math.abs(step) < span.view;
  const top = clampTop(small ? before.top + step : toRows(place, span), span);
  const expected = toScroller(top, span);
  const atEnd = place <= span.view || place >= scrollerHeight(span.rows) - 2 * span.view;
  const drift = Math.abs(place - expected);
  return drift > (atEnd ? 0.5 : DRIFT) ? { top, place: expected } : { top, place };
}

/** Not above the first row, not below the last. */
export function clampTop(top: number, span: ScrollSpan): number {
  return Math.max(0, Math.min(top, span.rows - span.view));
}

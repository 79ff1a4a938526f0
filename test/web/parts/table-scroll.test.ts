import fc from "fast-check";
import { expect, test } from "vitest";
import { scrolled, scrollerHeight, toRows, toScroller } from "../../../web/parts/table-scroll.ts";

const spans = fc
  .record({ rows: fc.integer({ min: 1, max: 400_000_000 }), view: fc.integer({ min: 28, max: 2000 }) })
  .map(({ rows, view }) => ({ rows: rows * 28, view: Math.min(view, rows * 28) }));

test("no scroller is taller than what browsers bear", () => {
  fc.assert(fc.property(spans, (span) => scrollerHeight(span.rows) <= 15_000_000));
});

test("the ends of the rows are at the ends of the scroller, and what lies between keeps its order", () => {
  fc.assert(
    fc.property(
      spans,
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (span, a, b) => {
        const last = span.rows - span.view;
        expect(toScroller(0, span)).toBe(0);
        expect(toScroller(last, span)).toBeCloseTo(scrollerHeight(span.rows) - span.view, 3);
        const [low, high] = [Math.min(a, b) * last, Math.max(a, b) * last];
        expect(toScroller(low, span)).toBeLessThanOrEqual(toScroller(high, span) + 1e-6);
      },
    ),
  );
});

test("from rows to scroller and back is the same place", () => {
  fc.assert(
    fc.property(spans, fc.double({ min: 0, max: 1, noNaN: true }), (span, share) => {
      const top = share * (span.rows - span.view);
      expect(Math.abs(toRows(toScroller(top, span), span) - top)).toBeLessThan(0.01);
    }),
  );
});

test("a turn of the wheel moves as many rows in five million as in fifty", () => {
  const span = { rows: 5_000_000 * 28, view: 400 };
  const middle = { top: 70_000_000, place: toScroller(70_000_000, span) };
  expect(scrolled(middle, middle.place + 100, span).top).toBe(70_000_100);
});

test("turning the wheel for as long as there are rows reaches the last one, and back the first", () => {
  const span = { rows: 1_000_000 * 28, view: 400 };
  const bottom = scrollerHeight(span.rows) - span.view;
  let state = { top: span.rows - 300_000, place: toScroller(span.rows - 300_000, span) };
  for (let turn = 0; turn < 2000; turn += 1) state = scrolled(state, Math.min(bottom, state.place + 300), span);
  expect(state.top).toBe(span.rows - span.view);
  state = { top: 300_000, place: toScroller(300_000, span) };
  for (let turn = 0; turn < 2000; turn += 1) state = scrolled(state, Math.max(0, state.place - 300), span);
  expect(state.top).toBe(0);
});

test("wherever one scrolls, the rows stay within the relation", () => {
  fc.assert(
    fc.property(spans, fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 20 }), (span, places) => {
      let state = { top: 0, place: 0 };
      for (const share of places) {
        state = scrolled(state, share * (scrollerHeight(span.rows) - span.view), span);
        expect(state.top).toBeGreaterThanOrEqual(0);
        expect(state.top).toBeLessThanOrEqual(span.rows - span.view);
      }
    }),
  );
});

// AssemblyScript: rows that have changed their centre. Their numbers are added to sums when all of some thousands are known.
import { double, int, setInt, setSingle } from "../memory/numbers";
import { changes, found, labels, limit, numbersOf, travelled } from "./layout";
import { add } from "./sums";

/** Rows that are fetched before they are added. */
const FETCHED: i32 = 64;

export let changeCount: i32 = 0;

export function beginChanges(): void {
  changeCount = 0;
}

/** Notes a row's centre and how far centres may come, and that it had another. */
export function note(row: i32, centre: i32, gap: f64): void {
  const most = gap + double(travelled, centre);
  setSingle(limit, row, <f32>(most - abs(most) * 1e-6));
  const own = int(labels, row);
  setInt(labels, row, centre);
  const change = changes + ((<usize>changeCount) << 3);
  store<i32>(change, row);
  store<i32>(change, own, 4);
  changeCount += <i32>(centre !== own);
}

/** Adds their numbers to sums. Rows that lie far apart are fetched some at a time, so that one need not wait for the other. */
export function addChanges<P>(): void {
  for (let from = 0; from < changeCount; from += FETCHED) {
    const end = changes + ((<usize>min(from + FETCHED, changeCount)) << 3);
    const start = changes + ((<usize>from) << 3);
    let touched: u8 = 0;
    for (let place = start; place < end; place += 8) touched += load<u8>(numbersOf<P>(load<i32>(place)));
    // Somewhere, or the compiler leaves it out.
    store<u8>(found, touched);
    for (let place = start; place < end; place += 8) {
      const row = load<i32>(place);
      const own = load<i32>(place, 4);
      if (own >= 0) add<P>(row, own, -1);
      add<P>(row, int(labels, row), 1);
    }
  }
}

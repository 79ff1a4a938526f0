/** What a thread needs to help with searching. */
export interface SearchTask {
  readonly kernel: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly control: Int32Array<SharedArrayBuffer>;
  readonly rows: number;
  readonly columns: number;
  readonly searchers: number;
  /** Which searcher this is; number 0 is the thread that also joins. */
  readonly own: number;
}

/** Threads that help, as whoever may start threads gives them. */
export interface Helpers {
  readonly count: number;
  /** Runs `helpSearching` in another thread; settles when that is over. */
  help(task: SearchTask): Promise<void>;
}

interface SearchKernel {
  reserve(rows: number, columns: number, searchers: number, own: number): void;
  searchSome(from: number, to: number): void;
}

/** Places in `control`. A round's searches are taken from `NEXT` on; who is busy with them is counted in `BUSY`. */
const ROUND = 0;
const NEXT = 1;
const COUNT = 2;
const BUSY = 3;
const STATE = 4;

const RESTING = 0;
const SEARCHING = 1;
const OVER = 2;

/** Searches that are taken at a time: a fraction of a millisecond. */
const PORTION = 64;

export function newControl(): Int32Array<SharedArrayBuffer> {
  return new Int32Array(new SharedArrayBuffer(5 * Int32Array.BYTES_PER_ELEMENT));
}

/** Searches in every round until all is over; blocks its thread. Comes and goes as it likes: a round waits only for who is busy. */
export function helpSearching({ kernel, memory, control, rows, columns, searchers, own }: SearchTask): void {
  const instance = new WebAssembly.Instance(kernel, { env: { memory } });
  const searcher = instance.exports as unknown as SearchKernel;
  searcher.reserve(rows, columns, searchers, own);
  for (;;) {
    const round = Atomics.load(control, ROUND);
    // Busy first, then a look at the state: who ends a round does the reverse, so that one of the two sees the other.
    Atomics.add(control, BUSY, 1);
    const state = Atomics.load(control, STATE);
    if (state === SEARCHING) while (searchPortion(control, searcher));
    Atomics.sub(control, BUSY, 1);
    Atomics.notify(control, BUSY);
    if (state === OVER) return;
    Atomics.wait(control, ROUND, round);
  }
}

/** Lets the helpers search. */
export function beginRound(control: Int32Array<SharedArrayBuffer>, count: number): void {
  Atomics.store(control, NEXT, 0);
  Atomics.store(control, COUNT, count);
  enter(control, SEARCHING);
}

/** Takes some of the round's searches and does them; false where none is left. */
export function searchPortion(
  control: Int32Array<SharedArrayBuffer>,
  searcher: Pick<SearchKernel, "searchSome">,
): boolean {
  const from = Atomics.add(control, NEXT, PORTION);
  const count = Atomics.load(control, COUNT);
  if (from >= count) return false;
  searcher.searchSome(from, Math.min(from + PORTION, count));
  return true;
}

/** Ends the round; true once no helper is busy with it any more, false after a moment of waiting. */
export function roundEnded(control: Int32Array<SharedArrayBuffer>): boolean {
  Atomics.store(control, STATE, RESTING);
  for (;;) {
    const busy = Atomics.load(control, BUSY);
    if (busy === 0) return true;
    if (Atomics.wait(control, BUSY, busy, 100) === "timed-out") return false;
  }
}

/** Lets the helpers go. */
export function endSearch(control: Int32Array<SharedArrayBuffer>): void {
  enter(control, OVER);
}

function enter(control: Int32Array<SharedArrayBuffer>, state: number): void {
  Atomics.store(control, STATE, state);
  Atomics.add(control, ROUND, 1);
  Atomics.notify(control, ROUND);
}

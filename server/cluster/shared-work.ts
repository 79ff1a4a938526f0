/** What a thread needs to help with a computation that several do over one memory. */
export interface SharedTask {
  readonly kernel: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly control: Int32Array<SharedArrayBuffer>;
  readonly rows: number;
  readonly columns: number;
  readonly searchers: number;
  /** Which instance this is; number 0 is that of the thread that leads. */
  readonly own: number;
}

/** Threads that help, as whoever may start threads gives them. */
export interface Helpers {
  readonly count: number;
  /** Runs `helpWorking` in another thread; settles when that is over. */
  help(task: SharedTask): Promise<void>;
}

interface Worker {
  /** Does the stage's units from `from` up to `to`. */
  work(from: number, to: number): void;
}

interface HelpingKernel extends Worker {
  reserve(rows: number, columns: number, searchers: number, own: number): void;
}

/** Places in `control`, each in a cache line of its own. A stage's units are taken from `NEXT` on, `PORTION` at a time; who is busy with them is counted in `BUSY`. */
const LINE = 16;
const ROUND = 0;
const NEXT = LINE;
const BUSY = 2 * LINE;
const STATE = 3 * LINE;
const COUNT = STATE + 1;
const PORTION = STATE + 2;

const RESTING = 0;
const WORKING = 1;
const OVER = 2;

/** Milliseconds that a thread looks for what comes next before it sleeps: waking it takes as long as some stages. */
const AWAKE = 0.2;

export function newControl(): Int32Array<SharedArrayBuffer> {
  return new Int32Array(new SharedArrayBuffer(4 * LINE * Int32Array.BYTES_PER_ELEMENT));
}

/** Works in every stage until all is over; blocks its thread. Comes and goes as it likes: a stage waits only for who is busy. */
export function helpWorking({ kernel, memory, control, rows, columns, searchers, own }: SharedTask): void {
  const instance = new WebAssembly.Instance(kernel, { env: { memory } });
  const worker = instance.exports as unknown as HelpingKernel;
  worker.reserve(rows, columns, searchers, own);
  for (;;) {
    const round = Atomics.load(control, ROUND);
    // Busy first, then a look at the state: who ends a stage does the reverse, so that one of the two sees the other.
    Atomics.add(control, BUSY, 1);
    const state = Atomics.load(control, STATE);
    if (state === WORKING) while (workPortion(control, worker));
    Atomics.sub(control, BUSY, 1);
    Atomics.notify(control, BUSY);
    if (state === OVER) return;
    if (!changes(control, ROUND, round)) Atomics.wait(control, ROUND, round);
  }
}

/** Lets the helpers work. */
export function beginStage(control: Int32Array<SharedArrayBuffer>, count: number, portion: number): void {
  Atomics.store(control, NEXT, 0);
  Atomics.store(control, COUNT, count);
  Atomics.store(control, PORTION, portion);
  enter(control, WORKING);
}

/** Takes some of the stage's units and does them; false where none is left. */
export function workPortion(control: Int32Array<SharedArrayBuffer>, worker: Worker): boolean {
  const portion = Atomics.load(control, PORTION);
  const from = Atomics.add(control, NEXT, portion);
  const count = Atomics.load(control, COUNT);
  if (from >= count) return false;
  worker.work(from, Math.min(from + portion, count));
  return true;
}

/** Ends the stage; true once no helper is busy with it any more, false after a moment of waiting. */
export function stageEnded(control: Int32Array<SharedArrayBuffer>): boolean {
  Atomics.store(control, STATE, RESTING);
  for (;;) {
    const busy = Atomics.load(control, BUSY);
    if (busy === 0) return true;
    if (changes(control, BUSY, busy)) continue;
    if (Atomics.wait(control, BUSY, busy, 100) === "timed-out") return false;
  }
}

/** Lets the helpers go. */
export function endWork(control: Int32Array<SharedArrayBuffer>): void {
  enter(control, OVER);
}

/** Whether the helpers have been let go: none of them takes up work any more. */
export function isOver(control: Int32Array<SharedArrayBuffer>): boolean {
  return Atomics.load(control, STATE) === OVER;
}

function enter(control: Int32Array<SharedArrayBuffer>, state: number): void {
  Atomics.store(control, STATE, state);
  Atomics.add(control, ROUND, 1);
  Atomics.notify(control, ROUND);
}

/** Looks for a while whether a number changes; true once it does. */
function changes(control: Int32Array<SharedArrayBuffer>, place: number, value: number): boolean {
  const until = performance.now() + AWAKE;
  do {
    for (let look = 0; look < 100; look++) if (Atomics.load(control, place) !== value) return true;
  } while (performance.now() < until);
  return false;
}

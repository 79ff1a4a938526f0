import type { RunResult } from "../run/asks.ts";
import type { Lock } from "../run/lock/model.ts";
import type { CellView } from "../run/view.ts";
import { WHOLE_RUN } from "../run/whole-run.ts";
import { type AskFlags, knownRelation, planCall, readAsk } from "./ask.ts";
import { CallFault, EXIT, problemText } from "./command.ts";
import { changeText } from "./monitor/lines.ts";
import { cellLine, jsonLine, lockedLines } from "./run/lines.ts";
import { type LockPlace, lockPlace, readLockFile, writeLockFile } from "./run/lock-file.ts";
import { lockedAsk, verdictsOf, verdictText } from "./run/locked.ts";
import { refreshText } from "./run/refresh-text.ts";
import { withKernel } from "./with-kernel.ts";

export interface RunFlags extends AskFlags {
  readonly only?: string;
  readonly cache?: boolean;
  readonly json?: boolean;
  readonly lock?: boolean;
  readonly locked?: boolean;
  readonly refresh?: boolean;
}

/**
 * Runs what is stale, one line a cell in the order in which they end, as JSON with `--json`; writes the lock with
 * `--lock`, and who is in which segment with `--refresh`; with `--locked` computes all of it and says which cells are not as the lock has them.
 */
export async function run(notebook: string | undefined, flags: RunFlags): Promise<number> {
  refuse(flags);
  const { workspace, limits, ask: given } = await readAsk(notebook, flags);
  const place = lockPlace(workspace, given);
  const before = flags.locked === true ? await readLockFile(place) : null;
  return withKernel({ workspace, limits }, async (kernel, signal, alerts) => {
    const only = flags.only === undefined ? null : String(flags.only);
    const plan = await planCall(kernel, given, signal);
    if (only !== null && !plan.cells.some((cell) => cell.id === only)) await knownRelation(kernel, given, only, signal);
    const ask = before === null ? given : lockedAsk(given, plan, before);
    const cells = only === null ? null : [only];
    const lock = flags.lock === true || before !== null;
    const refresh = flags.refresh === true;
    const wanted = { ...WHOLE_RUN, cells, noCache: flags.cache === false, ...ask, lock, refresh };
    const teller = new Teller(given.path, flags.json !== true ? "text" : before === null ? "json" : "none");
    const result = await kernel.ask("run", wanted, { signal, onCell: (view) => teller.cell(view) });
    teller.rest(result);
    if (result.refresh !== null) process.stderr.write(refreshText(result.refresh));
    const kept = result.monitors === null ? null : alerts.record(result.monitors);
    for (const problem of kept?.problems ?? []) process.stderr.write(problemText(given.path, problem));
    for (const change of kept?.changes ?? []) process.stderr.write(`  ${changeText(change)}\n`);
    const isKept = kept?.problems.some(({ severity }) => severity === "error") !== true;
    if (result.state === "cancelled") return EXIT.cancelled;
    if (before !== null) return tellVerdicts(result, { before, place, flags });
    if (flags.lock === true) await keepLock(result, place);
    return result.state === "done" && isKept ? EXIT.good : EXIT.fault;
  });
}

function refuse({ refresh, lock, locked, only }: RunFlags): void {
  if (refresh === true && only !== undefined)
    throw new CallFault("A refresh records the segments of the whole notebook: leave --only out.");
  if (lock === true && locked === true) throw new CallFault("--lock writes the lock and --locked reads it: take one.");
  if ((lock === true || locked === true) && only !== undefined)
    throw new CallFault("A lock is of the whole notebook: leave --only out.");
}

const OUTCOMES: ReadonlySet<CellView["state"]> = new Set(["fresh", "failed", "blocked", "cancelled", "unknown"]);

/** Tells each cell once, as it ends; problems go to stderr. */
class Teller {
  private readonly told = new Set<string>();

  constructor(
    private readonly path: string,
    /** With a lock, what JSON tells of a cell waits for its verdict. */
    private readonly form: "text" | "json" | "none",
  ) {}

  cell(view: CellView): void {
    if (!OUTCOMES.has(view.state)) return;
    this.told.add(view.id);
    if (this.form === "text") process.stderr.write(cellLine(view));
    if (this.form === "json") process.stdout.write(`${JSON.stringify(jsonLine(view))}\n`);
    for (const problem of view.problems) process.stderr.write(problemText(this.path, problem));
  }

  /** What is no cell's, and what was not told while it went on: a second cell of one id. */
  rest(result: RunResult): void {
    for (const problem of result.problems) process.stderr.write(problemText(this.path, problem));
    for (const cell of result.cells) if (!this.told.delete(cell.id)) this.cell(cell);
  }
}

function tellVerdicts(result: RunResult, asked: { before: Lock; place: LockPlace; flags: RunFlags }): number {
  const { before, place, flags } = asked;
  const verdicts = verdictsOf(result, before);
  const lines = lockedLines(result.cells, verdicts).map((line) => `${JSON.stringify(line)}\n`);
  process.stdout.write(flags.json === true ? lines.join("") : verdictText(verdicts, place.name));
  const isSame = verdicts.every(({ verdict }) => verdict === "same");
  return result.state === "done" && isSame ? EXIT.good : EXIT.fault;
}

async function keepLock({ state, lock }: RunResult, place: LockPlace): Promise<void> {
  const isWhole = state === "done" && lock !== null;
  if (isWhole) await writeLockFile(place, lock.lock);
  process.stderr.write(`${place.name} is ${isWhole ? "written" : "left as it was: not every cell is well"}.\n`);
}

import { Cancelled } from "../engine/engine.ts";
import { Kernel } from "../kernel/kernel.ts";
import type { CellView } from "../run/view.ts";
import { WHOLE_RUN } from "../run/whole-run.ts";
import { knownRelation, planCall } from "./ask.ts";
import { CallFault, EXIT, interruptible, parseSets, problemText, settingsFor, workspaceFor } from "./command.ts";
import { readNotebookFile } from "./notebook-file.ts";
import { cellLine, jsonLine, lockedLines } from "./run/lines.ts";
import { lockPlace, readLockFile, writeLockFile } from "./run/lock-file.ts";
import { lockedAsk, verdictsOf, verdictText } from "./run/locked.ts";

export interface RunFlags {
  readonly workspace?: string;
  readonly set?: unknown;
  readonly asOf?: string;
  readonly only?: string;
  readonly cache?: boolean;
  readonly json?: boolean;
  readonly lock?: boolean;
  readonly locked?: boolean;
  readonly refresh?: boolean;
}

/**
 * Runs what is stale, one line a cell in the order in which they end, as JSON with `--json`; writes the lock with
 * `--lock`; with `--locked` computes all of it and says which cells are not as the lock has them.
 */
export async function run(notebook: string | undefined, flags: RunFlags): Promise<number> {
  refuse(flags);
  const workspace = workspaceFor(flags.workspace);
  const { limits } = settingsFor(workspace, flags);
  const file = await readNotebookFile(notebook, workspace, { explicit: flags.workspace !== undefined });
  const place = lockPlace(workspace, file);
  const before = flags.locked === true ? await readLockFile(place) : null;
  const { signal, release } = interruptible();
  const kernel = new Kernel({ root: workspace.root, limits, onLost: () => undefined });
  try {
    const given = { ...file, set: parseSets(flags.set), asOf: flags.asOf === undefined ? null : String(flags.asOf) };
    const only = flags.only === undefined ? null : String(flags.only);
    const plan = await planCall(kernel, given, signal);
    if (only !== null && !plan.cells.some((cell) => cell.id === only)) await knownRelation(kernel, given, only, signal);
    const told = new Set<string>();
    const tell = (view: CellView) => {
      told.add(view.id);
      if (flags.json !== true) process.stderr.write(cellLine(view));
      // With a lock, a cell's line waits for its verdict.
      else if (before === null) process.stdout.write(`${JSON.stringify(jsonLine(view))}\n`);
      for (const problem of view.problems) process.stderr.write(problemText(file.path, problem));
    };
    const onCell = (view: CellView) => {
      if (OUTCOMES.has(view.state)) tell(view);
    };
    const wanted = { ...WHOLE_RUN, cells: only === null ? null : [only], noCache: flags.cache === false };
    const ask = before === null ? given : await lockedAsk(kernel, given, before, signal);
    const lock = flags.lock === true || before !== null;
    const result = await kernel.ask("run", { ...wanted, ...ask, lock }, { signal, onCell });
    for (const problem of result.problems) process.stderr.write(problemText(file.path, problem));
    // What a listener was not told of: a second cell of one id.
    for (const cell of result.cells) if (!told.delete(cell.id)) tell(cell);
    if (result.state === "cancelled") return EXIT.cancelled;
    const isDone = result.state === "done";
    if (before !== null) {
      const verdicts = verdictsOf(result, before);
      const lines = lockedLines(result.cells, verdicts).map((line) => `${JSON.stringify(line)}\n`);
      process.stdout.write(flags.json === true ? lines.join("") : verdictText(verdicts, place.name));
      const isSame = verdicts.every(({ verdict }) => verdict === "same");
      return isDone && isSame ? EXIT.good : EXIT.fault;
    }
    if (flags.lock === true && isDone && result.lock !== null) {
      await writeLockFile(place, result.lock.lock);
      process.stderr.write(`${place.name} is written.\n`);
    } else if (flags.lock === true) process.stderr.write(`${place.name} is left as it was: not every cell is well.\n`);
    return isDone ? EXIT.good : EXIT.fault;
  } catch (error) {
    if (error instanceof Cancelled || signal.aborted) return EXIT.cancelled;
    throw error;
  } finally {
    release();
    await kernel.close();
  }
}

const OUTCOMES: ReadonlySet<CellView["state"]> = new Set(["fresh", "failed", "blocked", "cancelled", "unknown"]);

function refuse({ refresh, lock, locked, only }: RunFlags): void {
  if (refresh === true) throw new CallFault("--refresh comes with a later version.");
  if (lock === true && locked === true) throw new CallFault("--lock writes the lock and --locked reads it: take one.");
  if ((lock === true || locked === true) && only !== undefined)
    throw new CallFault("A lock is of the whole notebook: leave --only out.");
}

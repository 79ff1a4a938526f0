import { Cancelled } from "../engine/engine.ts";
import { Kernel } from "../kernel/kernel.ts";
import type { CellView } from "../run/view.ts";
import { WHOLE_RUN } from "../run/whole-run.ts";
import { knownRelation, planCall } from "./ask.ts";
import { CallFault, EXIT, interruptible, parseSets, problemText, settingsFor, workspaceFor } from "./command.ts";
import { readNotebookFile } from "./notebook-file.ts";

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

/** Runs what is stale; one line a cell in the order in which they end, as JSON with `--json`. */
export async function run(notebook: string | undefined, flags: RunFlags): Promise<number> {
  for (const later of ["lock", "locked", "refresh"] as const) {
    if (flags[later] === true) throw new CallFault(`--${later} comes with a later version.`);
  }
  const workspace = workspaceFor(flags.workspace);
  const { limits } = settingsFor(workspace, flags);
  const file = await readNotebookFile(notebook, workspace, { explicit: flags.workspace !== undefined });
  const { signal, release } = interruptible();
  const kernel = new Kernel({ root: workspace.root, limits, onLost: () => undefined });
  try {
    const ask = { ...file, set: parseSets(flags.set), asOf: flags.asOf === undefined ? null : String(flags.asOf) };
    const only = flags.only === undefined ? null : String(flags.only);
    const plan = await planCall(kernel, ask, signal);
    if (only !== null && !plan.cells.some((cell) => cell.id === only)) await knownRelation(kernel, ask, only, signal);
    const told = new Set<string>();
    const tell = (view: CellView) => {
      told.add(view.id);
      if (flags.json === true) process.stdout.write(`${JSON.stringify(jsonLine(view))}\n`);
      else process.stderr.write(cellLine(view));
      for (const problem of view.problems) process.stderr.write(problemText(file.path, problem));
    };
    const onCell = (view: CellView) => {
      if (OUTCOMES.has(view.state)) tell(view);
    };
    const wanted = { ...WHOLE_RUN, cells: only === null ? null : [only], noCache: flags.cache === false };
    const result = await kernel.ask("run", { ...ask, ...wanted }, { signal, onCell });
    for (const problem of result.problems) process.stderr.write(problemText(file.path, problem));
    // What a listener was not told of: a second cell of one id.
    for (const cell of result.cells) if (!told.delete(cell.id)) tell(cell);
    if (result.state === "cancelled") return EXIT.cancelled;
    return result.state === "done" ? EXIT.good : EXIT.fault;
  } catch (error) {
    if (error instanceof Cancelled || signal.aborted) return EXIT.cancelled;
    throw error;
  } finally {
    release();
    await kernel.close();
  }
}

const OUTCOMES: ReadonlySet<CellView["state"]> = new Set(["fresh", "failed", "blocked", "cancelled", "unknown"]);

/** What `run --json` prints of a cell. */
function jsonLine(cell: CellView) {
  const error = cell.problems.find((problem) => problem.severity === "error");
  const ended = cell.state === "fresh" ? (cell.origin === "computed" ? "ran" : "cached") : null;
  return {
    cell: cell.id,
    kind: cell.kind,
    state: ended ?? (cell.state === "failed" ? "failed" : "skipped"),
    rows: cell.rows,
    ms: cell.ms === null ? null : Math.round(cell.ms),
    key: cell.key,
    reason: cell.reasons.length === 0 ? null : cell.reasons.join(" "),
    error:
      error === undefined
        ? null
        : { code: error.code, line: error.line, column: error.column, message: error.message, hint: error.hint },
  };
}

function cellLine(cell: CellView): string {
  const rows = cell.rows === null ? "" : `${cell.rows.toLocaleString("en")} ${cell.rows === 1 ? "row" : "rows"}`;
  const time = cell.ms === null ? "" : `${(cell.ms / 1000).toFixed(2)} s`;
  const how =
    cell.state === "fresh" ? (cell.origin ?? "") : `${cell.state}${cell.reason === null ? "" : `: ${cell.reason}`}`;
  return `${cell.kind.padEnd(10)} ${cell.id.padEnd(24)} ${[how, rows, time].filter((part) => part !== "").join(" · ")}\n`;
}

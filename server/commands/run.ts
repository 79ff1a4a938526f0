import { Cancelled } from "../engine/engine.ts";
import { Kernel } from "../kernel/kernel.ts";
import type { CellView } from "../run/view.ts";
import { CallFault, EXIT, interruptible, parseSets, problemText, readNotebookFile, workspaceFor } from "./command.ts";

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

/** Runs what is stale; one line a cell, as JSON with `--json`. */
export async function run(notebook: string | undefined, flags: RunFlags): Promise<number> {
  for (const later of ["lock", "locked", "refresh"] as const) {
    if (flags[later] === true) throw new CallFault(`--${later} comes with a later version.`);
  }
  const workspace = workspaceFor(flags.workspace);
  const file = await readNotebookFile(notebook, workspace, { explicit: flags.workspace !== undefined });
  const { signal, release } = interruptible();
  const kernel = new Kernel(workspace.root, () => undefined);
  try {
    const ask = {
      ...file,
      set: parseSets(flags.set),
      asOf: flags.asOf === undefined ? null : String(flags.asOf),
      cells: flags.only === undefined ? null : [String(flags.only)],
      noCache: flags.cache === false,
      now: "new" as const,
    };
    if (flags.only !== undefined) await knownCell(kernel, ask, String(flags.only), signal);
    const shown = new Set<string>();
    const onCell = (view: CellView) => {
      if (
        flags.json === true ||
        shown.has(view.id) ||
        !["fresh", "failed", "blocked", "cancelled"].includes(view.state)
      )
        return;
      shown.add(view.id);
      process.stderr.write(cellLine(view));
    };
    const result = await kernel.ask("run", ask, { signal, onCell });
    for (const problem of result.plan.problems) process.stderr.write(problemText(file.path, problem));
    for (const cell of result.cells) {
      if (flags.json === true) process.stdout.write(`${JSON.stringify(jsonLine(cell))}\n`);
      for (const problem of cell.problems) process.stderr.write(problemText(file.path, problem));
    }
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

async function knownCell(
  kernel: Kernel,
  ask: Parameters<typeof kernel.ask<"plan">>[1],
  only: string,
  signal: AbortSignal,
): Promise<void> {
  const plan = await kernel.ask("plan", ask, { signal });
  const known = plan.cells.flatMap((cell) => [cell.id, ...cell.relations.map((relation) => relation.name)]);
  if (!known.includes(only))
    throw new CallFault(
      `The notebook has no cell ${only}. Its cells: ${plan.cells.map((cell) => cell.id).join(", ")}.`,
    );
}

/** What `run --json` prints of a cell. */
function jsonLine(cell: CellView) {
  const [error] = cell.problems.filter((problem) => problem.severity === "error");
  const states = { fresh: cell.origin === "computed" ? "ran" : "cached", failed: "failed" } as Record<string, string>;
  return {
    cell: cell.id,
    kind: cell.kind,
    state: states[cell.state] ?? "skipped",
    rows: cell.rows,
    ms: cell.ms === null ? null : Math.round(cell.ms),
    key: cell.key,
    error:
      error === undefined
        ? null
        : { code: error.code, line: error.line, column: error.column, message: error.message, hint: error.hint },
  };
}

function cellLine(cell: CellView): string {
  const rows = cell.rows === null ? "" : `${cell.rows.toLocaleString("en")} rows`;
  const time = cell.ms === null ? "" : `${(cell.ms / 1000).toFixed(2)} s`;
  const how =
    cell.state === "fresh"
      ? cell.origin === "found"
        ? "found"
        : cell.origin === "computed"
          ? "computed"
          : ""
      : cell.state;
  return `${cell.kind.padEnd(10)} ${cell.id.padEnd(24)} ${[how, rows, time].filter((part) => part !== "").join(" · ")}\n`;
}

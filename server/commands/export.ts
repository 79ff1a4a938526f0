import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { Cancelled } from "../engine/engine.ts";
import { Kernel } from "../kernel/kernel.ts";
import { isProblem } from "../notebook/is-problem.ts";
import type { PlanView } from "../run/view.ts";
import { planCall } from "./ask.ts";
import { CallFault, EXIT, interruptible, parseSets, problemText, settingsFor, workspaceFor } from "./command.ts";
import { readNotebookFile } from "./notebook-file.ts";
import { checkOut, writeOut } from "./out-file.ts";

export interface ExportFlags {
  readonly workspace?: string;
  readonly set?: unknown;
  readonly asOf?: string;
  readonly out?: string;
}

/** Writes the results that a notebook has as one page; runs nothing. */
export async function exportNotebook(notebook: string | undefined, flags: ExportFlags): Promise<number> {
  if (flags.out === undefined) throw new CallFault("Where to? Name a file with --out FILE.html.");
  const out = resolve(String(flags.out));
  await checkOut(out);
  const workspace = workspaceFor(flags.workspace);
  const { limits } = settingsFor(workspace, flags);
  const file = await readNotebookFile(notebook, workspace, { explicit: flags.workspace !== undefined });
  const { signal, release } = interruptible();
  const kernel = new Kernel({ root: workspace.root, limits, onLost: () => undefined });
  try {
    const ask = { ...file, set: parseSets(flags.set), asOf: flags.asOf === undefined ? null : String(flags.asOf) };
    const plan = await planCall(kernel, ask, signal);
    const page = await kernel.ask("export", ask, { signal });
    if (isProblem(page)) throw new CallFault(`${page.message} ${page.hint}`);
    await writeOut(out, (temporary) => writeFile(temporary, page, { flush: true }));
    return tell(file.path, plan);
  } catch (error) {
    if (error instanceof Cancelled || signal.aborted) return EXIT.cancelled;
    throw error;
  } finally {
    release();
    await kernel.close();
  }
}

/** Says what the page lacks: cells without a result of today, and what is wrong. */
function tell(path: string, plan: PlanView): number {
  const problems = [...plan.problems, ...plan.cells.flatMap((cell) => cell.problems)];
  for (const problem of problems) process.stderr.write(problemText(path, problem));
  const without = plan.cells.filter((cell) => cell.state !== "fresh");
  for (const { id, state, reason } of without)
    process.stderr.write(`${id} is not shown: ${state}${reason === null ? "" : `, ${reason}`}\n`);
  if (without.some(({ state }) => state === "stale"))
    process.stderr.write(`segbook run ${path} brings what is missing.\n`);
  return problems.some((problem) => problem.severity === "error") ? EXIT.fault : EXIT.good;
}

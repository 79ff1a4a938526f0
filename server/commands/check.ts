import { Cancelled } from "../engine/engine.ts";
import { Kernel } from "../kernel/kernel.ts";
import type { Problem } from "../notebook/model.ts";
import { CallFault, EXIT, interruptible, problemText, settingsFor, workspaceFor } from "./command.ts";
import { readNotebookFile } from "./notebook-file.ts";

export interface CheckFlags {
  readonly workspace?: string;
  readonly json?: boolean;
  readonly fix?: boolean;
}

/** Says what is wrong with notebooks without running them: format, names, types, cycles, rules. */
export async function check(notebooks: readonly string[], flags: CheckFlags): Promise<number> {
  if (flags.fix === true) throw new CallFault("--fix comes with a later version.");
  if (notebooks.length === 0) throw new CallFault("Which notebooks? Name one or more.");
  const workspace = workspaceFor(flags.workspace);
  const { limits } = settingsFor(workspace, flags);
  const explicit = flags.workspace !== undefined;
  const files = await Promise.all(notebooks.map((notebook) => readNotebookFile(notebook, workspace, { explicit })));
  const { signal, release } = interruptible();
  const kernel = new Kernel({ root: workspace.root, limits, onLost: () => undefined });
  let errors = 0;
  try {
    for (const file of files) {
      const plan = await kernel.ask("plan", { ...file, set: {}, asOf: null }, { signal });
      const problems = inOrder([...plan.problems, ...plan.cells.flatMap((cell) => cell.problems)]);
      errors += problems.filter(({ severity }) => severity === "error").length;
      for (const problem of problems) {
        const text = problemText(file.path, problem);
        process.stdout.write(flags.json ? `${JSON.stringify({ notebook: file.path, ...problem })}\n` : text);
      }
      if (flags.json !== true && problems.length === 0)
        process.stdout.write(`${file.path}: nothing found in ${plan.cells.length} cells\n`);
    }
    return errors > 0 ? EXIT.fault : EXIT.good;
  } catch (error) {
    if (error instanceof Cancelled || signal.aborted) return EXIT.cancelled;
    throw error;
  } finally {
    release();
    await kernel.close();
  }
}

function inOrder(problems: readonly Problem[]): Problem[] {
  return [...problems].sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
}

import { Kernel } from "../kernel/kernel.ts";
import type { Problem } from "../notebook/model.ts";
import { CallFault, EXIT, problemText, readNotebookFile, workspaceFor } from "./command.ts";

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
  const kernel = new Kernel(workspace.root, () => undefined);
  let errors = 0;
  try {
    for (const notebook of notebooks) {
      const file = await readNotebookFile(notebook, workspace, { explicit: flags.workspace !== undefined });
      const plan = await kernel.ask("plan", { ...file, set: {}, asOf: null });
      const problems = [...plan.problems, ...plan.cells.flatMap((cell) => cell.problems)];
      for (const problem of inOrder(problems)) {
        if (problem.severity === "error") errors += 1;
        process.stdout.write(
          flags.json === true
            ? `${JSON.stringify({ notebook: file.path, ...problem })}\n`
            : problemText(file.path, problem),
        );
      }
      if (flags.json !== true && problems.length === 0)
        process.stdout.write(`${file.path}: nothing found in ${plan.cells.length} cells\n`);
    }
    return errors > 0 ? EXIT.fault : EXIT.good;
  } finally {
    await kernel.close();
  }
}

function inOrder(problems: readonly Problem[]): Problem[] {
  return [...problems].sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
}

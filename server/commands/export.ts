import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { isProblem } from "../notebook/is-problem.ts";
import type { PlanView } from "../run/view.ts";
import { type AskFlags, planCall, readAsk } from "./ask.ts";
import { CallFault, EXIT, problemText } from "./command.ts";
import { checkOut, writeOut } from "./out-file.ts";
import { withKernel } from "./with-kernel.ts";

export interface ExportFlags extends AskFlags {
  readonly out?: string;
}

/** Writes the results that a notebook has as one page; runs nothing. */
export async function exportNotebook(notebook: string | undefined, flags: ExportFlags): Promise<number> {
  if (flags.out === undefined) throw new CallFault("Where to? Name a file with --out FILE.html.");
  const out = resolve(String(flags.out));
  await checkOut(out);
  const { workspace, limits, ask } = await readAsk(notebook, flags);
  return withKernel({ workspace, limits }, async (kernel, signal) => {
    const plan = await planCall(kernel, ask, signal);
    const page = await kernel.ask("export", ask, { signal });
    if (isProblem(page)) throw new CallFault(`${page.message} ${page.hint}`);
    await writeOut(out, (temporary) => writeFile(temporary, page, { flush: true }));
    return tell(ask.path, plan);
  });
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

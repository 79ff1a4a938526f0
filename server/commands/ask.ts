import type { Kernel } from "../kernel/kernel.ts";
import { isProblem } from "../notebook/is-problem.ts";
import type { Problem } from "../notebook/model.ts";
import type { Ask } from "../run/asks.ts";
import type { Limits } from "../run/limits.ts";
import type { PlanView } from "../run/view.ts";
import type { Workspace } from "../run/workspace.ts";
import { CallFault, parseSets, settingsFor, workspaceFor } from "./command.ts";
import { readNotebookFile } from "./notebook-file.ts";

/** What every command on a notebook's results may be given. */
export interface AskFlags {
  readonly workspace?: string;
  readonly set?: unknown;
  readonly asOf?: string;
}

/** What such a command is about: its workspace, what it may take of the machine, and the notebook with its inputs. */
export async function readAsk(
  notebook: string | undefined,
  flags: AskFlags,
): Promise<{ workspace: Workspace; limits: Limits; ask: Ask }> {
  const workspace = workspaceFor(flags.workspace);
  const { limits } = settingsFor(workspace, flags);
  const file = await readNotebookFile(notebook, workspace, { explicit: flags.workspace !== undefined });
  const asOf = flags.asOf === undefined ? null : String(flags.asOf);
  return { workspace, limits, ask: { ...file, set: parseSets(flags.set), asOf } };
}

/** Plans, and refuses what the call itself has wrong: values of inputs, the moment. Nothing has run by then. */
export async function planCall(kernel: Kernel, ask: Ask, signal: AbortSignal): Promise<PlanView> {
  const plan = await kernel.ask("plan", ask, { signal });
  const set = Object.keys(ask.set);
  const ofValues = plan.cells
    .filter((cell) => cell.kind === "input" && set.includes(cell.id))
    .flatMap((cell) => cell.problems.filter((problem) => problem.code.startsWith("input-")));
  const [fault] = [
    ...plan.problems.filter(({ code }) => code === "unknown-input" || code === "as-of-given"),
    ...ofValues,
  ];
  if (fault !== undefined) throw callFault(fault);
  return plan;
}

/** Refuses a name that is no relation of the notebook. */
export async function knownRelation(kernel: Kernel, ask: Ask, relation: string, signal: AbortSignal): Promise<void> {
  const found = await kernel.ask("file", { ...ask, relation, key: null }, { signal });
  if (isProblem(found) && found.code === "unknown-relation") throw callFault(found);
}

function callFault(problem: Problem): CallFault {
  return new CallFault(`${problem.message} ${problem.hint}`);
}

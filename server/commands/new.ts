import { existsSync } from "node:fs";
import { isAbsolute, relative, resolve, sep } from "node:path";
import { isProblem } from "../notebook/is-problem.ts";
import type { Workspace } from "../run/workspace.ts";
import { NotebookFiles } from "../store/notebook-files.ts";
import { pathFault, pathForName } from "../store/notebook-path.ts";
import { CallFault, DataFault, EXIT, problemText, settingsFor, workspaceFor } from "./command.ts";
import { guessNotebook } from "./new/guess.ts";
import { lookAt } from "./new/look.ts";
import { withKernel } from "./with-kernel.ts";

/** Writes `notebooks/<name>.md`: sources, features, clusters and rules, guessed from what is in the files. */
export async function newNotebook(
  name: string | undefined,
  files: readonly string[],
  flags: { workspace?: string },
): Promise<number> {
  if (name === undefined || String(name).trim() === "")
    throw new CallFault("Which name? segbook new NAME --data FILE….");
  if (files.length === 0) throw new CallFault("Which data? Name one or more files of the data folder with --data.");
  const workspace = workspaceFor(flags.workspace);
  const { limits } = settingsFor(workspace, flags);
  const path = pathForName(String(name));
  const fault = pathFault(path);
  if (fault !== null) throw new CallFault(`${fault.message} ${fault.hint}`);
  if (existsSync(resolve(workspace.root, path))) throw new CallFault(`There is a notebook ${path} already.`);
  const data = files.map((file) => dataPath(file, workspace));
  return withKernel({ workspace, limits }, async (kernel, signal) => {
    const seen = await lookAt(kernel, { path, files: [...new Set(data)] }, signal);
    const text = guessNotebook(titleOf(path), seen, Date.now());
    const made = await new NotebookFiles(workspace.root).create(path, text);
    if (isProblem(made)) throw new DataFault(`${made.message} ${made.hint}`);
    process.stdout.write(`${path}\n`);
    const plan = await kernel.ask("plan", { path, text, set: {}, asOf: null }, { signal });
    const problems = [...plan.problems, ...plan.cells.flatMap((cell) => cell.problems)];
    for (const problem of problems) process.stderr.write(problemText(path, problem));
    return problems.some(({ severity }) => severity === "error") ? EXIT.fault : EXIT.good;
  });
}

/** A file as a source names it: below the data folder. */
function dataPath(file: string, workspace: Workspace): string {
  const given = String(file);
  const places = isAbsolute(given)
    ? [given]
    : [...new Set([resolve(given), resolve(workspace.root, given), resolve(workspace.data, given)])];
  const absolute = places.find((place) => existsSync(place));
  if (absolute === undefined) throw new CallFault(`There is no file ${given}. Looked for ${places.join(" and ")}.`);
  const path = relative(workspace.data, absolute);
  if (path === "" || path.split(sep)[0] === ".." || isAbsolute(path))
    throw new CallFault(`${given} is not below ${workspace.data}; copy it there first.`);
  return path.split(sep).join("/");
}

function titleOf(path: string): string {
  return (path.split("/").at(-1) ?? path).replace(/\.md$/, "");
}

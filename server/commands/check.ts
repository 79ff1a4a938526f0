import type { Checked } from "../check/check.ts";
import type { Finding } from "../check/finding.ts";
import { mended } from "../check/fix.ts";
import type { Severity } from "../notebook/model.ts";
import type { Workspace } from "../run/workspace.ts";
import { CallFault, EXIT, problemText, settingsFor, workspaceFor } from "./command.ts";
import { type NotebookFile, readNotebookFile, replaceNotebookFile } from "./notebook-file.ts";
import { withKernel } from "./with-kernel.ts";

export interface CheckFlags {
  readonly workspace?: string;
  readonly json?: boolean;
  readonly fix?: boolean;
}

/** Says what there is to say of notebooks without running them; with `--fix` mends first what is certain. */
export async function check(notebooks: readonly string[], flags: CheckFlags): Promise<number> {
  if (notebooks.length === 0) throw new CallFault("Which notebooks? Name one or more.");
  const workspace = workspaceFor(flags.workspace);
  const { limits } = settingsFor(workspace, flags);
  const explicit = flags.workspace !== undefined;
  const files = await Promise.all(notebooks.map((notebook) => readNotebookFile(notebook, workspace, { explicit })));
  return withKernel({ workspace, limits }, async (kernel, signal) => {
    const ask = (file: NotebookFile, text: string, silos: "measure" | "known") =>
      kernel.ask("check", { path: file.path, text, set: {}, asOf: null, silos }, { signal });
    const counts = { error: 0, warning: 0, note: 0, accepted: 0 };
    for (const file of files) {
      const text = flags.fix === true ? await fixed(file, workspace, (now) => ask(file, now, "known")) : file.text;
      const checked = await ask(file, text, "measure");
      for (const { severity, accepted } of checked.findings) counts[accepted === null ? severity : "accepted"] += 1;
      print(file.path, checked, flags);
    }
    if (flags.json !== true) process.stdout.write(`${summary(counts)}\n`);
    return counts.error > 0 ? EXIT.fault : EXIT.good;
  });
}

function print(path: string, { findings, cells }: Checked, flags: CheckFlags): void {
  for (const found of findings) process.stdout.write(flags.json === true ? json(path, found) : text(path, found));
  if (flags.json !== true && findings.length === 0) process.stdout.write(`${path}: nothing found in ${cells} cells\n`);
}

function json(path: string, { fix, ...problem }: Finding): string {
  return `${JSON.stringify({ notebook: path, ...problem, fixable: fix !== null })}\n`;
}

function text(path: string, { fix, ...problem }: Finding): string {
  if (problem.accepted !== null)
    return problemText(path, { ...problem, severity: "note", hint: `Accepted: ${problem.accepted.reason}` });
  return fix === null
    ? problemText(path, problem)
    : problemText(path, { ...problem, hint: `${problem.hint}\n\`check --fix\` does it.` });
}

/** Mends the file, says what was done, and gives its text. */
async function fixed(
  file: NotebookFile,
  workspace: Workspace,
  ask: (text: string) => Promise<Checked>,
): Promise<string> {
  const { text: after, done } = await mended(file.text, async (now) => (await ask(now)).findings);
  if (after === file.text) return after;
  await replaceNotebookFile(file, workspace, after);
  for (const { code, line, column, words } of done)
    process.stderr.write(`${file.path}:${line}:${column} fixed [${code}] ${words}\n`);
  return after;
}

function summary(counts: Readonly<Record<Severity | "accepted", number>>): string {
  const said = (["error", "warning", "note"] as const).map(
    (severity) => `${counts[severity]} ${severity}${counts[severity] === 1 ? "" : "s"}`,
  );
  return [...said, ...(counts.accepted === 0 ? [] : [`${counts.accepted} accepted`])].join(", ");
}

import { diffNotebooks } from "../notebook/diff/notebooks.ts";
import { diffSentence, isTold, partWords } from "../notebook/diff/tell.ts";
import { parseNotebook } from "../notebook/parse.ts";
import { EXIT, problemText, settingsFor, workspaceFor } from "./command.ts";
import { dataLines } from "./diff/data-lines.ts";
import { readSides } from "./diff/sides.ts";
import { diffLines } from "./diff/text-lines.ts";
import { withKernel } from "./with-kernel.ts";

export interface DiffFlags {
  readonly workspace?: string;
  readonly data?: boolean;
  readonly json?: boolean;
}

/** Says what makes one notebook another, cell by cell, and with `--data` what that does to the results. */
export async function diff(before: string | undefined, after: string | undefined, flags: DiffFlags): Promise<number> {
  const workspace = workspaceFor(flags.workspace);
  const { limits } = settingsFor(workspace, flags);
  return withKernel({ workspace, limits }, async (kernel, signal) => {
    const sides = await readSides([before, after], { workspace, explicit: flags.workspace !== undefined, signal });
    const found = diffNotebooks(parseNotebook(sides.before.text), parseNotebook(sides.after.text));
    const names = { before: sides.before.name, after: sides.after.name };
    const colours = flags.json !== true && process.stdout.isTTY === true && !process.env.NO_COLOR ? "ansi" : "none";
    if (flags.json !== true) for (const line of diffLines(found, names, colours)) process.stdout.write(`${line}\n`);
    const texts = { path: sides.after.path, before: sides.before.text, after: sides.after.text };
    const ask = { ...texts, set: {}, asOf: null };
    const data = flags.data === true ? await kernel.ask("compare", ask, { signal }) : null;
    if (flags.json === true) {
      const parts = found.parts.filter(isTold).map((part) => ({ ...part, words: partWords(part) }));
      const { differs } = found;
      process.stdout.write(`${JSON.stringify({ ...names, differs, summary: diffSentence(found), parts, data })}\n`);
    } else if (data !== null) {
      for (const line of dataLines(data, colours)) process.stdout.write(`${line}\n`);
    }
    if (data === null) return EXIT.good;
    const faults = (["before", "after"] as const).flatMap((side) =>
      data.problems[side].map((problem) => problemText(names[side], problem)),
    );
    const ofCells = data.cells.flatMap(({ problems }) => problems.map((one) => problemText(names.after, one)));
    for (const text of [...faults, ...ofCells]) process.stderr.write(text);
    return faults.length > 0 || data.cells.some(({ state }) => state === "unknown") ? EXIT.fault : EXIT.good;
  });
}

import { basename } from "node:path";
import { parseBody } from "../../notebook/body.ts";
import { setScalar } from "../../notebook/edit/set-scalar.ts";
import { isProblem } from "../../notebook/is-problem.ts";
import { parseNotebook } from "../../notebook/parse.ts";
import { READ } from "../../portable/formats.ts";
import { planCall, type readAsk } from "../ask.ts";
import { CallFault, DataFault, EXIT, problemText } from "../command.ts";
import { replaceNotebookFile } from "../notebook-file.ts";
import { withKernel } from "../with-kernel.ts";
import { printRemarks } from "./remarks.ts";

export interface Wanted {
  readonly cell: string;
  /** Null for the name that the definition has, or its file. */
  readonly name: string | null;
  readonly as: string | undefined;
  /** Their names → ours. */
  readonly map: Readonly<Record<string, string>>;
  readonly source: string;
  readonly file: string;
}

/** Reads somebody else's definition, and writes its rule into a segments cell; nothing is written where something can't be read. */
export async function readInto(
  { workspace, limits, ask }: Awaited<ReturnType<typeof readAsk>>,
  { cell, name, as, map, source, file }: Wanted,
): Promise<number> {
  const format = READ.find((one) => one === as);
  if (format === undefined)
    throw new CallFault(`--as is one of ${READ.join(", ")} with --from; found ${as ?? "nothing"}.`);
  return withKernel({ workspace, limits }, async (kernel, signal) => {
    await planCall(kernel, ask, signal);
    const read = await kernel.ask("readSegment", { ...ask, cell, format, source, map }, { signal });
    if (isProblem(read)) {
      process.stderr.write(problemText(ask.path, read));
      return EXIT.fault;
    }
    printRemarks(file, read.remarks);
    if (read.rule === null) return EXIT.fault;
    const called = (name ?? read.name ?? basename(file).replace(/\.[^.]*$/, "")).trim();
    const fault = nameFault(ask.text, cell, called);
    if (fault !== null) throw new DataFault(fault);
    const text = setScalar(ask.text, cell, ["segments", called], read.rule);
    if (isProblem(text)) {
      process.stderr.write(problemText(ask.path, text));
      return EXIT.fault;
    }
    await replaceNotebookFile(ask, workspace, text);
    process.stdout.write(`${read.rule}\n`);
    process.stderr.write(`${ask.path}: ${cell}.${called} is ${read.words ?? read.rule}\n`);
    return EXIT.good;
  });
}

function nameFault(text: string, id: string, name: string): string | null {
  if (name === "" || /[\r\n]/.test(name) || name === "__proto__") return "The segment needs a name: --name NAME.";
  const cell = parseNotebook(text).cells.find((one) => one.id === id);
  const value = cell === undefined ? null : parseBody(cell).value;
  const held = value !== null && typeof value === "object" && "segments" in value ? value.segments : null;
  const isThere = typeof held === "object" && held !== null && Object.hasOwn(held, name);
  return isThere ? `${id} has a segment ${name} already. Give this one another name: --name NAME.` : null;
}

import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { isProblem } from "../../notebook/is-problem.ts";
import { WRITTEN } from "../../portable/formats.ts";
import type { readAsk } from "../ask.ts";
import { planCall } from "../ask.ts";
import { CallFault, EXIT, problemText } from "../command.ts";
import { checkOut, writeOut as writeWhole } from "../out-file.ts";
import { withKernel } from "../with-kernel.ts";
import { printRemarks } from "./remarks.ts";

export interface Wanted {
  readonly cell: string;
  readonly name: string;
  readonly as: string;
  /** Our names → theirs. */
  readonly map: Readonly<Record<string, string>>;
  readonly out: string | null;
}

const FORMATS = [...WRITTEN, "sql"] as const;

/** Prints a segment's rule as another tool has it. */
export async function writeOut(
  { workspace, limits, ask }: Awaited<ReturnType<typeof readAsk>>,
  { cell, name, as, map, out }: Wanted,
): Promise<number> {
  const format = FORMATS.find((one) => one === as);
  if (format === undefined) throw new CallFault(`--as is one of members, ${FORMATS.join(", ")}; found ${as}.`);
  return withKernel({ workspace, limits }, async (kernel, signal) => {
    await planCall(kernel, ask, signal);
    const written = await kernel.ask("writeSegment", { ...ask, cell, segment: name, format, map }, { signal });
    if (isProblem(written)) {
      process.stderr.write(problemText(ask.path, written));
      return EXIT.fault;
    }
    const { text, remarks } = written;
    printRemarks(`${cell}.${name}:`, remarks);
    if (text === null) return EXIT.fault;
    if (out === null) process.stdout.write(text);
    else {
      await checkOut(resolve(out));
      await writeWhole(resolve(out), (temporary) => writeFile(temporary, text));
    }
    return EXIT.good;
  });
}

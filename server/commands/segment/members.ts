import { once } from "node:events";
import { createReadStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { isProblem } from "../../notebook/is-problem.ts";
import { planCall, type readAsk } from "../ask.ts";
import { CallFault, EXIT, problemText } from "../command.ts";
import { checkOut, writeOut } from "../out-file.ts";
import { withKernel } from "../with-kernel.ts";

export interface Wanted {
  readonly cell: string;
  readonly name: string;
  readonly columns: readonly string[];
  readonly format: string | undefined;
  /** Relative to the current folder; null is stdout. */
  readonly out: string | null;
}

/** Writes who is in a segment, without those who are held out. */
export async function printMembers(
  { workspace, limits, ask }: Awaited<ReturnType<typeof readAsk>>,
  { cell, name, columns, format: given = "csv", out }: Wanted,
): Promise<number> {
  const format = (["csv", "parquet"] as const).find((one) => one === given);
  if (format === undefined) throw new CallFault(`--format is csv or parquet, found ${given}.`);
  if (format === "parquet" && out === null) throw new CallFault("--format parquet needs --out FILE.");
  if (out !== null) await checkOut(resolve(out));
  return withKernel({ workspace, limits }, async (kernel, signal) => {
    await planCall(kernel, ask, signal);
    const write = async (file: string): Promise<number> => {
      const found = await kernel.ask(
        "members",
        { ...ask, cell, segment: name, columns, format, out: file },
        { signal },
      );
      if (isProblem(found)) {
        process.stderr.write(problemText(ask.path, found));
        return EXIT.fault;
      }
      process.stderr.write(told(name, found));
      return EXIT.good;
    };
    if (out === null) return printed(write);
    let code: number = EXIT.fault;
    const failed = new Error("nothing to keep");
    try {
      await writeOut(resolve(out), async (temporary) => {
        code = await write(temporary);
        if (code !== EXIT.good) throw failed;
      });
    } catch (error) {
      if (error !== failed) throw error;
    }
    return code;
  });
}

/** Through a file, so that what fails half way prints nothing. */
async function printed(write: (file: string) => Promise<number>): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), "segbook-members-"));
  try {
    const file = join(folder, "members");
    const code = await write(file);
    if (code !== EXIT.good) return code;
    for await (const piece of createReadStream(file))
      if (!process.stdout.write(piece)) await once(process.stdout, "drain");
    return code;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** `2,350 people of Regulars; 233 more are held out as a control`. */
function told(name: string, { rows, heldOut }: { readonly rows: number; readonly heldOut: number }): string {
  const people = `${rows.toLocaleString("en")} ${rows === 1 ? "person" : "people"} of ${name}`;
  if (heldOut === 0) return `${people}\n`;
  return `${people}; ${heldOut.toLocaleString("en")} more ${heldOut === 1 ? "is" : "are"} held out as a control\n`;
}

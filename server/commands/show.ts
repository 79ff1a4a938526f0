import { isProblem } from "../notebook/is-problem.ts";
import { WHOLE_RUN } from "../run/whole-run.ts";
import { type AskFlags, knownRelation, planCall, readAsk } from "./ask.ts";
import { CallFault, EXIT, problemText } from "./command.ts";
import { oneOf } from "./flag-values.ts";
import { FORMATS } from "./show/formats.ts";
import { printRelation } from "./show/print.ts";
import { withKernel } from "./with-kernel.ts";

export interface ShowFlags extends AskFlags {
  readonly format?: string;
  readonly limit?: string | number;
  readonly out?: string;
  readonly cache?: boolean;
  readonly spreadsheet?: boolean;
}

/** Runs what a relation needs, and prints it. */
export async function show(
  notebook: string | undefined,
  relation: string | undefined,
  flags: ShowFlags,
): Promise<number> {
  const printing = {
    format: oneOf("format", FORMATS, flags.format ?? "table"),
    limit: flags.limit === undefined ? null : wholeNumber(flags.limit),
    out: flags.out === undefined ? null : String(flags.out),
    spreadsheet: flags.spreadsheet === true,
  };
  if (relation === undefined) throw new CallFault("Which relation? Name a cell of the notebook, such as `personas`.");
  if (printing.format === "parquet" && printing.out === null) throw new CallFault("--format parquet needs --out FILE.");
  const { workspace, limits, ask } = await readAsk(notebook, flags);
  return withKernel({ workspace, limits }, async (kernel, signal) => {
    await planCall(kernel, ask, signal);
    await knownRelation(kernel, ask, relation, signal);
    const wanted = { ...WHOLE_RUN, cells: [relation], noCache: flags.cache === false, now: "last" } as const;
    const result = await kernel.ask("run", { ...ask, ...wanted }, { signal });
    const problems = [...result.problems, ...result.cells.flatMap((cell) => cell.problems)];
    for (const problem of problems) process.stderr.write(problemText(ask.path, problem));
    if (result.state === "cancelled") return EXIT.cancelled;
    const found = await kernel.ask("file", { ...ask, relation, key: null }, { signal });
    if (isProblem(found)) {
      // That nothing was computed goes without saying behind the error that kept it from being so.
      const isTold = found.code === "not-computed" && problems.some(({ severity }) => severity === "error");
      if (!isTold) process.stderr.write(problemText(ask.path, found));
      return EXIT.fault;
    }
    await printRelation(found, printing, signal);
    return EXIT.good;
  });
}

function wholeNumber(given: string | number): number {
  const value = Number(given);
  if (String(given).trim() === "" || !Number.isSafeInteger(value) || value < 0)
    throw new CallFault(`--limit takes a whole number, found ${given}.`);
  return value;
}

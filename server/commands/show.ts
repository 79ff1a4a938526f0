import { once } from "node:events";
import { createReadStream, createWriteStream } from "node:fs";
import { resolve } from "node:path";
import { pipeline } from "node:stream/promises";
import { openDuckDb } from "../engine/duckdb.ts";
import { Cancelled } from "../engine/engine.ts";
import { Kernel } from "../kernel/kernel.ts";
import { literal } from "../language/quote.ts";
import { CallFault, EXIT, interruptible, parseSets, problemText, readNotebookFile, workspaceFor } from "./command.ts";
import { FORMATS, type Format, writeRows } from "./show/formats.ts";

export interface ShowFlags {
  readonly workspace?: string;
  readonly set?: unknown;
  readonly asOf?: string;
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
  const format = (flags.format ?? "table") as Format;
  if (!FORMATS.includes(format))
    throw new CallFault(`--format is one of ${FORMATS.join(", ")}, found ${flags.format}.`);
  if (relation === undefined) throw new CallFault("Which relation? Name a cell of the notebook, such as `personas`.");
  const limit = flags.limit === undefined ? null : wholeNumber(flags.limit);
  if (format === "parquet" && flags.out === undefined) throw new CallFault("--format parquet needs --out FILE.");
  const workspace = workspaceFor(flags.workspace);
  const file = await readNotebookFile(notebook, workspace, { explicit: flags.workspace !== undefined });
  const { signal, release } = interruptible();
  const kernel = new Kernel(workspace.root, () => undefined);
  try {
    const ask = { ...file, set: parseSets(flags.set), asOf: flags.asOf === undefined ? null : String(flags.asOf) };
    const result = await kernel.ask(
      "run",
      { ...ask, cells: [relation], noCache: flags.cache === false, now: "last" },
      { signal },
    );
    for (const cell of result.cells)
      for (const problem of cell.problems) process.stderr.write(problemText(file.path, problem));
    const found = await kernel.ask("file", { ...ask, relation }, { signal });
    if ("code" in found) {
      process.stderr.write(problemText(file.path, found));
      return result.state === "cancelled" ? EXIT.cancelled : EXIT.fault;
    }
    await print(found, { format, limit, out: flags.out ?? null, spreadsheet: flags.spreadsheet === true });
    return EXIT.good;
  } catch (error) {
    if (error instanceof Cancelled || signal.aborted) return EXIT.cancelled;
    throw error;
  } finally {
    release();
    await kernel.close();
  }
}

interface Printing {
  readonly format: Format;
  readonly limit: number | null;
  readonly out: string | null;
  readonly spreadsheet: boolean;
}

async function print(found: { file: string; rows: number }, printing: Printing): Promise<void> {
  const out = printing.out === null ? null : resolve(printing.out);
  if (printing.format === "parquet" && printing.limit === null && out !== null) {
    await pipeline(createReadStream(found.file), createWriteStream(out));
    return;
  }
  const engine = await openDuckDb(null);
  try {
    const limit = printing.limit ?? (printing.format === "table" ? 50 : null);
    const sql = `SELECT * FROM read_parquet(${literal(found.file)})${limit === null ? "" : ` LIMIT ${limit}`}`;
    if (printing.format === "parquet") {
      await engine.execute({ sql: `COPY (${sql}) TO ${literal(out ?? "")} (FORMAT parquet)` });
      return;
    }
    const table = await engine.table({ sql });
    const sink = out === null ? process.stdout : createWriteStream(out);
    await writeRows(sink, table, { format: printing.format, total: found.rows, spreadsheet: printing.spreadsheet });
    if (out !== null) {
      sink.end();
      await once(sink, "finish");
    }
  } finally {
    await engine.close();
  }
}

function wholeNumber(given: string | number): number {
  const value = Number(given);
  if (!Number.isInteger(value) || value < 0) throw new CallFault(`--limit takes a whole number, found ${given}.`);
  return value;
}

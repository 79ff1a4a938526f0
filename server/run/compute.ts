import { realpath, rm } from "node:fs/promises";
import type { FileContents } from "../cells/kind.ts";
import { name as quoted } from "../language/quote.ts";
import type { Problem } from "../notebook/model.ts";
import type { ResultCache, Stored, Target, Written } from "./cache.ts";
import type { Running } from "./execute.ts";
import type { Step } from "./order.ts";
import { runContext } from "./run-context.ts";
import { isFaulty, problemMaker, type StudiedCell, type StudiedPart } from "./studied.ts";
import { DiskFull, isDiskFull } from "./unexpected.ts";

/** What a computation makes on its way; all but what it keeps is gone at its end. */
export interface Making {
  readonly target: Target;
  readonly written: Written[];
  readonly scratch: string[];
  readonly folders: string[];
  readonly files: Record<string, FileContents>;
}

/** What the computation of one part may ask of its run. */
export interface Around {
  readonly run: Running;
  readonly signal: AbortSignal;
  progress(share: number): void;
}

/** Computes one part and keeps its relations, or says why it can't. Throws where it is cancelled or where nobody expected it. */
export async function compute(
  step: Step,
  part: StudiedPart,
  around: Around,
): Promise<{ stored: Stored } | { problems: readonly Problem[] }> {
  const { run, signal } = around;
  const { kind } = step.studied;
  if (kind === null) throw new Error(`the cell ${step.studied.cell.id} can't run`);
  const reading = await run.plan.studies.confirmed(step.studied);
  if (Array.isArray(reading)) return { problems: reading };
  const started = performance.now();
  const target = await spaceFor(run.cache, () => run.cache.open(part.key));
  const making: Making = { target, written: [], scratch: [], folders: [], files: {} };
  try {
    // Parts beside the main one are made from the cell's own main relation.
    const own = part.part === "" ? [] : [step.studied.cell.id];
    for (const name of [...own, ...step.studied.relations]) await run.standIns.of(name);
    const problems = await kind.run(reading, runContext(step, part, around, making));
    signal.throwIfAborted();
    // First of all: what is wrong with a file that changed may quote what took its place.
    const changed = await changedFiles(step.studied, part, around);
    if (changed.length > 0) return { problems: changed };
    if (isFaulty(problems)) return { problems };
    const about = {
      parts: part.parts,
      ms: performance.now() - started,
      findings: problems.map((one) => finding(step, one)),
      files: making.files,
    };
    return { stored: await spaceFor(run.cache, () => target.keep(making.written, about)) };
  } finally {
    await target.drop();
    const { engine } = run.plan.studies.request;
    for (const table of making.scratch)
      await engine.execute({ sql: `DROP TABLE IF EXISTS ${quoted(table)}` }).catch(() => undefined);
    for (const folder of making.folders) await rm(folder, { recursive: true, force: true });
  }
}

/** A result is of the bytes that its key names: files must be at the end what they were when the cell was studied. */
async function changedFiles(studied: StudiedCell, part: StudiedPart, { run, signal }: Around): Promise<Problem[]> {
  const { files } = run.plan.studies.request;
  for (const file of new Map([...studied.files.values()].flat().map((one) => [one.path, one])).values()) {
    // A link that was put in the file's place leads elsewhere, whatever lies there.
    const stayed = (await realpath(file.absolute).catch(() => null)) === file.absolute;
    const read = stayed ? files.fingerprints.of(file.absolute, signal) : Promise.resolve(null);
    const now = await read.catch((error: unknown) => {
      if (signal.aborted) throw error;
      return null;
    });
    if (now === part.parts.files[file.path]) continue;
    const how = now === null ? "disappeared" : "changed";
    const message = `\`${file.path}\` ${how} while it was read.`;
    return [
      problemMaker(studied.cell)({
        code: "file-changed",
        message,
        hint: "Run the cell again once the file is at rest.",
      }),
    ];
  }
  return [];
}

function finding({ studied }: Step, problem: Problem) {
  const { code, severity, message, hint, line, column } = problem;
  return { code, severity, message, hint, line: line === null ? null : line - studied.cell.line, column };
}

async function spaceFor<T>(cache: ResultCache, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw isDiskFull(error) ? new DiskFull(cache.folder) : error;
  }
}

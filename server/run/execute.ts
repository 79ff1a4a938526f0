import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import type { RunContext } from "../cells/kind.ts";
import { Cancelled, EngineFailure, type LoadColumn, type Parameters } from "../engine/engine.ts";
import { literal, name as quoted } from "../language/quote.ts";
import type { Problem } from "../notebook/model.ts";
import type { ResultCache, StoredRelation } from "./cache.ts";
import { filesMatching } from "./files.ts";
import type { Plan } from "./plan.ts";
import { partOf, problemMaker, type StudiedCell, type StudiedPart } from "./study.ts";

export interface CellOutcome {
  readonly studied: StudiedCell;
  readonly part: StudiedPart | null;
  readonly state: "computed" | "found" | "failed" | "blocked" | "cancelled";
  readonly ms: number;
  readonly problems: readonly Problem[];
}

export interface ExecuteOptions {
  readonly plan: Plan;
  /** Parts to run, in order, from `order`. */
  readonly steps: readonly Step[];
  readonly cache: ResultCache;
  readonly noCache: boolean;
  readonly signal: AbortSignal;
  onStart(step: Step): void;
  onProgress(step: Step, share: number): void;
  onDone(step: Step, outcome: CellOutcome): void;
}

export interface Step {
  readonly studied: StudiedCell;
  readonly part: StudiedPart | null;
}

/** Runs the steps one after another. A cell that fails blocks those that read it; the others go on. */
export async function execute(options: ExecuteOptions): Promise<CellOutcome[]> {
  const failed = new Set<string>();
  const outcomes: CellOutcome[] = [];
  for (const step of options.steps) {
    options.onStart(step);
    const outcome = await runStep(step, failed, options);
    if (outcome.state === "failed" || outcome.state === "blocked" || outcome.state === "cancelled")
      failed.add(step.studied.cell.id);
    outcomes.push(outcome);
    options.onDone(step, outcome);
  }
  return outcomes;
}

async function runStep(step: Step, failed: ReadonlySet<string>, options: ExecuteOptions): Promise<CellOutcome> {
  const { studied, part } = step;
  const base = { studied, part, ms: 0, problems: [] as Problem[] };
  if (studied.problems.some((problem) => problem.severity === "error"))
    return { ...base, state: "failed", problems: studied.problems };
  if (studied.blockedBy.length > 0) return { ...base, state: "blocked" };
  for (const name of studied.relations) {
    const home = await options.plan.studies.home(name, []);
    if (home !== null && failed.has(home.cell)) return { ...base, state: "blocked" };
  }
  if (options.signal.aborted) return { ...base, state: "cancelled" };
  if (part === null) return { ...base, state: "found" };
  const stored = options.noCache ? null : await options.cache.find(part.key);
  if (stored !== null) {
    await standIn(studied, part, options);
    const findings = stored.findings.map((finding) => problemMaker(studied.cell)(finding));
    return { ...base, state: "found", ms: stored.ms, problems: [...studied.problems, ...findings] };
  }
  return compute(studied, part, options);
}

async function compute(studied: StudiedCell, part: StudiedPart, options: ExecuteOptions): Promise<CellOutcome> {
  const started = performance.now();
  const { kind, reading } = studied;
  if (kind === null || reading === null) throw new Error(`the cell ${studied.cell.id} can't run`);
  const target = await options.cache.open(part.key);
  const relations: StoredRelation[] = [];
  const scratch: string[] = [];
  const folders: string[] = [];
  try {
    const problems = await kind.run(
      reading,
      contextFor({ studied, part, options, target, relations, scratch, folders }),
    );
    const ms = performance.now() - started;
    if (problems.some((problem) => problem.severity === "error")) {
      await target.drop();
      return { studied, part, state: "failed", ms, problems: [...studied.problems, ...problems] };
    }
    const findings = problems.map(({ code, severity, message, hint }) => ({ code, severity, message, hint }));
    await target.keep({ key: part.key, parts: part.parts, ms, relations, findings });
    await standIn(studied, part, options);
    return { studied, part, state: "computed", ms, problems: [...studied.problems, ...problems] };
  } catch (error) {
    await target.drop();
    const ms = performance.now() - started;
    if (error instanceof Cancelled || options.signal.aborted)
      return { studied, part, state: "cancelled", ms, problems: [] };
    return { studied, part, state: "failed", ms, problems: [...studied.problems, unexpected(studied, error)] };
  } finally {
    for (const table of scratch) {
      await options.plan.studies.request.engine
        .execute({ sql: `DROP TABLE IF EXISTS ${quoted(table)}` })
        .catch(() => undefined);
    }
    for (const folder of folders) await rm(folder, { recursive: true, force: true });
  }
}

interface Making {
  readonly studied: StudiedCell;
  readonly part: StudiedPart;
  readonly options: ExecuteOptions;
  readonly target: Awaited<ReturnType<ResultCache["open"]>>;
  readonly relations: StoredRelation[];
  readonly scratch: string[];
  readonly folders: string[];
}

function contextFor(making: Making): RunContext {
  const { studied, part, options, target, relations } = making;
  const { plan, signal } = options;
  const { engine, files, clock, inputs } = plan.studies.request;
  const scratch = (hint: string) => {
    const table = `scratch_${hint}_${randomUUID().slice(0, 8)}`;
    making.scratch.push(table);
    return table;
  };
  const write = async (suffix: string, sql: string, parameters?: Parameters) => {
    const path = target.path(suffix);
    const copied = await engine
      .table({
        sql: `COPY (\n${sql}\n) TO ${literal(path)} (FORMAT parquet, COMPRESSION zstd)`,
        signal,
        onProgress: (share) => options.onProgress(making, share),
        ...(parameters === undefined ? {} : { parameters }),
      })
      .catch((error: unknown) => {
        throw withoutPrefix(error, "COPY (\n".length);
      });
    const rows = Number(copied.rows[0]?.[0] ?? 0);
    const columns = await engine.describe({ sql: `SELECT * FROM read_parquet(${literal(path)})`, signal });
    relations.push({ suffix, rows, columns });
    return rows;
  };
  return {
    cell: studied.cell,
    head: plan.notebook.head,
    clock,
    engine,
    signal,
    dataFolder: files.folder,
    part: part.part,
    seed: plan.notebook.head.seed,
    inputs,
    problem: problemMaker(studied.cell),
    events: () =>
      plan.studies
        .events([studied.cell.id])
        .then((words) => Promise.all(words.map((word) => withColumns(word, options)))),
    segments: () => plan.studies.segmentsBut(studied.cell.id),
    files: (pattern) => filesMatching(files, pattern),
    progress: (share) => options.onProgress(making, share),
    scratch,
    scratchFolder: async () => {
      if (making.folders[0] === undefined) making.folders.push(await options.cache.temporaryFolder());
      return making.folders[0] ?? "";
    },
    write,
    relation: (name) => relationColumns(name, options),
    writeColumns: async (suffix, columns: readonly LoadColumn[]) => {
      const table = scratch("values");
      await engine.load(table, columns, { signal });
      return write(suffix, `SELECT * FROM ${quoted(table)}`);
    },
  };
}

async function withColumns<T extends { relation: string; columns: readonly { name: string; type: string }[] }>(
  word: T,
  options: ExecuteOptions,
): Promise<T> {
  const columns = await relationColumns(word.relation, options).catch(() => word.columns);
  return { ...word, columns };
}

/** Columns as they were written. A result that was found before stands in the engine only once something reads it. */
async function relationColumns(name: string, options: ExecuteOptions) {
  const home = await options.plan.studies.home(name, []);
  const cell = home === null ? null : options.plan.studies.cellOf(home.cell);
  if (home === null || cell === null) throw new Error(`no relation ${name}`);
  const studied = await options.plan.studies.of(cell, []);
  const part = partOf(studied, home.suffix);
  const stored = part === null ? null : await options.cache.find(part.key);
  const relation = stored?.relations.find((one) => one.suffix === home.suffix);
  if (part === null || relation === undefined) throw new Error(`the relation ${name} has not been computed`);
  await standIn(studied, part, options);
  return relation.columns;
}

/** Lets the relations of a result be read under their names. */
async function standIn(studied: StudiedCell, part: StudiedPart, options: ExecuteOptions): Promise<void> {
  const stored = await options.cache.find(part.key);
  for (const relation of stored?.relations ?? []) {
    const path = options.cache.path(part.key, relation.suffix);
    await options.plan.studies.request.engine.execute({
      sql: `CREATE OR REPLACE VIEW ${quoted(`${studied.cell.id}${relation.suffix}`)} AS SELECT * FROM read_parquet(${literal(path)})`,
    });
  }
}

function withoutPrefix(error: unknown, length: number): unknown {
  if (!(error instanceof EngineFailure) || error.position === null) return error;
  return new EngineFailure(error.kind, error.message, Math.max(0, error.position - length), error.candidates);
}

function unexpected(studied: StudiedCell, error: unknown): Problem {
  const problem = problemMaker(studied.cell);
  if (error instanceof EngineFailure) {
    const hint = "Check what the cell reads, then run it again.";
    return problem({ code: `engine-${error.kind}`, message: error.message.split("\n")[0] ?? error.message, hint });
  }
  const text = error instanceof Error ? error.message : String(error);
  return problem({
    code: "internal",
    message: `Segbook failed here: ${text}`,
    hint: "Run the cell again; if it comes back, it is a fault of Segbook.",
  });
}

/** What has to run, upstream first, so that the named cells (or relations of theirs) are there. */
export async function order(plan: Plan, wanted: readonly string[] | null): Promise<Step[]> {
  const steps: Step[] = [];
  const seen = new Set<string>();
  const visit = async (studied: StudiedCell, part: StudiedPart | null): Promise<void> => {
    const mark = `${studied.cell.id}\n${part?.part ?? ""}`;
    if (seen.has(mark)) return;
    seen.add(mark);
    if (part !== null && part.part !== "") await visit(studied, studied.parts.find((one) => one.part === "") ?? null);
    for (const name of studied.relations) {
      const home = await plan.studies.home(name, []);
      const cell = home === null ? null : plan.studies.cellOf(home.cell);
      if (home === null || cell === null) continue;
      const upstream = await plan.studies.of(cell, []);
      await visit(upstream, partOf(upstream, home.suffix) ?? upstream.parts[0] ?? null);
    }
    steps.push({ studied, part });
  };
  if (wanted === null) {
    for (const studied of plan.cells) {
      if (studied.kind !== null)
        await visit(studied, studied.parts.find((part) => part.part === "") ?? studied.parts[0] ?? null);
    }
    return steps;
  }
  for (const name of wanted) {
    const home = await plan.studies.home(name, []);
    const cell = home === null ? null : plan.studies.cellOf(home.cell);
    if (home === null || cell === null) continue;
    const studied = await plan.studies.of(cell, []);
    await visit(studied, partOf(studied, home.suffix) ?? studied.parts[0] ?? null);
  }
  return steps;
}

import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EarlierClusters, KnownClusters } from "../../../server/cells/earlier-clusters.ts";
import type {
  CellKind,
  KnownRelation,
  PastAsk,
  PastMembers,
  RunContext,
  Study,
  StudyContext,
} from "../../../server/cells/kind.ts";
import type { OldSource, PastFeaturesAsk, RecordedRefresh } from "../../../server/cells/recorded.ts";
import { openDuckDb } from "../../../server/engine/duckdb.ts";
import type { Engine, Parameters, PlainValue } from "../../../server/engine/engine.ts";
import type { Column, EventWord, InputValue } from "../../../server/language/vocabulary.ts";
import type { Cell, Problem } from "../../../server/notebook/model.ts";
import { nearest } from "../../../server/notebook/nearest.ts";
import { parseNotebook } from "../../../server/notebook/parse.ts";
import { offload } from "../../../server/offload/offload.ts";
import { filesMatching } from "../../../server/run/files.ts";
import { Fingerprints } from "../../../server/run/fingerprint.ts";
import { unrecordedSql } from "../../../server/segments/membership/stays.ts";

/** A workspace in a temporary folder with an engine that is confined to it, for one kind of cell at a time. */
export interface Bench {
  readonly engine: Engine;
  readonly folder: string;
  readonly dataFolder: string;
  close(): Promise<void>;
}

export async function openBench(dataFolder?: string): Promise<Bench> {
  const folder = await mkdtemp(join(tmpdir(), "segbook-"));
  const data = dataFolder ?? join(folder, "data");
  for (const name of ["data", "cache", "spill"]) await mkdir(join(folder, name));
  const engine = await openDuckDb({
    folders: [data, join(folder, "cache")],
    spill: join(folder, "spill"),
    zone: "UTC",
    threads: 2,
    memory: 2 * 1024 ** 3,
    temp: 4 * 1024 ** 3,
  });
  const close = async () => {
    await engine.close();
    await rm(folder, { recursive: true, force: true });
  };
  return { engine, folder, dataFolder: data, close };
}

export interface Given {
  /** The notebook's text, or only its cells: a head is put before them where there is none. */
  readonly notebook: string;
  /** Id of the cell that runs; the first one where absent. */
  readonly cell?: string;
  /** Relations of other cells: name → the SELECT that makes their rows. */
  readonly relations?: Readonly<Record<string, string>>;
  readonly events?: readonly EventWord[];
  readonly segments?: readonly { cell: string; name: string }[];
  readonly inputs?: readonly InputValue[];
  /** ISO 8601 with an offset; 2026-11-01T00:00:00Z where absent. */
  readonly asOf?: string;
  readonly part?: string;
  /** What is kept of the cell's clusters, and those that its numbers follow. */
  readonly clusters?: KnownClusters;
  readonly earlier?: EarlierClusters;
  /** What is told of members at moments of before. */
  readonly past?: (ask: PastAsk) => Promise<PastMembers>;
  readonly pastFeatures?: (ask: PastFeaturesAsk) => Promise<PastMembers>;
  readonly refreshes?: readonly RecordedRefresh[];
  readonly rebaselines?: RunContext["rebaselines"];
  readonly oldSources?: Readonly<Record<string, readonly OldSource[]>>;
  readonly signal?: AbortSignal;
  /** Is told how far the cell is. */
  readonly progress?: (share: number) => void;
}

export interface Ran {
  readonly study: Study | null;
  /** Of reading, study and run, whichever came first with an error; findings of a run that went well. */
  readonly problems: readonly Problem[];
  /** Suffixes of the relations that were written. */
  readonly written: readonly string[];
  columns(suffix?: string): Promise<Column[]>;
  rows(suffix?: string): Promise<Record<string, PlainValue>[]>;
}

/** Reads, studies and runs one cell, as a run of its notebook would. */
export async function studyAndRun<Body>(bench: Bench, kind: CellKind<Body>, given: Given): Promise<Ran> {
  const text = given.notebook.startsWith("---") ? given.notebook : `---\nsegbook: 1\n---\n${given.notebook}`;
  const notebook = parseNotebook(text);
  const cell = notebook.cells.find((one) => given.cell === undefined || one.id === given.cell);
  if (cell === undefined) throw new Error("the notebook has no such cell");
  const written: string[] = [];
  const ran = (study: Study | null, problems: readonly Problem[]): Ran => ({
    study,
    problems,
    written,
    columns: (suffix = "") => bench.engine.describe({ sql: `SELECT * FROM "${cell.id}${suffix}"` }),
    rows: (suffix = "") => bench.engine.rows({ sql: `SELECT * FROM "${cell.id}${suffix}"` }),
  });
  const faulty = (problems: readonly Problem[]) => problems.some((problem) => problem.severity === "error");
  if (faulty(notebook.problems)) return ran(null, notebook.problems);
  const reading = kind.read(cell, notebook.head, given.inputs ?? []);
  if (!reading.ok) return ran(null, reading.problems);
  for (const [name, sql] of Object.entries(relationsOf(given))) {
    await bench.engine.execute({ sql: `CREATE OR REPLACE TABLE "${name}" AS ${sql}` });
  }
  const around = surroundings(bench, given, cell, notebook.head);
  const study = await kind.study(reading.value, studyContext(bench, given, around));
  if (faulty(study.problems)) return ran(study, study.problems);
  const scratch: string[] = [];
  try {
    const problems = await kind.run(reading.value, runContext(bench, given, around, { written, scratch }));
    return ran(study, [...study.problems, ...problems]);
  } finally {
    for (const table of scratch) await bench.engine.execute({ sql: `DROP TABLE IF EXISTS "${table}"` });
  }
}

/** As in a notebook of which nothing is recorded, where nothing else is said. */
function relationsOf({ relations }: Given): Readonly<Record<string, string>> {
  return { membership: unrecordedSql("customer_id", "BIGINT"), ...relations };
}

type Around = Pick<
  StudyContext & RunContext,
  "cell" | "head" | "clock" | "engine" | "signal" | "dataFolder" | "problem" | "inputs" | "segments" | "files"
>;

function surroundings(bench: Bench, given: Given, cell: Cell, head: StudyContext["head"]): Around {
  const asOf = Date.parse(given.asOf ?? "2026-11-01T00:00:00Z");
  const fingerprints = new Fingerprints(join(bench.folder, "fingerprints.json"));
  const moment: InputValue = {
    name: "as_of",
    type: "timestamp",
    value: new Date(asOf).toISOString().slice(0, 19),
  };
  return {
    cell,
    head,
    clock: { asOf, zone: head.timezone, weekStarts: head.week_starts },
    engine: bench.engine,
    signal: given.signal ?? new AbortController().signal,
    dataFolder: bench.dataFolder,
    inputs: [...(given.inputs ?? []), moment],
    segments: async () => (given.segments ?? []).map((one) => ({ ...one, isPossible: false })),
    files: (pattern) => filesMatching({ folder: bench.dataFolder, fingerprints }, pattern),
    problem: ({ code, message, hint, place, severity = "error" }) => ({
      code,
      severity,
      cell: cell.id,
      line: (place ?? cell).line,
      column: place?.column ?? 1,
      message,
      hint,
    }),
  };
}

function studyContext(bench: Bench, given: Given, around: Around): StudyContext {
  const names = Object.keys(relationsOf(given));
  const relation: StudyContext["relation"] = async (name, place): Promise<KnownRelation | Problem> => {
    if (names.includes(name)) {
      return { columns: await bench.engine.describe({ sql: `SELECT * FROM "${name}"` }), provisional: false };
    }
    const hint = `Did you mean ${nearest(name, names).join(" or ")}?`;
    return around.problem({ code: "unknown-relation", message: `No cell yields \`${name}\`.`, hint, place });
  };
  return {
    ...around,
    events: async () => [...(given.events ?? [])],
    input: (id) => around.inputs.find((input) => input.name === id) ?? null,
    clusters: async () => given.clusters ?? { locked: null, lockFault: null, numbers: [] },
    relation,
    stays: (place) => relation("membership", place),
  };
}

interface Left {
  readonly written: string[];
  readonly scratch: string[];
}

function runContext(bench: Bench, given: Given, around: Around, left: Left): RunContext {
  const target = (suffix: string) => join(bench.folder, "cache", `${around.cell.id}${suffix}.parquet`);
  const write = async (suffix: string, sql: string, parameters: Parameters = {}) => {
    const { signal } = around;
    const file = target(suffix);
    const copied = await bench.engine.table({ sql: `COPY (\n${sql}\n) TO '${file}'`, parameters, signal });
    const view = `CREATE OR REPLACE VIEW "${around.cell.id}${suffix}" AS SELECT * FROM read_parquet('${file}')`;
    await bench.engine.execute({ sql: view });
    left.written.push(suffix);
    return Number(copied.rows[0]?.[0] ?? 0);
  };
  const scratch = (hint: string) => {
    const table = `scratch_${hint}_${left.scratch.length + 1}`;
    left.scratch.push(table);
    return table;
  };
  const progress = given.progress ?? (() => undefined);
  return {
    ...around,
    part: given.part ?? "",
    seed: around.head.seed,
    events: async () => [...(given.events ?? [])],
    relation: (name) => bench.engine.describe({ sql: `SELECT * FROM "${name}"` }),
    progress,
    stage: () => undefined,
    pastMembers: async (ask) => given.past?.(ask) ?? { why: "there is nothing to tell it by here" },
    pastFeatures: async (ask) => given.pastFeatures?.(ask) ?? { why: "there is nothing to tell it by here" },
    refreshes: async () => given.refreshes ?? [],
    oldSources: async (relation) => given.oldSources?.[relation] ?? [],
    earlier: async () => given.earlier ?? null,
    rebaselines: given.rebaselines ?? [],
    drift: async () => [],
    scratch,
    held: () => undefined,
    reads: Object.keys(relationsOf(given)),
    isOrdered: async () => true,
    offload: (works, name, input) =>
      offload(works, name, input, { signal: around.signal, onProgress: progress, heap: 1024 ** 3 }),
    kept: async ({ sql }) => sql,
    scratchFolder: () => mkdtemp(join(bench.folder, "cache", "tmp-")),
    write,
    writeColumns: async (suffix, columns) => {
      const table = scratch("values");
      await bench.engine.load(table, columns);
      return write(suffix, `SELECT * FROM "${table}"`);
    },
  };
}

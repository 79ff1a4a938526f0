import type { Engine, LoadColumn, Parameters } from "../engine/engine.ts";
import type { Statement } from "../language/sql-pass.ts";
import type { Clock, Column, EventWord, InputValue } from "../language/vocabulary.ts";
import type { Rebaseline } from "../monitor/life/model.ts";
import type { Watched } from "../monitor/life/rebaselines.ts";
import type { Cell, Head, Problem } from "../notebook/model.ts";
import type { Input, Result, Works, WorksAt } from "../offload/works.ts";
import type { EarlierClusters, KnownClusters, RecordedDrift } from "./earlier-clusters.ts";
import type { OldSource, PastFeaturesAsk, RecordedRefresh } from "./recorded.ts";

/**
 * What every kind of cell is made of. `read` turns the body into a value with every default filled in; `study` says,
 * without running anything, what it reads and what it will yield; `run` computes it. A new kind is one file here,
 * one row in kinds.ts, and its twin in the page.
 */
export interface CellKind<Body> {
  readonly kind: string;
  /** The body as a value with the inputs' values and every default filled in, or its problems. */
  read(cell: Cell, head: Head, inputs: readonly InputValue[]): Reading<Body>;
  /**
   * Finds what the cell reads, by parsing, and the columns that it will yield. Every relation that `run` will use must
   * be asked for with `context.relation`, which records it; files with `context.file`; inputs with `context.input`.
   */
  study(reading: Read<Body>, context: StudyContext): Promise<Study>;
  /** Events that the cell's rows are, in words; only sources have any. */
  events?(body: Body): readonly EventDefinition[];
  /** Names of the segments that the cell defines, which `IN SEGMENT` may take. */
  segments?(body: Body): readonly string[];
  /** What a segment that the data makes is called, by its number; absent where the cell's text says which there are. */
  segmentOf?(body: Body, number: number): string;
  /** What its evidence is of, where that may be told to start anew; absent where it gathers none. */
  watched?(body: Body): Omit<Watched, "id">;
  /** Suffixes of the relations that a cell of this body yields, as its study names them; "" alone where absent. */
  suffixes?(body: Body): readonly string[];
  /** The expressions of the language behind a column that the cell yields; null where it has no such column. */
  behind?(body: Body, column: string): readonly string[] | null;
  /** What a text of the body may name, by its path; absent where none of them names anything but inputs. The sql kind's one text has an empty path. */
  nameAt?(path: readonly (string | number)[]): Naming | null;
  /**
   * The SELECT that the main part is computed by, or what one of its rules or features comes to; also asked for before
   * the cell runs, as far as it can be told by then. Absent where the kind asks nothing of events.
   */
  statement?(reading: Read<Body>, context: LookContext, only: string | null): Promise<CellStatement>;
  /** Computes one part and writes its relations. Expected failures are returned; Cancelled and bugs are thrown. */
  run(reading: Read<Body>, context: RunContext): Promise<Problem[]>;
}

/** A segment of another cell. */
export interface KnownSegment {
  readonly cell: string;
  readonly name: string;
  /** Whether it can be there, and only the cell's result says whether it is. */
  readonly isPossible: boolean;
}

/** A relation's name alone; a rule or expression of the language; one SELECT; or a piece of SQL over columns. */
export type Naming = "relation" | "rule" | "query" | "condition";

export interface EventDefinition {
  readonly words: string;
  /** The event's time column. */
  readonly at: string;
  readonly where: { readonly column: string; readonly value: string } | null;
}

export interface Read<Body> {
  readonly body: Body;
  /** What stands for the body in the cell's key: equal bodies give equal text. */
  readonly canonical: string;
  /** Inputs whose values stand in the body where it says `$name`. */
  readonly inputs: readonly string[];
  /** The place in the notebook file of a value of the body: `["columns", "amount", "type"]`. */
  at(path: readonly (string | number)[]): { line: number; column: number };
  /** Place of an offset into the text of a scalar of the body, such as a rule: one line, or a block. */
  within(path: readonly (string | number)[], offset: number): { line: number; column: number };
}

export type Reading<Body> =
  | { readonly ok: true; readonly value: Read<Body> }
  | {
      readonly ok: false;
      readonly problems: Problem[];
      /** Inputs that the body needs; where one of them has no value, that is all that is wrong. */
      readonly inputs: readonly string[];
    };

export interface Study {
  /** What the kind wants to know about its relations: one entry a relation, the main one first (suffix ""). */
  readonly yields: readonly Yield[];
  readonly problems: readonly Problem[];
  /** True where the result depends on the notebook's moment, or on its seed. */
  readonly usesTime: boolean;
  readonly usesSeed: boolean;
  /** Rules by name in plain words. */
  readonly words: Readonly<Record<string, string>>;
  /** Stands for the body in the cell's key instead of the reading's, where only a study can tell (SQL without its spacing). */
  readonly canonical?: string;
  /** By part: what stands for the body in that part's key alone, and relations that it alone reads. */
  readonly apart?: Readonly<Record<string, { readonly canonical: string; readonly reads: readonly string[] }>>;
  /** Keys of the head that the result depends on, besides its moment, zone and seed; entity and week_starts where absent. */
  readonly head?: readonly HeadKey[];
  /** Parts whose numbers follow those of clusters before, and parts that tell what refreshes recorded of them. */
  readonly follows?: { readonly clusters: readonly string[]; readonly recorded: readonly string[] };
  /** False where the rows that it yields come in no order of their own, as those of a SELECT without ORDER BY. */
  readonly ordered?: boolean;
}

export type HeadKey = "entity" | "week_starts" | "exclude";

export interface Yield {
  /** Appended to the cell's id: "" or "_audit". */
  readonly suffix: string;
  /** Null where the columns can't be known before the cell has run. */
  readonly columns: readonly Column[] | null;
  /** Relations of one part are computed together; "" is the main part, others run only when read or shown. */
  readonly part: string;
}

interface Surroundings {
  readonly cell: Cell;
  readonly head: Head;
  readonly clock: Clock;
  readonly engine: Engine;
  readonly signal: AbortSignal;
  /** Absolute path of the workspace's data folder. */
  readonly dataFolder: string;
  /** Makes a problem of this cell at a place of the file. */
  problem(fault: Fault): Problem;
}

export interface Fault {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  readonly place?: { line: number; column: number } | null;
  readonly severity?: Problem["severity"];
}

export interface StudyContext extends Surroundings {
  /**
   * Columns of a relation of another cell, with what is known of them; records that this cell reads it. Gives a Problem
   * where there is none of that name (with the nearest), or where reading it would be a cycle.
   */
  relation(name: string, place: { line: number; column: number } | null): Promise<KnownRelation | Problem>;
  /** The relation `membership` for a reader to whom only what was recorded of moments before the notebook's counts. */
  stays(place: { line: number; column: number } | null): Promise<KnownRelation | Problem>;
  /**
   * The events of the notebook's sources; columns are known only of those whose words stand in the texts. Nothing is
   * recorded: call `relation` for those in use.
   */
  events(texts: readonly string[]): Promise<KnownEvent[]>;
  /** Segments that cells other than this one define, by cell. */
  segments(): Promise<readonly KnownSegment[]>;
  /** Every input with its value in this plan, `as_of` among them. Nothing is recorded: call `input` for those in use. */
  readonly inputs: readonly InputValue[];
  input(id: string): InputValue | null;
  /** What is kept of this cell's clusters from before; a Problem where that can't be read. Nothing is recorded: the study says what `follows` it. */
  clusters(): Promise<KnownClusters | Problem>;
  /** Files below the data folder that match, sorted by path; records them with their fingerprints. */
  files(pattern: string): Promise<readonly DataFile[]>;
}

export interface KnownRelation {
  /** Null where they can't be known before the other cell has run. */
  readonly columns: readonly Column[] | null;
  /** True where types come from a sample of a file and may change when all of it is read. */
  readonly provisional: boolean;
  /** True of `membership` before anything is recorded. */
  readonly isUnrecorded?: boolean;
}

export interface KnownEvent extends EventWord {
  /** True where its columns are not known yet, or only by a sample. */
  readonly provisional?: boolean;
}

export interface DataFile {
  /** As the notebook names it: relative to the data folder, with forward slashes. */
  readonly path: string;
  readonly absolute: string;
  readonly bytes: number;
}

/** What a data file held, as it was read. */
export interface FileContents {
  readonly rows: number;
  /** Names of its columns, in its order. */
  readonly columns: readonly string[];
}

export type CellStatement =
  | (Statement & { readonly ok: true; readonly parameters?: Parameters })
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** What a cell may ask of what it reads, as its study found it. */
export interface LookContext extends Surroundings {
  /** Columns of a relation that `study` asked for. */
  relation(name: string): Promise<readonly Column[]>;
  events(texts: readonly string[]): Promise<KnownEvent[]>;
  segments(): Promise<readonly KnownSegment[]>;
  readonly inputs: readonly InputValue[];
}

export interface PastAsk {
  readonly cell: string;
  /** The column of its relation that names segments. */
  readonly column: string;
  /** Milliseconds since 1970, the earliest first. */
  readonly moments: readonly number[];
  /**
   * Name of the table: `entity`, `segment`, and the moments, by their number from 0, from which on and before which
   * somebody is in; the latter is missing where it lasts.
   */
  readonly table: string;
}

export type PastMembers =
  | {
      /** What is taken as it is today, in sentences. */
      readonly notes: readonly string[];
    }
  | { readonly why: string };

/** Relations that `study` asked for stand in the engine under their names. */
export interface RunContext extends LookContext {
  /** The part to compute: "" is the main one. */
  readonly part: string;
  /** The relations of other cells that `study` found. */
  readonly reads: readonly string[];
  /** Whether the rows of a relation come in an order of their own; otherwise they come as threads left them. */
  isOrdered(name: string): Promise<boolean>;
  files(pattern: string): Promise<readonly DataFile[]>;
  readonly seed: number;
  /** The clusters that the cell's numbers follow; null where there are none. */
  earlier(): Promise<EarlierClusters | null>;
  /** Where its evidence starts anew. */
  readonly rebaselines: readonly Rebaseline[];
  /** What refreshes recorded of the drift of this cell's clusters, in their order. */
  drift(): Promise<readonly RecordedDrift[]>;
  /** Notes what a file held, by its path below the data folder; the lock tells it. */
  held(path: string, contents: FileContents): void;
  progress(share: number): void;
  /** What is told of progress from here on is of a part of the work, which takes it from one share of the whole to another. */
  stage(from: number, to: number): void;
  /** Makes a table of who would have been in the segments of a cell that this one reads at moments of before; or says why it can't. */
  pastMembers(ask: PastAsk): Promise<PastMembers>;
  /** Shows what such a cell is made of as of moments of before; or says why it can't. */
  pastFeatures(ask: PastFeaturesAsk): Promise<PastMembers>;
  /** The recorded refreshes, in their order. A cell that asks for them reads `membership`. */
  refreshes(): Promise<readonly RecordedRefresh[]>;
  /** Sources behind a relation that this cell reads whose newest data is too old. */
  oldSources(relation: string): Promise<readonly OldSource[]>;
  /** A statement over what is kept of its passes over events; what is missing is computed, and kept for others. */
  kept(statement: Statement): Promise<string>;
  /** Writes a relation of this cell from a SELECT; gives its number of rows. Give it a total order. */
  write(suffix: string, sql: string, parameters?: Parameters): Promise<number>;
  /** Writes a relation of this cell from values. */
  writeColumns(suffix: string, columns: readonly LoadColumn[]): Promise<number>;
  /**
   * Does heavy work in a thread of its own, where it can be ended at any time. Columns of the input are handed over: they
   * are gone here afterwards.
   */
  offload<M extends Works, K extends keyof M & string>(
    works: WorksAt<M>,
    name: K,
    input: Input<M, K>,
  ): Promise<Result<M, K>>;
  /** A name for a scratch table in the engine, dropped when the cell is done. */
  scratch(hint: string): string;
  /** A folder for files that the engine may read, made when first asked for and removed when the cell is done. */
  scratchFolder(): Promise<string>;
}

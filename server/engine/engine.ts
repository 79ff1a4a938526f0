import type { Column } from "../language/vocabulary.ts";
import type { EngineWord } from "./complete.ts";
import type { NamePlaces } from "./name-places.ts";

/** A value that can be bound to `$name`, with the type it is bound as. */
export type Parameter =
  | { readonly type: "BOOLEAN"; readonly value: boolean | null }
  | { readonly type: "BIGINT" | "DOUBLE"; readonly value: number | null }
  | { readonly type: "VARCHAR" | "DATE" | "TIMESTAMP"; readonly value: string | null };

export type Parameters = Readonly<Record<string, Parameter>>;

/** A value as JSON can carry it: BIGINT and DECIMAL as numbers where a double holds them, else text; times ISO 8601. */
export type PlainValue = string | number | boolean | null | PlainValue[] | { [key: string]: PlainValue };

export interface Statement {
  readonly sql: string;
  readonly parameters?: Parameters;
  readonly signal?: AbortSignal;
  /** Called now and then with the share that is done, 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

export interface Table {
  readonly columns: readonly Column[];
  /** Row by row, in the order of the columns. */
  readonly rows: readonly (readonly PlainValue[])[];
}

/** Columns that are handed to the engine: all of one length. */
export interface LoadColumn extends Column {
  readonly values: ArrayLike<string | number | bigint | boolean | null>;
}

/** What parsing a SELECT tells about it. */
export interface Analysis {
  /** Relations that it reads, CTEs left out, each with its first place (offset into the text). */
  readonly relations: readonly { readonly name: string; readonly at: number }[];
  readonly functions: readonly { readonly name: string; readonly at: number; readonly table: boolean }[];
  readonly parameters: readonly string[];
  /** The parsed statement without places: equal for texts that differ in comments, spacing and keyword case. */
  readonly canonical: string;
}

/** What went wrong in a statement; expected, so a value of its own. */
export class EngineFailure extends Error {
  constructor(
    readonly kind: "syntax" | "binder" | "catalog" | "conversion" | "memory" | "permission" | "io" | "other",
    message: string,
    /** Offset into the statement's text, where the engine knows it. */
    readonly position: number | null,
    readonly candidates: readonly string[],
  ) {
    super(message);
    this.name = "EngineFailure";
  }
}

/** A statement, or the work around it, took more than it may. */
export class LimitReached extends Error {
  constructor(
    readonly limit: "memory" | "temp" | "rows" | "seconds",
    /** Bytes, rows or seconds. */
    readonly value: number,
  ) {
    super(`the limit of ${limit} was reached`);
    this.name = "LimitReached";
  }
}

/** Thrown where the signal of a statement fires. */
export class Cancelled extends Error {
  constructor() {
    super("cancelled");
    this.name = "Cancelled";
  }
}

/** Where SQL runs. Statements may overlap; each takes a connection of its own. Throws EngineFailure, LimitReached or Cancelled. */
export interface Engine {
  readonly version: string;
  execute(statement: Statement): Promise<void>;
  table(statement: Statement): Promise<Table>;
  /** Like `table`, but piece by piece in the order of the rows, so that it need not fit in memory. */
  pieces(statement: Statement, take: (piece: Table) => Promise<void>): Promise<void>;
  /** Like `table`, one object a row. */
  rows(statement: Statement): Promise<Record<string, PlainValue>[]>;
  /** All columns as doubles, column by column; missing is NaN. With the number of rows that come, which must be right, they are not held twice. */
  numbers(statement: Statement, rows?: number): Promise<Float64Array[]>;
  /** Columns that a SELECT would yield. */
  describe(statement: Statement): Promise<Column[]>;
  /** Makes a table of the values, replacing one of that name. */
  load(name: string, columns: readonly LoadColumn[], options?: { signal?: AbortSignal }): Promise<void>;
  /** Parses one SELECT; throws EngineFailure of kind `syntax` where it is none. */
  analyse(sql: string): Promise<Analysis>;
  /** Where one SELECT names relations and parameters; throws as `analyse` does. */
  places(sql: string): Promise<NamePlaces>;
  /** Words of the engine's that may follow a text that is being written. */
  complete(before: string): Promise<EngineWord[]>;
  close(): Promise<void>;
}

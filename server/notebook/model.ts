/** What a notebook file is once it has been read. Offsets count UTF-16 units from 0, lines and columns from 1. */

export type Severity = "error" | "warning" | "note";

/** Something that is wrong, with its place and what to do about it. Every expected error is one of these. */
export interface Problem {
  /** Stable, lower case with dashes, such as `yaml-syntax` or `unknown-column`. */
  readonly code: string;
  readonly severity: Severity;
  /** The cell it belongs to, or null where it belongs to the file. */
  readonly cell: string | null;
  /** Line and column in the notebook file; null where the fault lies elsewhere (a data file, the engine). */
  readonly line: number | null;
  readonly column: number | null;
  /** One sentence: what is wrong, with what was found and what was expected. Names the data file, its line and column where the fault is in the data. */
  readonly message: string;
  /** One sentence: what to do next. */
  readonly hint: string;
}

export interface Head {
  /** Format version; 1 today. */
  readonly segbook: number;
  readonly title: string | null;
  readonly entity: string;
  /** A moment as written, an input as `$id`, or `now`. */
  readonly as_of: string;
  readonly timezone: string;
  readonly week_starts: "monday" | "sunday";
  readonly seed: number;
  /** A rule of people who are in no segment. */
  readonly exclude: string | null;
}

/** One fence whose info string is `<kind> <id>`. */
export interface Cell {
  readonly kind: string;
  readonly id: string;
  /** False where the kind is not one of the format's; such a cell is kept and shown, never run. */
  readonly known: boolean;
  /** The text between the fences, with the file's own line ends. */
  readonly body: string;
  /** Line of the opening fence, and of the first line of the body. */
  readonly line: number;
  readonly bodyLine: number;
  /** Offsets into the file's text: the whole cell with both fences, and its body alone. */
  readonly start: number;
  readonly end: number;
  readonly bodyStart: number;
  readonly bodyEnd: number;
}

export type Block =
  | {
      readonly type: "head";
      readonly text: string;
      readonly start: number;
      readonly end: number;
    }
  | {
      readonly type: "prose";
      readonly text: string;
      readonly start: number;
      readonly end: number;
    }
  | {
      readonly type: "listing";
      readonly text: string;
      readonly start: number;
      readonly end: number;
    }
  | { readonly type: "cell"; readonly cell: Cell };

export interface Notebook {
  /** The file as it is, byte for byte once encoded. */
  readonly text: string;
  readonly head: Head;
  /** Every character of the file belongs to exactly one block; their texts joined are the file. */
  readonly blocks: readonly Block[];
  readonly cells: readonly Cell[];
  readonly problems: readonly Problem[];
  /** True where the file is of a newer format. */
  readonly readOnly: boolean;
}

export const CELL_KINDS = [
  "input",
  "source",
  "sql",
  "features",
  "score",
  "segments",
  "cluster",
  "transform",
  "chart",
  "monitor",
] as const;

export type CellKindName = (typeof CELL_KINDS)[number];

import type { CellKind, DataFile, KnownRelation, Read, Study, StudyContext } from "../cells/kind.ts";
import type { Cell, Problem } from "../notebook/model.ts";
import type { Stored } from "./cache.ts";
import type { KeyParts } from "./key.ts";

/** One set of relations that are computed together. */
export interface StudiedPart {
  /** "" for the main one. */
  readonly part: string;
  readonly key: string;
  readonly parts: KeyParts;
  readonly suffixes: readonly string[];
  readonly stored: Stored | null;
}

/** What is known of a cell without running it. */
export interface StudiedCell {
  readonly cell: Cell;
  /** Null where the kind is unknown. */
  readonly kind: CellKind<unknown> | null;
  /** Null where the body can't be read. */
  readonly reading: Read<unknown> | null;
  readonly study: Study | null;
  /** Relations of other cells that it reads. */
  readonly relations: readonly string[];
  /** What it reads of `membership`: by rules only what was recorded of moments before the notebook's. */
  readonly history: "none" | "past" | "whole";
  /** Inputs whose values it uses, the one that gives the moment among them where it uses that. */
  readonly inputs: readonly string[];
  readonly usesTime: boolean;
  /** Pattern as the cell has it → files that matched it. */
  readonly files: ReadonlyMap<string, readonly DataFile[]>;
  readonly problems: readonly Problem[];
  /** What is at fault that it needs, directly or not, as it is named in a sentence: it can't run. */
  readonly blockedBy: readonly string[];
  /** Of a clustering: numbers of clusters at the last refresh or in the lock, which it goes on with. */
  readonly numbers: readonly number[];
  /** Empty where it is at fault or blocked. */
  readonly parts: readonly StudiedPart[];
}

/** The part that holds a relation; null where the cell has no key. */
export function partOf(studied: StudiedCell, suffix: string): StudiedPart | null {
  return studied.parts.find((part) => part.suffixes.includes(suffix)) ?? null;
}

export function mainPart(studied: StudiedCell): StudiedPart | null {
  return studied.parts.find((part) => part.part === "") ?? null;
}

/** Columns as the last result with this key has them, else as the study foresees them. */
export function columnsOf(studied: StudiedCell, suffix: string): KnownRelation {
  const stored = partOf(studied, suffix)?.stored?.relations.find((relation) => relation.suffix === suffix);
  if (stored !== undefined) return { columns: stored.columns, provisional: false };
  const foreseen = studied.study?.yields.find((one) => one.suffix === suffix)?.columns ?? null;
  return { columns: foreseen, provisional: true };
}

/** A cell with what its parts' keys hold now. */
export function withStored(studied: StudiedCell, stored: ReadonlyMap<string, Stored>): StudiedCell {
  return {
    ...studied,
    parts: studied.parts.map((part) => ({ ...part, stored: stored.get(part.part) ?? part.stored })),
  };
}

export function isFaulty(problems: readonly Problem[]): boolean {
  return problems.some((problem) => problem.severity === "error");
}

/** Makes problems of one cell; without a place of their own they stand at its fence. */
export function problemMaker(cell: Cell): StudyContext["problem"] {
  return (fault) => {
    const place = fault.place ?? { line: cell.line, column: 1 };
    const { code, message, hint, severity = "error" } = fault;
    return { code, severity, cell: cell.id, line: place.line, column: place.column, message, hint };
  };
}

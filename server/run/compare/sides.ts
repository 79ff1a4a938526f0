import { literal, name as quoted } from "../../language/quote.ts";
import type { Column } from "../../language/vocabulary.ts";
import type { StoredRelation } from "../cache.ts";
import type { RelationComparison } from "./view.ts";

/** One side's result of a relation. */
export interface StoredSide {
  readonly name: string;
  /** Absolute path of its Parquet file. */
  readonly file: string;
  readonly stored: StoredRelation;
}

/** Both sides' results; at least one is there. */
export interface Both {
  readonly before: StoredSide | null;
  readonly after: StoredSide | null;
}

export function rowsOf(side: StoredSide): string {
  return `read_parquet(${literal(side.file)})`;
}

export function comparedColumns({ before, after }: Both): RelationComparison["columns"] {
  const [was, is] = [before?.stored.columns ?? [], after?.stored.columns ?? []];
  const typeIn = (columns: StoredRelation["columns"], name: string) => columns.find((one) => one.name === name)?.type;
  return {
    added: is.filter(({ name }) => typeIn(was, name) === undefined).map((column) => ({ ...column })),
    removed: was.filter(({ name }) => typeIn(is, name) === undefined).map((column) => ({ ...column })),
    retyped: was.flatMap(({ name, type }) => {
      const now = typeIn(is, name);
      return now === undefined || now === type ? [] : [{ name, before: type, after: now }];
    }),
  };
}

/** The columns that both sides have in one type. */
export function sharedColumns({ before, after }: Both): Column[] {
  const is = new Map(after?.stored.columns.map(({ name, type }) => [name, type]));
  return (before?.stored.columns ?? []).filter(({ name, type }) => is.get(name) === type);
}

/** A column as an expression; entities of two types are compared as text. */
export function keyColumn({ before, after }: Both, column: string): string {
  const [was, is] = [before, after].map((side) => side?.stored.columns.find(({ name }) => name === column)?.type);
  return was === is || was === undefined || is === undefined ? quoted(column) : `${quoted(column)}::VARCHAR`;
}

/** Which column of which relation of the notebook a column comes from, unchanged. */
export interface Origin {
  readonly relation: string;
  readonly column: string;
}

export interface ShapeColumn {
  readonly name: string;
  /** The engine's type; null where it is not known. */
  readonly type: string | null;
  readonly origin: Origin | null;
}

/** What is known of the rows of a table or a query without looking at any. */
export interface Shape {
  /** Null where the columns are not known. */
  readonly columns: readonly ShapeColumn[] | null;
  /** Sets of columns, in lower case, of which no two rows have the same; an empty set where there is one row at most. */
  readonly keys: readonly (readonly string[])[];
  /** True where the rows come out of something that is not looked into. */
  readonly opaque: boolean;
}

export const OPAQUE: Shape = { columns: null, keys: [], opaque: true };

/** Whether columns hold one of the keys, so that they tell every row from the others. */
export function coversKey(columns: Iterable<string>, keys: readonly (readonly string[])[]): boolean {
  const held = new Set(columns);
  return keys.some((key) => key.every((name) => held.has(name)));
}

/** Kinds of cell whose relation says who is in which segment, with its column of names. */
const COLUMNS: Readonly<Record<string, string>> = { segments: "segment", score: "band", cluster: "segment" };

/** The column of a cell's relation that names segments; null for kinds that yield none. */
export function segmentColumn(kind: string): string | null {
  return Object.hasOwn(COLUMNS, kind) ? (COLUMNS[kind] ?? null) : null;
}

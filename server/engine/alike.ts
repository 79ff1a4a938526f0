/**
 * Of so many columns each kind is asked as one list: the engine's time and memory for a statement that asks something of
 * every column grow by the square of their number, so that the types of 1,500 columns of text took 17 s and 8 GB. With
 * fewer neither is the faster.
 */
const MANY = 100;

/** Columns by what is asked of them, those alike in order; null where all are so few that each is asked by itself. */
export function alike<Column>(
  columns: readonly Column[],
  wayOf: (column: Column) => string,
): readonly (readonly Column[])[] | null {
  if (columns.length < MANY) return null;
  const ways = new Map<string, Column[]>();
  for (const column of columns) {
    const way = wayOf(column);
    const those = ways.get(way);
    if (those === undefined) ways.set(way, [column]);
    else those.push(column);
  }
  return [...ways.values()];
}

/** Fewer rows than these are all different by chance. */
const FEWEST = 50;
/** Pairs of equal values that whole numbers drawn from the same range would have. */
const CHANCE = 5;
const FIRST = 1_000;

/**
 * Whether a column numbers people instead of measuring something of them: a whole number for each, no two of them the same
 * although of so many drawn at random from their range five pairs would be (n² / 2 / range), or although the range is
 * wider, where `isNamedSo` says that the column's name is that of a number.
 */
export function isNumbering(values: Float64Array, isNamedSo: boolean): boolean {
  const rows = values.length;
  if (rows < FEWEST || new Set(values.subarray(0, FIRST)).size < Math.min(rows, FIRST)) return false;
  if (!values.every(Number.isSafeInteger)) return false;
  const ascending = values.slice().sort();
  const range = (ascending.at(-1) ?? 0) - (ascending[0] ?? 0) + 1;
  if (!isNamedSo && rows ** 2 / 2 / range < CHANCE) return false;
  return ascending.every((value, at) => at === 0 || value !== ascending[at - 1]);
}

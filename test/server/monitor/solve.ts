/** Solves a square system by elimination with row swaps; for checking, not for speed. */
export function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i] ?? 0]);
  const size = rows.length;
  for (let column = 0; column < size; column++) {
    let pivot = column;
    for (let row = column + 1; row < size; row++) {
      if (Math.abs(rows[row]?.[column] ?? 0) > Math.abs(rows[pivot]?.[column] ?? 0)) pivot = row;
    }
    const chosen = rows[pivot] ?? [];
    rows[pivot] = rows[column] ?? [];
    rows[column] = chosen;
    for (let row = 0; row < size; row++) {
      const line = rows[row] ?? [];
      const factor = (line[column] ?? 0) / (chosen[column] ?? 1);
      if (row === column || factor === 0) continue;
      for (let i = column; i <= size; i++) line[i] = (line[i] ?? 0) - factor * (chosen[i] ?? 0);
    }
  }
  return rows.map((row, i) => (row[size] ?? 0) / (row[i] ?? 1));
}

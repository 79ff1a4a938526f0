/**
 * Pairs rows with columns, each at most once, so that the sum of the pairs' whole-number weights is the greatest; of
 * several such pairings the one whose first row has the smallest column, then the second row, and so on. Gives the column
 * of each row, −1 where it has none. The Hungarian method with potentials, O(n³) (Kuhn 1955, Munkres 1957), and then the
 * first of the perfect matchings along edges that the potentials leave without slack, all of which are optimal.
 */
export function optimalAssignment(weights: readonly (readonly number[])[]): Int32Array {
  const columns = weights[0]?.length ?? 0;
  const size = Math.max(weights.length, columns);
  // Rows and columns without a partner are paired with others that weigh nothing.
  const cost = Array.from({ length: size }, (_, row) =>
    Float64Array.from({ length: size }, (_, column) => -(weights[row]?.[column] ?? 0)),
  );
  const found = firstOf(hungarian(cost), cost);
  return found.slice(0, weights.length).map((column) => (column < columns ? column : -1));
}

interface Solved {
  readonly column: Int32Array;
  /** Potentials: cost − row − column is never below 0, and 0 along an optimal pairing. */
  readonly ofRow: Float64Array;
  readonly ofColumn: Float64Array;
}

function hungarian(cost: readonly Float64Array[]): Solved {
  const size = cost.length;
  const ofRow = new Float64Array(size);
  const ofColumn = new Float64Array(size);
  /** Row of each column; the last place is that of the row that looks for one. */
  const row = new Int32Array(size + 1).fill(-1);
  for (let added = 0; added < size; added++) {
    row[size] = added;
    const least = new Float64Array(size).fill(Infinity);
    const from = new Int32Array(size).fill(size);
    const isReached = new Uint8Array(size + 1);
    let at = size;
    do {
      isReached[at] = 1;
      const here = row[at] as number;
      let next = -1;
      let step = Infinity;
      for (let column = 0; column < size; column++) {
        if (isReached[column] === 1) continue;
        const slack = slackOf(cost, { ofRow, ofColumn }, here, column);
        if (slack < (least[column] as number)) {
          least[column] = slack;
          from[column] = at;
        }
        if ((least[column] as number) < step) {
          step = least[column] as number;
          next = column;
        }
      }
      for (let column = 0; column <= size; column++) {
        if (isReached[column] === 1) {
          const owner = row[column] as number;
          ofRow[owner] = (ofRow[owner] as number) + step;
          if (column < size) ofColumn[column] = (ofColumn[column] as number) - step;
        } else if (column < size) least[column] = (least[column] as number) - step;
      }
      at = next;
    } while (row[at] !== -1);
    while (at !== size) {
      const before = from[at] as number;
      row[at] = row[before] as number;
      at = before;
    }
  }
  const column = new Int32Array(size);
  row.subarray(0, size).forEach((owner, place) => {
    column[owner] = place;
  });
  return { column, ofRow, ofColumn };
}

function slackOf(
  cost: readonly Float64Array[],
  { ofRow, ofColumn }: Pick<Solved, "ofRow" | "ofColumn">,
  row: number,
  column: number,
): number {
  return (cost[row]?.[column] as number) - (ofRow[row] as number) - (ofColumn[column] as number);
}

/** Gives each row in turn the smallest column that leaves an optimal pairing for those after it. */
function firstOf(solved: Solved, cost: readonly Float64Array[]): Int32Array {
  const size = cost.length;
  const column = solved.column.slice();
  const owner = new Int32Array(size);
  column.forEach((place, row) => {
    owner[place] = row;
  });
  const isTight = (row: number, place: number) => slackOf(cost, solved, row, place) === 0;
  /** Moves `row` to a column that ends at `free`, by rows after `fixed` alone. */
  const reroute = (row: number, free: number, fixed: number, isTried: Uint8Array): boolean => {
    for (let place = 0; place < size; place++) {
      if (isTried[place] === 1 || !isTight(row, place)) continue;
      isTried[place] = 1;
      const holder = owner[place] as number;
      if (place !== free && (holder <= fixed || !reroute(holder, free, fixed, isTried))) continue;
      owner[place] = row;
      column[row] = place;
      return true;
    }
    return false;
  };
  for (let row = 0; row < size; row++) {
    for (let place = 0; place < (column[row] as number); place++) {
      const holder = owner[place] as number;
      if (holder < row || !isTight(row, place)) continue;
      const free = column[row] as number;
      const isTried = new Uint8Array(size);
      isTried[place] = 1;
      if (!reroute(holder, free, row, isTried)) continue;
      owner[place] = row;
      column[row] = place;
      break;
    }
  }
  return column;
}

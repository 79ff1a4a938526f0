import type { Shape } from "./points.ts";

/** The directions in which points differ most. */
export interface Principal {
  /** Unit vectors, `count` × columns, row-major; the largest entry of each is positive. */
  readonly axes: Float64Array;
  /** Of all variance, 0 to 1, in falling order; 0 where nothing varies. */
  readonly shares: readonly number[];
  /** Mean of each column. */
  readonly middle: Float64Array;
}

/**
 * The first `count` principal components of points (Pearson 1901): eigenvectors of their covariance (n − 1), found by
 * Jacobi's rotations to about 1e-14 of the largest. There are as many as columns at most.
 */
export function principalComponents(points: Float64Array, shape: Shape, count: number): Principal {
  const { columns } = shape;
  const { middle, covariance } = spread(points, shape);
  const { values, vectors } = jacobi(covariance, columns);
  const total = values.reduce((sum, value) => sum + Math.max(value, 0), 0);
  const order = Array.from(values.keys()).sort((a, b) => (values[b] as number) - (values[a] as number) || a - b);
  const chosen = order.slice(0, count);
  const axes = new Float64Array(chosen.length * columns);
  chosen.forEach((at, component) => {
    const axis = Float64Array.from({ length: columns }, (_, c) => vectors[c * columns + at] as number);
    const largest = axis.reduce((most, value) => (Math.abs(value) > Math.abs(most) + 1e-9 ? value : most), 0);
    axes.set(
      axis.map((value) => (largest < 0 ? -value : value) + 0),
      component * columns,
    );
  });
  return { axes, shares: chosen.map((at) => (total > 0 ? Math.max(values[at] as number, 0) / total : 0)), middle };
}

/** Where rows are along each component, rows × components, row-major; from the middle of all points. */
export function project(
  points: Float64Array,
  columns: number,
  rows: Int32Array,
  { axes, middle }: Principal,
): Float64Array {
  const components = axes.length / columns;
  const places = new Float64Array(rows.length * components);
  rows.forEach((row, at) => {
    for (let component = 0; component < components; component++) {
      let sum = 0;
      for (let c = 0; c < columns; c++) {
        const apart = (points[row * columns + c] as number) - (middle[c] as number);
        sum += apart * (axes[component * columns + c] as number);
      }
      places[at * components + component] = sum;
    }
  });
  return places;
}

function spread(points: Float64Array, { rows, columns }: Shape): { middle: Float64Array; covariance: Float64Array } {
  const middle = new Float64Array(columns);
  for (let row = 0; row < rows; row++) {
    for (let c = 0; c < columns; c++) middle[c] = (middle[c] as number) + (points[row * columns + c] as number);
  }
  for (let c = 0; c < columns; c++) middle[c] = (middle[c] as number) / Math.max(rows, 1);
  const covariance = new Float64Array(columns * columns);
  // Column by column of a block of rows, whose sums stay in registers: several times as fast as row by row, and the same sums.
  const apart = new Float64Array(BLOCK * columns);
  for (let from = 0; from < rows; from += BLOCK) {
    const count = Math.min(BLOCK, rows - from);
    for (let c = 0; c < columns; c++) {
      const mean = middle[c] as number;
      for (let row = 0; row < count; row++) {
        apart[c * BLOCK + row] = (points[(from + row) * columns + c] as number) - mean;
      }
    }
    for (let i = 0; i < columns; i++) {
      for (let j = i; j < columns; j++) {
        covariance[i * columns + j] = withProducts(covariance[i * columns + j] as number, apart, { i, j, count });
      }
    }
  }
  for (let i = 0; i < columns; i++) {
    for (let j = i; j < columns; j++) {
      const value = (covariance[i * columns + j] as number) / Math.max(rows - 1, 1);
      covariance[i * columns + j] = value;
      covariance[j * columns + i] = value;
    }
  }
  return { middle, covariance };
}

/** Rows that are looked at together. */
const BLOCK = 256;

/** A sum and the products of two columns of a block, row after row. */
function withProducts(
  sum: number,
  apart: Float64Array,
  { i, j, count }: { readonly i: number; readonly j: number; readonly count: number },
): number {
  let total = sum;
  for (let row = 0; row < count; row++) {
    total += (apart[i * BLOCK + row] as number) * (apart[j * BLOCK + row] as number);
  }
  return total;
}

/** More sweeps than any matrix needs. */
const SWEEPS = 60;

/** Eigenvalues and, in the columns of `vectors`, eigenvectors of a symmetric matrix (Golub and Van Loan, 8.5). */
function jacobi(symmetric: Float64Array, n: number): { values: Float64Array; vectors: Float64Array } {
  const a = symmetric.slice();
  const vectors = new Float64Array(n * n);
  for (let i = 0; i < n; i++) vectors[i * n + i] = 1;
  const scale = a.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    let turned = false;
    for (let p = 0; p < n - 1; p++) {
      for (let q = p + 1; q < n; q++) {
        const off = a[p * n + q] as number;
        if (Math.abs(off) <= 1e-15 * scale) continue;
        turned = true;
        const theta = ((a[q * n + q] as number) - (a[p * n + p] as number)) / (2 * off);
        const tangent = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
        const cosine = 1 / Math.hypot(tangent, 1);
        rotate(a, n, { p, q, cosine, sine: tangent * cosine });
        turnColumns(vectors, n, { p, q, cosine, sine: tangent * cosine });
      }
    }
    if (!turned) break;
  }
  return { values: Float64Array.from({ length: n }, (_, i) => a[i * n + i] as number), vectors };
}

interface Rotation {
  readonly p: number;
  readonly q: number;
  readonly cosine: number;
  readonly sine: number;
}

/** Jᵀ A J. */
function rotate(a: Float64Array, n: number, rotation: Rotation): void {
  turnColumns(a, n, rotation);
  const { p, q, cosine, sine } = rotation;
  for (let c = 0; c < n; c++) {
    const above = a[p * n + c] as number;
    const below = a[q * n + c] as number;
    a[p * n + c] = cosine * above - sine * below;
    a[q * n + c] = sine * above + cosine * below;
  }
}

function turnColumns(a: Float64Array, n: number, { p, q, cosine, sine }: Rotation): void {
  for (let row = 0; row < n; row++) {
    const left = a[row * n + p] as number;
    const right = a[row * n + q] as number;
    a[row * n + p] = cosine * left - sine * right;
    a[row * n + q] = sine * left + cosine * right;
  }
}

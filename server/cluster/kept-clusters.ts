import type { Transform } from "./transform.ts";

/** How a column was made comparable: x → (transform(x) − low) / spread; a spread of 0 stands for a column of one value. */
export interface KeptColumn {
  readonly name: string;
  readonly transform: Transform;
  readonly low: number;
  readonly spread: number;
  /** What stood for a missing value, in the column's own units: its median. */
  readonly fill: number;
}

/** A cluster as it was: `centre` and `sd` (n − 1) have a value a column, in scaled units. */
export interface KeptCluster {
  readonly number: number;
  readonly name: string;
  readonly size: number;
  readonly centre: readonly number[];
  /** Null where it was not kept. */
  readonly sd: readonly number[] | null;
}

/** What is kept of a clustering, so that a later one can follow it. */
export interface KeptClusters {
  readonly columns: readonly KeptColumn[];
  readonly clusters: readonly KeptCluster[];
}

/**
 * Later clusters in the scaled units of earlier ones: (x · spread + low − low₀) / spread₀ for centres, and likewise for
 * sds. Columns in the order of the earlier ones; NaN where a column is gone, is transformed otherwise or had one value.
 */
export function inUnitsOf(earlier: KeptClusters, later: KeptClusters): KeptCluster[] {
  const columns = earlier.columns.map((column) => {
    const position = later.columns.findIndex(({ name }) => name === column.name);
    const now = later.columns[position];
    const isAlike = now !== undefined && now.transform === column.transform && column.spread > 0;
    return { column, now: isAlike ? now : null, position };
  });
  return later.clusters.map((cluster) => ({
    ...cluster,
    centre: columns.map(({ column, now, position }) => {
      const value = cluster.centre[position];
      if (now === null || value === undefined) return Number.NaN;
      // The same yardstick must leave the same bits.
      if (now.low === column.low && now.spread === column.spread) return value;
      return (value * now.spread + now.low - column.low) / column.spread;
    }),
    sd:
      cluster.sd === null
        ? null
        : columns.map(({ column, now, position }) =>
            now === null ? Number.NaN : ((cluster.sd?.[position] ?? Number.NaN) * now.spread) / column.spread,
          ),
  }));
}

/** Euclidean distances between earlier centres (rows) and later ones, over the columns that can be compared; NaN where none can. */
export function centreGaps(earlier: KeptClusters, later: KeptClusters): number[][] {
  const moved = inUnitsOf(earlier, later);
  return earlier.clusters.map(({ centre }) =>
    moved.map((cluster) => {
      const gaps = centre.flatMap((value, c) => {
        const gap = value - (cluster.centre[c] ?? Number.NaN);
        return Number.isNaN(gap) ? [] : [gap * gap];
      });
      return gaps.length === 0 ? Number.NaN : Math.sqrt(gaps.reduce((sum, gap) => sum + gap, 0));
    }),
  );
}

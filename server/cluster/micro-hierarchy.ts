import { topClusters } from "./cut.ts";
import { hamerlyNearest } from "./hamerly.ts";
import { type Merges, toMerges } from "./merges.ts";
import { type MicroClusters, microClusters } from "./micro.ts";
import { type Labels, numberBySize } from "./number-by-size.ts";
import type { Pace } from "./pace.ts";
import type { RowSource } from "./row-source.ts";
import { kernelWard } from "./ward-kernel.ts";
import { plainWard } from "./ward-rounds.ts";

/** Ward's hierarchy of many rows by way of a few thousand small groups of them. */
export interface MicroHierarchy {
  readonly cells: MicroClusters;
  /** Of the cells; sizes are in rows. */
  readonly merges: Merges;
}

/**
 * Micro-clusters and Ward's exact hierarchy of them, each weighted with its rows: what all the rows' hierarchy would be above
 * the cells, were they its own. With no more different rows than cells it is that one. Rows are finite.
 */
export async function microHierarchy(
  source: RowSource,
  { pace, seed }: { readonly pace: Pace; readonly seed: number },
): Promise<MicroHierarchy> {
  const cells = await microClusters(source, { pace: pace.part(0, 0.8), seed });
  const { weight, centres } = cells;
  const weighted = { coordinates: centres, columns: source.columns, weight };
  const rest = pace.part(0.8, 1);
  const joins =
    pace.kernels === null || weight.length < 2
      ? await plainWard(weighted, rest)
      : await kernelWard(weighted, rest, pace.kernels);
  return { cells, merges: toMerges(weight.length, joins, weight) };
}

/** The k clusters of the cut, after k-means moved every row to the nearest mean; numbered by size. */
export async function settledCut(
  source: RowSource,
  hierarchy: MicroHierarchy,
  { k, pace }: { readonly k: number; readonly pace: Pace },
): Promise<Labels> {
  const start = cutCentres(hierarchy, k, source.columns);
  return numberBySize(await hamerlyNearest(source, start, { iterations: 300, pace })).labels;
}

function cutCentres({ cells, merges }: MicroHierarchy, k: number, columns: number): Float64Array {
  const means = new Float64Array(k * columns);
  const rows = new Float64Array(k);
  topClusters(merges, k).forEach((cluster, cell) => {
    const weight = cells.weight[cell] as number;
    rows[cluster] = (rows[cluster] as number) + weight;
    for (let c = 0; c < columns; c++) {
      const at = cluster * columns + c;
      means[at] = (means[at] as number) + (cells.centres[cell * columns + c] as number) * weight;
    }
  });
  return means.map((sum, at) => sum / (rows[Math.floor(at / columns)] as number));
}

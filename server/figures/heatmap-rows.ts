import type { CellValue } from "./cell-value.ts";

export interface HeatColumn {
  name: string;
  /** What stands in the head; absent: the name. */
  label?: string;
  /** What it is counted in: `days`, `GBP`; `percent` turns shares into per cent. */
  unit?: string;
}

export interface HeatCell {
  /** The cluster's mean, or its median, in the column's own units. */
  value: number | null;
  /** How far from everybody's mean, in standard deviations. */
  z: number | null;
}

export interface HeatRow {
  name: string;
  /** The cluster's number, which gives its colour; null for a segment. */
  cluster: number | null;
  size: number;
  /** Of everybody, from 0 to 1. */
  share: number;
  /** One a column, in the columns' order. */
  cells: HeatCell[];
}

export interface Heat {
  columns: HeatColumn[];
  rows: HeatRow[];
  /** Everybody's mean, one a column. */
  everybody: (number | null)[];
}

interface Relation {
  columns: { name: string }[];
  rows: CellValue[][];
}

/**
 * A profile relation (`cluster, size, share, column, mean, population_mean, z`, one row a cluster and column) as the
 * rows of a heat map; of medians, everybody's is not known here. Names are by cluster number; a cluster without one is `Cluster 2`.
 */
export function profileHeat(
  profile: Relation,
  names: Readonly<Record<number, string>> = {},
  measure: "mean" | "median" = "mean",
): Heat {
  const at = (name: string) => profile.columns.findIndex((column) => column.name === name);
  const place = {
    cluster: at("cluster"),
    size: at("size"),
    share: at("share"),
    column: at("column"),
    value: at(measure),
    everybody: measure === "mean" ? at("population_mean") : -1,
    z: at("z"),
  };
  const columns: string[] = [];
  const everybody: (number | null)[] = [];
  const rows = new Map<number, HeatRow>();
  for (const row of profile.rows) {
    const column = String(row[place.column] ?? "");
    let index = columns.indexOf(column);
    if (index < 0) {
      index = columns.push(column) - 1;
      everybody.push(asNumber(row[place.everybody]));
    }
    const cluster = asNumber(row[place.cluster]) ?? 0;
    const known = rows.get(cluster) ?? {
      name: names[cluster] ?? `Cluster ${cluster}`,
      cluster,
      size: asNumber(row[place.size]) ?? 0,
      share: asNumber(row[place.share]) ?? 0,
      cells: [],
    };
    known.cells[index] = { value: asNumber(row[place.value]), z: asNumber(row[place.z]) };
    rows.set(cluster, known);
  }
  const filled = [...rows.values()].map((row) => ({
    ...row,
    cells: columns.map((_, index) => row.cells[index] ?? { value: null, z: null }),
  }));
  filled.sort((a, b) => (a.cluster ?? 0) - (b.cluster ?? 0));
  return { columns: columns.map((name) => ({ name })), rows: filled, everybody };
}

/** Decimals travel as text where a double does not hold them. */
function asNumber(value: CellValue | undefined): number | null {
  if (value === null || value === undefined || typeof value === "boolean") return null;
  const number = Number(value);
  return Number.isNaN(number) ? null : number;
}

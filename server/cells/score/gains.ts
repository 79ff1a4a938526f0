import type { LoadColumn } from "../../engine/engine.ts";
import type { Column } from "../../language/vocabulary.ts";
import { wilson, Z } from "./wilson.ts";

/** What is counted of the people of a band; sums in doubles. */
export interface Performance {
  /** Null for those without one. */
  readonly band: string | null;
  readonly people: number;
  /** Of whom the outcome is known. */
  readonly known: number;
  /** How many have it; of a number, its sum. */
  readonly total: number;
  /** Of a number, its standard deviation with n − 1; null for shares, and of fewer than two people. */
  readonly deviation: number | null;
}

export interface Measured {
  readonly kind: "share" | "number";
  /** Of the time in which the outcome may happen, 0 to 1; null where it is a column. */
  readonly covered: number | null;
}

const double = (name: string) => ({ name, type: "DOUBLE" });

export const outcomeColumns: readonly Column[] = [
  { name: "band", type: "VARCHAR" },
  { name: "people", type: "BIGINT" },
  { name: "known", type: "BIGINT" },
  ...["total", "rate", "low", "high", "lift", "reached", "gained", "covered"].map(double),
];

/**
 * How the bands perform, the highest first. `rate` is the share with the outcome (of a number, its mean) of those of whom
 * it is known, `low` to `high` its 95 % interval (Wilson's; of a mean, ± 1.96 standard errors), `lift` the rate over that
 * of everybody, `reached` and `gained` the shares of all people and of all outcomes in this band and those above. Where
 * the data does not cover the whole time, nothing is judged: all but `people` and `covered` is missing.
 */
export function gainsTable(rows: readonly Performance[], { kind, covered }: Measured): LoadColumn[] {
  const judged = covered === null || covered === 1;
  const all = {
    people: sum(rows.map(({ people }) => people)),
    known: sum(rows.map(({ known }) => known)),
    total: sum(rows.map(({ total }) => total)),
  };
  const overall = ratio(all.total, all.known);
  const table = rows.map((row, place) => {
    const above = rows.slice(0, place + 1);
    const rate = ratio(row.total, row.known);
    const spread = kind === "share" ? wilson(row.total, row.known) : around(rate, row);
    return {
      ...{ band: row.band, people: row.people, known: judged ? row.known : null, total: judged ? row.total : null },
      ...{ rate, low: spread?.low ?? null, high: spread?.high ?? null },
      lift: rate === null || overall === null ? null : ratio(rate, overall),
      reached: ratio(sum(above.map(({ people }) => people)), all.people),
      // A share of what is partly lost and partly won says nothing.
      gained: rows.some(({ total }) => total < 0) ? null : ratio(sum(above.map(({ total }) => total)), all.total),
      covered,
    };
  });
  const unjudged = new Set(["rate", "low", "high", "lift", "reached", "gained"]);
  return outcomeColumns.map(({ name, type }) => ({
    ...{ name, type },
    values: table.map((row) => (unjudged.has(name) && !judged ? null : row[name as keyof (typeof table)[number]])),
  }));
}

function around(mean: number | null, { known, deviation }: Performance): { low: number; high: number } | null {
  if (mean === null || deviation === null) return null;
  const half = (Z * deviation) / Math.sqrt(known);
  return { low: mean - half, high: mean + half };
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

import { largestLabel } from "./centres.ts";
import type { Condition } from "./condition.ts";
import type { Labels } from "./number-by-size.ts";
import type { Finding } from "./outcome.ts";
import type { Pace } from "./pace.ts";
import { type Random, sampleRows } from "./random.ts";
import { searchRule } from "./rule-search.ts";

interface NamedColumn {
  readonly name: string;
  /** In the column's own units; NaN is missing. */
  readonly values: Float64Array;
}

type Pair = readonly [number, number];

/** Rows of each cluster that are looked at, and those below which nothing is said of it. */
const SAMPLED = 300;
const FEWEST = 20;
/** A border or a rule keeps two clusters apart that differ by more than this share in what they have on one side of it. */
const APART = 0.5;
/** Pairs whose rules are searched for. */
const SEARCHED = 10;

/**
 * Clusters that one rule can't tell apart: no border on one column has half of one more than of the other on a side, and
 * the best rule of four conditions for one, with as many of the other to tell it from, takes in most of the other, too.
 */
export async function overlaps(
  columns: readonly NamedColumn[],
  labels: Labels,
  { random, pace }: { readonly random: Random; readonly pace: Pace },
): Promise<Finding[]> {
  const rows = sampledRows(labels, random);
  const found: Pair[] = [];
  for (const [one, other] of unparted(columns, labels, rows).slice(0, SEARCHED)) {
    for (const pair of [[one, other] as const, [other, one] as const]) {
      if (await mixes(columns, evenly(rows, pair), pace)) found.push(pair);
    }
  }
  if (found.length === 0) return [];
  const told = found.map(([one, other]) => `${one} without ${other}`).join(", ");
  const message = `No rule of four conditions takes in most of one cluster without most of another: ${told}.`;
  const hint = "Lower k until they are one, or add a column that tells them apart.";
  return [{ code: "clusters-overlap", column: null, message, hint }];
}

/** By cluster, from 1; none of those that are too small to be judged. */
function sampledRows(labels: Labels, random: Random): Int32Array[] {
  const sizes = new Int32Array(largestLabel(labels));
  for (const label of labels) if (label > 0) sizes[label - 1] = (sizes[label - 1] as number) + 1;
  // Places among a cluster's own rows first, then the rows themselves.
  const sampled = Array.from(sizes, (size) => (size < FEWEST ? new Int32Array(0) : sampleRows(size, SAMPLED, random)));
  const seen = new Int32Array(sizes.length);
  const taken = new Int32Array(sizes.length);
  labels.forEach((label, row) => {
    const own = sampled[label - 1];
    if (own === undefined) return;
    const at = taken[label - 1] as number;
    if (own[at] === seen[label - 1]) {
      own[at] = row;
      taken[label - 1] = at + 1;
    }
    seen[label - 1] = (seen[label - 1] as number) + 1;
  });
  return sampled;
}

/** Pairs that no border on one column keeps apart. */
function unparted(columns: readonly NamedColumn[], labels: Labels, rows: readonly Int32Array[]): Pair[] {
  const some = rows.flatMap((own, at) => (own.length > 0 ? [at + 1] : []));
  let pairs = some.flatMap((one, at) => some.slice(at + 1).map((other): Pair => [one, other]));
  const all = rows.flatMap((own) => [...own]);
  for (const { values } of columns) {
    if (pairs.length === 0) break;
    const known = all
      .filter((row) => !Number.isNaN(values[row]))
      .sort((a, b) => (values[a] as number) - (values[b] as number));
    const below = new Float64Array(rows.length);
    const parted = new Set<Pair>();
    known.forEach((row, at) => {
      const label = labels[row] as number;
      below[label - 1] = (below[label - 1] as number) + 1 / (rows[label - 1]?.length ?? 1);
      if (values[row] === values[known[at + 1] ?? row] && at + 1 < known.length) return;
      for (const pair of pairs) {
        const [one, other] = pair;
        if (Math.abs((below[one - 1] as number) - (below[other - 1] as number)) > APART) parted.add(pair);
      }
    });
    pairs = pairs.filter((pair) => !parted.has(pair));
  }
  return pairs;
}

interface Both {
  readonly one: Int32Array;
  readonly other: Int32Array;
}

/** As many rows of both clusters: beside a few others the best rule would be to take in all. */
function evenly(rows: readonly Int32Array[], [one, other]: Pair): Both {
  const [these, those] = [rows[one - 1] ?? new Int32Array(0), rows[other - 1] ?? new Int32Array(0)];
  const most = Math.min(these.length, those.length);
  return { one: spread(these, most), other: spread(those, most) };
}

function spread(rows: Int32Array, count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, at) => rows[Math.floor((at * rows.length) / count)] as number);
}

/** Whether the best rule for one cluster takes in most of the other. */
async function mixes(columns: readonly NamedColumn[], { one, other }: Both, pace: Pace): Promise<boolean> {
  const both = [...one, ...other];
  const searched = columns.map(({ name, values }) => ({
    name,
    values: Float64Array.from(both, (row) => values[row] as number),
  }));
  const target = both.map((_, at) => (at < one.length ? 1 : 0));
  const rule = await searchRule(searched, target, pace);
  const taken = both.filter((_, at) => at >= one.length && meets(searched, at, rule)).length;
  return taken > APART * other.length;
}

function meets(columns: readonly NamedColumn[], row: number, rule: readonly Condition[]): boolean {
  return rule.every(({ column, operator, value }) => {
    const here = columns.find(({ name }) => name === column)?.values[row] ?? Number.NaN;
    return operator === ">=" ? here >= value : here <= value;
  });
}

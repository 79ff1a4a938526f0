import { checkClusterCount } from "./cluster-count.ts";
import { distinctRows } from "./distinct.ts";
import { type FlatOptions, flatClusterings } from "./flat.ts";
import { good, type Outcome } from "./outcome.ts";
import { Pace } from "./pace.ts";
import { sampleRows, seededRandom, takeRows } from "./random.ts";
import { longBar, longCloud, shuffledColumns } from "./reference.ts";
import { silhouettes } from "./silhouette.ts";

/** Rows that are compared at most, and references of each kind. */
const ROWS = 1000;
const REFERENCES = 9;

/**
 * The kinds of reference, and how far the data's lead must exceed that of each: more where correlations are kept, since
 * a long cloud is seldom just as long, or just as even, as those made here.
 */
const KINDS = [
  { name: "shuffled", make: shuffledColumns, margin: 0.02 },
  { name: "long cloud", make: longCloud, margin: 0.05 },
  { name: "long bar", make: longBar, margin: 0.05 },
] as const;

/** How the silhouette of the data compares with that of data without clusters. */
export interface StandingOut {
  /** By k: the data's silhouette and the mean one with each column shuffled by itself. */
  readonly byK: ReadonlyMap<number, { readonly data: number; readonly reference: number }>;
  /** The lead over the mean reference that no single one with shuffled columns has: less than that may be chance. */
  readonly needed: number;
  /** Whether the data's best lead is beyond those that keep the columns' correlations, too; false where it is not `needed`. */
  readonly beatsCorrelated: boolean;
  /** Rows that were compared. */
  readonly rows: number;
}

/**
 * Compares with nine references whose columns are shuffled each by itself, and, where the data beats them, with twice nine
 * that keep the columns' rank correlations, on a seeded sample of at most 1,000 rows. The first show what single columns
 * give away; the others, what one long cloud of columns that go together does. All k are judged together, so that trying
 * many of them earns nothing.
 */
export async function standingOut(
  points: Float64Array,
  ks: readonly number[],
  options: FlatOptions,
): Promise<Outcome<StandingOut>> {
  const { columns, seed, onProgress } = options;
  const sampled = sampleRows(options.rows, ROWS, seededRandom(seed, "rows compared with a reference"));
  const sample = takeRows(points, columns, sampled);
  const rows = sampled.length;
  const distinct = distinctRows(sample, rows, columns).first.length;
  const possible = ks.filter((k) => k > 1 && checkClusterCount(k, rows, distinct) === null);
  const shape = { rows, columns };
  const data = await silhouettesByK(sample, possible, { ...options, ...shape });
  if (!data.ok) return data;
  const needed: number[] = [];
  const means: number[][] = [];
  let beatsAll = true;
  for (const { name, make, margin } of KINDS) {
    const references: number[][] = [];
    for (let i = 0; i < REFERENCES; i++) {
      const random = seededRandom(seed, `${name} reference ${i}`);
      const reference = await silhouettesByK(make(sample, shape, random), possible, { ...options, ...shape });
      if (!reference.ok) return reference;
      references.push(reference.value);
      onProgress?.((1 + needed.length * REFERENCES + references.length) / (1 + KINDS.length * REFERENCES));
    }
    const mean = possible.map(
      (_, at) => references.reduce((sum, reference) => sum + (reference[at] as number), 0) / REFERENCES,
    );
    const bestLead = (values: readonly number[]): number =>
      Math.max(...values.map((value, at) => value - (mean[at] as number)));
    needed.push(Math.max(...references.map(bestLead)) + margin);
    means.push(mean);
    beatsAll = bestLead(data.value) > (needed.at(-1) ?? Infinity);
    if (!beatsAll) break;
  }
  const byK = new Map(
    possible.map((k, at) => [k, { data: data.value[at] as number, reference: means[0]?.[at] ?? Number.NaN }]),
  );
  return good({ byK, needed: needed[0] ?? Infinity, beatsCorrelated: beatsAll, rows });
}

/** The silhouette for each k; 1 where there are not k different rows, since fewer clusters than that already fit them exactly. */
async function silhouettesByK(
  points: Float64Array,
  ks: readonly number[],
  options: FlatOptions,
): Promise<Outcome<number[]>> {
  const distinct = distinctRows(points, options.rows, options.columns).first.length;
  const possible = ks.filter((k) => k <= distinct);
  const clusterings = await flatClusterings(points, possible, { ...options, onProgress: undefined });
  if (!clusterings.ok) return clusterings;
  const own = await silhouettes(
    points,
    options,
    [...clusterings.value.values()],
    new Pace({ ...options, onProgress: undefined }),
  );
  const byK = new Map([...clusterings.value.keys()].map((k, at) => [k, own[at] as number]));
  return good(ks.map((k) => byK.get(k) ?? 1));
}

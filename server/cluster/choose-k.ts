import type { FlatOptions } from "./flat.ts";
import type { Labels } from "./number-by-size.ts";
import { fault, good, type Outcome } from "./outcome.ts";
import { stability } from "./stability.ts";
import { type StandingOut, standingOut } from "./standing-out.ts";
import { partedByValleys } from "./valley.ts";

export interface Choice {
  readonly k: number;
  /** False where the data shows no clusters: k is then only the smallest of those asked for. */
  readonly structured: boolean;
  /** A sentence or two for the reader. */
  readonly reason: string;
  readonly compared: StandingOut;
  /** By k, of half samples. */
  readonly stability: ReadonlyMap<number, number>;
}

/** Clusters whose half samples agree less than this are not worth naming. */
const STABLE = 0.5;
/** And those that agree this much are found again by any half. */
const FOUND_AGAIN = 0.9;
/** Fewer different values a cluster of one column than this are steps of a scale, with gaps between any two of them. */
const VALUES = 2;

/**
 * Recommends one of the k in `clusterings` (each at least 2): the one whose silhouette leads most over that of data with
 * each column shuffled by itself, of those that deserve it. One deserves it whose lead is not chance, which half samples
 * find again, and which is not cut out of one long cloud: the data beats references that keep the columns' correlations,
 * or there are valleys between its clusters. Where none does it says that nothing stands out, and takes the smallest k.
 * One column alone goes with nothing, shuffled or not: there a k deserves it whose clusters have valleys between them and
 * are found again.
 */
export async function chooseK(
  points: Float64Array,
  clusterings: ReadonlyMap<number, Labels>,
  options: FlatOptions,
): Promise<Outcome<Choice>> {
  const ks = [...clusterings.keys()].sort((a, b) => a - b);
  const smallest = ks[0];
  if (smallest === undefined)
    return fault("no-k", "The range of k is empty.", "Give k: {auto: [from, to]} with from at most to.");
  const { onProgress } = options;
  const compared = await standingOut(points, ks, { ...options, onProgress: (share) => onProgress?.(share / 2) });
  if (!compared.ok) return compared;
  const stable = await stability(points, clusterings, {
    ...options,
    onProgress: (share) => onProgress?.(0.5 + share / 2),
  });
  if (!stable.ok) return stable;
  if (options.columns === 1)
    return good(chooseByGaps(points, clusterings, { options, stable: stable.value, compared: compared.value, ks }));
  const order = ks
    .filter((k) => compared.value.byK.has(k))
    .sort((a, b) => lead(compared.value, b) - lead(compared.value, a) || a - b);
  const { needed, beatsCorrelated } = compared.value;
  const beyondChance = order.filter((k) => lead(compared.value, k) > needed);
  const apart = beyondChance.filter((k) => {
    const labels = clusterings.get(k);
    return beatsCorrelated || (labels !== undefined && partedByValleys(points, options, labels, k));
  });
  const best = apart.find((k) => (stable.value.get(k) ?? 0) >= STABLE);
  const banded =
    best === undefined && beyondChance.length === 0
      ? bandsOfColumns(points, clusterings, { options, stable: stable.value, compared: compared.value })
      : undefined;
  const shown = best ?? banded ?? order[0] ?? smallest;
  const found: Found = { compared: compared.value, ks, order, shown, agreement: stable.value.get(shown) ?? Number.NaN };
  const grounds = { compared: compared.value, stability: stable.value };
  if (best !== undefined) return good({ k: best, structured: true, reason: praise(found), ...grounds });
  const why = banded !== undefined ? "bands" : beyondChance.length > 0 && apart.length === 0 ? "cloud" : "chance";
  return good({ k: smallest, structured: false, reason: doubt(found, why), ...grounds });
}

/** The same for one column. */
function chooseByGaps(
  points: Float64Array,
  clusterings: ReadonlyMap<number, Labels>,
  { ks, ...found }: Judged & { readonly ks: readonly number[] },
): Choice {
  const { stable, compared } = found;
  const values = new Set(points).size;
  const fine = new Map([...clusterings].filter(([k]) => values >= VALUES * k));
  const best = bandsOfColumns(points, fine, found);
  const silhouetteAt = (k: number) => compared.byK.get(k)?.data ?? Number.NaN;
  const order = ks.filter((k) => compared.byK.has(k)).sort((a, b) => silhouetteAt(b) - silhouetteAt(a) || a - b);
  const shown = best ?? order[0] ?? (ks[0] as number);
  const measures = `silhouette is ${silhouetteAt(shown).toFixed(2)}, and half samples agree to ${(stable.get(shown) ?? Number.NaN).toFixed(2)}`;
  const grounds = { compared, stability: stable };
  if (best !== undefined) {
    const most = ks.length > 1 ? " most" : "";
    const reason = `${best} clusters stand out${most}: there are gaps between their values; ${measures}.`;
    return { k: best, structured: true, reason, ...grounds };
  }
  const why =
    values < VALUES * shown
      ? `the column has only ${values} different values, and clusters are hardly more than each of them`
      : `the column has no gaps there that half samples find again; at k = ${shown} the ${measures}`;
  const words = compared.byK.has(shown)
    ? `${doesNotStand(ks)} out: ${why}. ${AS_BANDS}`
    : `${doesNotStand(ks)} out: there are too few different rows to compare.`;
  return { k: ks[0] as number, structured: false, reason: words, ...grounds };
}

/**
 * The k, of those that chance does as well as, whose clusters lie apart all the same and that half samples find again: its
 * gaps are those of single columns, which shuffled columns have, too. The one of the greatest silhouette.
 */
function bandsOfColumns(
  points: Float64Array,
  clusterings: ReadonlyMap<number, Labels>,
  { options, stable, compared }: Judged,
): number | undefined {
  const silhouette = (k: number) => compared.byK.get(k)?.data ?? Number.NEGATIVE_INFINITY;
  return [...clusterings]
    .filter(([k, labels]) => (stable.get(k) ?? 0) >= FOUND_AGAIN && partedByValleys(points, options, labels, k))
    .map(([k]) => k)
    .filter((k) => compared.byK.has(k))
    .sort((a, b) => silhouette(b) - silhouette(a) || a - b)[0];
}

interface Judged {
  readonly options: FlatOptions;
  /** Of half samples, by k. */
  readonly stable: ReadonlyMap<number, number>;
  readonly compared: StandingOut;
}

interface Found {
  readonly compared: StandingOut;
  readonly ks: readonly number[];
  /** By lead, the largest first. */
  readonly order: readonly number[];
  /** The k that the reason speaks of. */
  readonly shown: number;
  /** Of half samples at that k. */
  readonly agreement: number;
}

function praise({ compared, order, shown, agreement }: Found): string {
  const next = order.find((k) => k !== shown);
  const rival = next === undefined ? "" : ` Of the others ${next} comes first: ${against(compared, next)}.`;
  const most = order.length > 1 ? " most" : "";
  return `${shown} clusters stand out${most}: ${against(compared, shown)}; half samples agree to ${agreement.toFixed(2)}.${rival}`;
}

function doubt({ compared, ks, shown, agreement }: Found, why: keyof typeof MEANINGS): string {
  const range = doesNotStand(ks);
  if (!compared.byK.has(shown)) return `${range} out: there are too few different rows to compare.`;
  const numbers = `at k = ${shown} the ${against(compared, shown)}, and half samples agree to ${agreement.toFixed(2)}`;
  return `${range} out: ${numbers}. ${MEANINGS[why]} ${AS_BANDS}`;
}

function doesNotStand(ks: readonly number[]): string {
  return ks.length > 1 ? `No k from ${ks[0]} to ${ks.at(-1)} stands` : `k = ${ks[0]} does not stand`;
}

const AS_BANDS = "Whatever their number, take them as bands, not as kinds.";

const MEANINGS = {
  cloud: "The rows make up one long cloud of columns that go together, without gaps.",
  chance: "What grouping there is comes from single columns or from chance, not from columns that go together.",
  bands: "There are gaps between them, but they come from single columns, not from columns that go together.",
} as const;

function lead({ byK }: StandingOut, k: number): number {
  const { data, reference } = byK.get(k) ?? { data: Number.NaN, reference: Number.NaN };
  return data - reference;
}

function against({ byK }: StandingOut, k: number): string {
  const { data, reference } = byK.get(k) ?? { data: Number.NaN, reference: Number.NaN };
  return `silhouette is ${data.toFixed(2)}, and ${reference.toFixed(2)} with the columns' values in random order`;
}

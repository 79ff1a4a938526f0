/** What a refresh found of a segment. */
export interface Flow {
  /** Days since the refresh before, above 0. */
  readonly days: number;
  /** How many came and how many went, together. */
  readonly moved: number;
}

export interface Quiet {
  /** Index of the first of the refreshes at the end in which nobody came or went. */
  readonly from: number;
  /** Index of the first of them at which that was too long to be chance; null where it is not yet. */
  readonly improbable: number | null;
  /** The probability that nobody moves for so long as it has lasted. */
  readonly p: number;
}

/** A usual flow is known after so many refreshes. */
const KNOWN = 8;
const IMPROBABLE = 0.001;

/**
 * How long nobody has come or gone, and whether the usual flow makes that improbable; null where somebody just did, or where
 * the refreshes before are too few, or as quiet. P(nobody in t days) = (T/(T + t))^((x + ½)/φ): the predictive of a Poisson
 * rate that gave x in T days, by Jeffreys' prior, with its exponent over φ, Pearson's dispersion (McCullagh and Nelder 1989,
 * 4.5), for people come and go in batches.
 */
export function quiet(flows: readonly Flow[]): Quiet | null {
  const from = flows.findLastIndex(({ moved }) => moved > 0) + 1;
  const before = flows.slice(0, from);
  if (from >= flows.length || before.length < KNOWN) return null;
  const moved = before.reduce((sum, flow) => sum + flow.moved, 0);
  const days = before.reduce((sum, flow) => sum + flow.days, 0);
  const exponent = (moved + 0.5) / dispersion(before, moved / days);
  let lasted = 0;
  let p = 1;
  let improbable: number | null = null;
  for (let i = from; i < flows.length; i++) {
    lasted += flows[i]?.days ?? 0;
    p = (days / (days + lasted)) ** exponent;
    if (improbable === null && p < IMPROBABLE) improbable = i;
  }
  return { from, improbable, p };
}

/** Σ (xᵢ − λdᵢ)²/(λdᵢ) over one less than the refreshes; at least 1, as for a Poisson count. */
function dispersion(flows: readonly Flow[], rate: number): number {
  const squares = flows.reduce((sum, { days, moved }) => sum + (moved - rate * days) ** 2 / (rate * days), 0);
  return Math.max(1, squares / (flows.length - 1));
}

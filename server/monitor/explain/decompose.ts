/** One part of a segment (a mail domain, a campaign type, …): events and chances before and after. */
export interface Part {
  readonly name: string;
  readonly before: { readonly x: number; readonly n: number };
  readonly after: { readonly x: number; readonly n: number };
}

export interface Decomposition {
  /** Rate after − rate before; equal to mix + rate. */
  readonly total: number;
  /** What the parts' shares moved, and what the parts' own rates moved. */
  readonly mix: number;
  readonly rate: number;
  readonly verdict: "mix" | "rate" | "both";
  /** The parts by what they add, largest first. */
  readonly parts: readonly Added[];
}

/** What one part adds to the change. */
export interface Added {
  readonly name: string;
  /** Of all chances. */
  readonly shareBefore: number;
  readonly shareAfter: number;
  /** Null where it had no chances. */
  readonly rateBefore: number | null;
  readonly rateAfter: number | null;
  readonly mix: number;
  readonly rate: number;
}

/** A side explains a change alone where it makes up more than this share of it. */
const ALONE = 0.6;

/**
 * ΔR = Σ(w₁ − w₀)(r₀ + r₁)/2 + Σ(r₁ − r₀)(w₀ + w₁)/2, exact (Kitagawa 1955); null where either side has no chances.
 * A part's mix is told against the mean rate, which leaves the sum as it is: a part of low rate that grows pulls down.
 * A part that is new or gone has no rate on the other side: all that it adds is mix.
 */
export function decompose(parts: readonly Part[]): Decomposition | null {
  const before = totals(parts, "before");
  const after = totals(parts, "after");
  if (before.n === 0 || after.n === 0) return null;
  const middle = (before.x / before.n + after.x / after.n) / 2;
  const told = parts.map((part) => {
    const w0 = part.before.n / before.n;
    const w1 = part.after.n / after.n;
    const r0 = part.before.n > 0 ? part.before.x / part.before.n : rateOf(part.after);
    const r1 = part.after.n > 0 ? part.after.x / part.after.n : r0;
    return {
      ...{ name: part.name, shareBefore: w0, shareAfter: w1 },
      ...{ rateBefore: part.before.n > 0 ? r0 : null, rateAfter: part.after.n > 0 ? r1 : null },
      ...{ mix: (w1 - w0) * ((r0 + r1) / 2 - middle), rate: ((r1 - r0) * (w0 + w1)) / 2 },
    };
  });
  const mix = told.reduce((sum, part) => sum + part.mix, 0);
  const rate = told.reduce((sum, part) => sum + part.rate, 0);
  const total = after.x / after.n - before.x / before.n;
  const ranked = told.sort((a, b) => Math.abs(b.mix + b.rate) - Math.abs(a.mix + a.rate) || (a.name < b.name ? -1 : 1));
  return { total, mix, rate, verdict: verdictOf(mix, rate, total), parts: ranked };
}

function verdictOf(mix: number, rate: number, total: number): Decomposition["verdict"] {
  const byMix = Math.abs(mix) > ALONE * Math.abs(total);
  const byRate = Math.abs(rate) > ALONE * Math.abs(total);
  if (byMix === byRate) return "both";
  return byMix ? "mix" : "rate";
}

function rateOf({ x, n }: { x: number; n: number }): number {
  return n > 0 ? x / n : 0;
}

function totals(parts: readonly Part[], side: "before" | "after"): { x: number; n: number } {
  return parts.reduce((sum, part) => ({ x: sum.x + part[side].x, n: sum.n + part[side].n }), { x: 0, n: 0 });
}

import { type Bits, count } from "./bits.ts";

export interface Combination {
  /** Bit n tells whether condition n holds. */
  readonly which: number;
  readonly people: number;
  /** Those of them who are taken by an earlier rule. */
  readonly earlier: number;
}

export interface Asked {
  readonly conditions: readonly Bits[];
  /** Whom nothing is counted of. */
  readonly excluded: Bits | null;
  readonly earlier: Bits | null;
  /** All people, the excluded among them. */
  readonly people: number;
}

/** How many people have each combination of conditions, in the order of `which`; those that nobody has are left out. */
export function combinationsOf({ conditions, excluded, earlier, people }: Asked): Combination[] {
  const counts = new Int32Array(2 ** conditions.length);
  const taken = new Int32Array(2 ** conditions.length);
  const words = Math.max(0, ...[...conditions, ...(earlier === null ? [] : [earlier])].map((bits) => bits.length));
  const held = new Uint32Array(conditions.length);
  for (let word = 0; word < words; word += 1) {
    const before = earlier?.[word] ?? 0;
    let some = before;
    for (let n = 0; n < held.length; n += 1) {
      held[n] = conditions[n]?.[word] ?? 0;
      some |= held[n] ?? 0;
    }
    // A row that has nothing at all is known by what the others leave over.
    let rows = some & ~(excluded?.[word] ?? 0);
    for (let bit = 0; rows !== 0; rows >>>= 1, bit += 1) {
      if ((rows & 1) === 0) continue;
      let which = 0;
      for (let n = 0; n < held.length; n += 1) which |= (((held[n] ?? 0) >>> bit) & 1) << n;
      counts[which] = (counts[which] ?? 0) + 1;
      taken[which] = (taken[which] ?? 0) + ((before >>> bit) & 1);
    }
  }
  const kept = people - (excluded === null ? 0 : count(excluded, null));
  const told = counts.reduce((sum, each) => sum + each, 0);
  counts[0] = (counts[0] ?? 0) + kept - told;
  const found: Combination[] = [];
  counts.forEach((each, which) => {
    if (each > 0) found.push({ which, people: each, earlier: taken[which] ?? 0 });
  });
  return found;
}

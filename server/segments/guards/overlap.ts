/** How many people segments hold, and how many each two of them share. */
export interface Overlap {
  readonly names: string[];
  readonly people: number[];
  /** shared[i][j] of segments i and j; on the diagonal the people themselves. */
  readonly shared: number[][];
}

export interface Pair {
  readonly one: string;
  readonly other: string;
  readonly shared: number;
  /** People who are in either. */
  readonly either: number;
  /** Shared of either, 0 to 1: P. Jaccard (1912), New Phytologist 11, 37–50. */
  readonly jaccard: number;
}

/** Groups of people by the segments that they are in: bit i of the mask for the i-th name. */
export function overlapOf(names: string[], groups: readonly { mask: bigint; people: number }[]): Overlap {
  const shared = names.map((_, i) =>
    names.map((_name, j) => {
      const both = (1n << BigInt(i)) | (1n << BigInt(j));
      return groups.reduce((sum, { mask, people }) => ((mask & both) === both ? sum + people : sum), 0);
    }),
  );
  return { names, people: shared.map((row, i) => row[i] ?? 0), shared };
}

/** Every two segments that share somebody, the most alike first. */
export function pairsOf({ names, people, shared }: Overlap): Pair[] {
  const pairs = names.flatMap((one, i) =>
    names.slice(i + 1).flatMap((other, offset) => {
      const j = i + 1 + offset;
      const both = shared[i]?.[j] ?? 0;
      const either = (people[i] ?? 0) + (people[j] ?? 0) - both;
      return both === 0 ? [] : [{ one, other, shared: both, either, jaccard: both / either }];
    }),
  );
  return pairs.sort((a, b) => b.jaccard - a.jaccard);
}

/** A mask has a bit for each moment of a replay, the lowest for the first; as SQL it is a BIGINT. */

/** Most moments that a mask can tell. */
export const MOST_MOMENTS = 62;

export function allBits(moments: number): string {
  return bit(2n ** BigInt(moments) - 1n);
}

/** The mask of the moments that some are picked by. */
export function bitsOf(picked: readonly boolean[]): string {
  return bit(picked.reduce((sum, is, index) => (is ? sum + 2n ** BigInt(index) : sum), 0n));
}

/** Moments up to the last whose bound was reached: each bound as the condition of being at it or later, none before the one before it. */
export function upTo(reached: readonly string[]): string {
  return stepped(reached, (count) => bit(2n ** BigInt(count) - 1n));
}

/** Moments from the first whose bound was not reached. */
export function fromOn(reached: readonly string[]): string {
  const all = 2n ** BigInt(reached.length) - 1n;
  return stepped(reached, (count) => bit(all - (2n ** BigInt(count) - 1n)));
}

/** How many bounds were reached, as a TINYINT. */
export function reachedSql(reached: readonly string[]): string {
  return stepped(reached, (count) => `CAST(${count} AS TINYINT)`);
}

/** Moments from one up to another, which is none of them; `least` is before `next`. */
export function betweenBits(least: string, next: string): string {
  return `(CAST(1 AS BIGINT) << CAST(${next} AS BIGINT)) - (CAST(1 AS BIGINT) << CAST(${least} AS BIGINT))`;
}

function bit(bits: bigint): string {
  return `CAST(${bits} AS BIGINT)`;
}

/** A value by how many of the conditions hold: halves them until one value is left. */
function stepped(reached: readonly string[], bitsFor: (count: number) => string): string {
  const between = (low: number, high: number): string => {
    if (low === high) return bitsFor(low);
    const middle = (low + high + 1) >> 1;
    return `CASE WHEN ${reached[middle - 1]} THEN ${between(middle, high)} ELSE ${between(low, middle - 1)} END`;
  };
  return between(0, reached.length);
}

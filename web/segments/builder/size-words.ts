import { formatCount, formatPercent } from "../../../server/figures/format.ts";
import type { Guess } from "../../../server/figures/sample-margin.ts";
import type { ItemTally, Tally } from "./tally.ts";

/** `12,345`, or where it is a guess `about 12,300 (11,900 to 12,700)`. */
export function guessWords({ count, low, high }: Guess): string {
  if (low === high) return formatCount(count);
  return `about ${formatCount(rounded(count, high - low))} (${formatCount(low)} to ${formatCount(high)})`;
}

/** The same without the stretch, where there is no room for it. */
export function shortGuess({ count, low, high }: Guess): string {
  return low === high ? formatCount(count) : `≈ ${formatCount(rounded(count, high - low))}`;
}

/** What a condition does: how many it keeps and drops, what the rule would be without it, how many had no value. */
export function itemWords({ keeps, drops, without, missing }: ItemTally): readonly string[] {
  return [
    `keeps ${shortGuess(keeps)}`,
    `drops ${shortGuess(drops)}`,
    ...(without === null ? [] : [`without it ${changeWords(without.change, without)}`]),
    ...(missing === null || missing.count === 0 ? [] : [`${shortGuess(missing)} have no value`]),
  ];
}

/** `+1,234`, `−5` or `no change`. */
export function changeWords(change: number, { isGuess, width }: { isGuess: boolean; width: number }): string {
  if (change === 0) return "no change";
  const sign = change > 0 ? "+" : "−";
  return `${isGuess ? "≈ " : ""}${sign}${formatCount(rounded(Math.abs(change), width))}`;
}

/** `12.3 % of 100,000 people`. */
export function shareWords({ size, people }: Tally): string {
  const share = people.count === 0 ? 0 : size.count / people.count;
  return `${formatPercent(share, { digits: 1 })} of ${shortGuess(people)} people`;
}

/** A guess has no more figures than its stretch leaves it. */
function rounded(count: number, width: number): number {
  if (width <= 20) return count;
  const step = 10 ** Math.max(0, Math.floor(Math.log10(width)) - 1);
  return Math.round(count / step) * step;
}

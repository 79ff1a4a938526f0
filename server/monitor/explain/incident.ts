import type { Direction } from "../model.ts";

/** A period: how many segments had data, and those of them that moved, each with how many standard deviations. */
export interface Together {
  readonly period: string;
  readonly present: number;
  readonly moves: readonly Move[];
}

export interface Move {
  readonly segment: string;
  readonly deviations: number;
}

export interface Common {
  readonly opened: string;
  readonly direction: Direction;
  /** Those that moved on any of its periods, sorted. */
  readonly segments: readonly string[];
  /** On the period with the largest share: how many moved, of how many that had data. */
  readonly moved: number;
  readonly of: number;
}

/** A segment moves where it is this many standard deviations from its level; by chance 2.3 % do, each way. */
export const MOVED = 2;
const BY_CHANCE = 0.02275;
/** So large a share of the segments makes it one incident. */
export const SHARE = 0.3;
const FEWEST = 3;
/** Fewer than this many segments that moved by chance would be as many once in 1/LIKELY periods. */
const LIKELY = 1e-5;
/** Periods apart up to which it is one incident. */
const APART = 7;

/**
 * Periods on which at least 30 % of the segments moved the same way, and more than chance explains where segments are few.
 * Periods in order; moves in any order.
 */
export function commonMoves(periods: readonly Together[]): Common[] {
  return (["down", "up"] as const).flatMap((direction) => {
    const found: { common: Common; last: number }[] = [];
    periods.forEach(({ period, present, moves }, index) => {
      const moved = moves.filter(({ deviations }) =>
        direction === "down" ? deviations <= -MOVED : deviations >= MOVED,
      );
      if (!together(moved.length, present)) return;
      const names = moved.map(({ segment }) => segment);
      const latest = found.at(-1);
      if (latest === undefined || index - latest.last > APART) {
        const common = { opened: period, direction, segments: names.sort(), moved: names.length, of: present };
        found.push({ common, last: index });
        return;
      }
      found[found.length - 1] = { common: joined(latest.common, names, present), last: index };
    });
    return found.map(({ common }) => common);
  });
}

function joined(common: Common, names: readonly string[], of: number): Common {
  const larger = names.length / of > common.moved / common.of;
  return {
    ...common,
    segments: [...new Set([...common.segments, ...names])].sort(),
    moved: larger ? names.length : common.moved,
    of: larger ? of : common.of,
  };
}

function together(moved: number, of: number): boolean {
  return moved >= FEWEST && moved >= SHARE * of && tail(moved, of) < LIKELY;
}

/** P(at least k of n move by chance), were segments unconnected. */
function tail(k: number, n: number): number {
  let term = (1 - BY_CHANCE) ** n;
  let below = 0;
  for (let i = 0; i < k; i++) {
    below += term;
    term *= ((n - i) / (i + 1)) * (BY_CHANCE / (1 - BY_CHANCE));
  }
  // Summing upwards from k keeps the digits that 1 − below would lose.
  let above = 0;
  for (let i = k; i <= n; i++) {
    above += term;
    term *= ((n - i) / (i + 1)) * (BY_CHANCE / (1 - BY_CHANCE));
  }
  return Math.min(1 - below < 0.5 ? above : 1 - below, 1);
}

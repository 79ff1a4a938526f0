import { detect } from "../detector/detect.ts";
import type { Count, Flag, Period } from "../model.ts";

/** People who went from one segment to another at the refreshes of a period; null is no segment of the same cell. */
export interface Move {
  readonly period: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly moved: number;
}

/** People in a segment before and after a refresh, added up over the refreshes of a period. */
export interface Held {
  readonly segment: string;
  readonly period: string;
  readonly before: number;
  readonly after: number;
  /** Whether the segment's definition was another one before, so that its moves tell nothing of people. */
  readonly edited: boolean;
}

export interface FlowPoint extends Move {
  /** Of how many: those in `from` before; where that is null, those in `to` after. */
  readonly of: number;
  /** Null while it is learnt, too. */
  readonly flag: Exclude<Flag, "learning"> | null;
}

/**
 * Every flow that was ever seen, with each period that could have had it: x of n for the detector that rates have. Periods
 * of an edited definition are shown and not judged.
 */
export function flows(
  moves: readonly Move[],
  held: readonly Held[],
  options: { readonly period: Exclude<Period, "send">; readonly baseline: number; readonly minRelativeChange: number },
): FlowPoint[] {
  const pairs = new Map(moves.map(({ from, to }) => [nameOf(from, to), { from, to }]));
  const moved = new Map(moves.map((move) => [`${nameOf(move.from, move.to)}\n${move.period}`, move.moved]));
  const bySegment = new Map<string, Held[]>();
  for (const one of held) bySegment.set(one.segment, [...(bySegment.get(one.segment) ?? []), one]);
  const edited = new Set(held.filter((one) => one.edited).map(({ segment, period }) => `${segment}\n${period}`));
  const counts: Count[] = [...pairs].flatMap(([segment, { from, to }]) =>
    (bySegment.get(from ?? to ?? "") ?? []).map((one) => {
      const isEdited = [from, to].some((side) => edited.has(`${side}\n${one.period}`));
      const x = moved.get(`${segment}\n${one.period}`) ?? 0;
      return { segment, period: one.period, n: from === null ? one.after : one.before, x, mature: !isEdited };
    }),
  );
  const { series } = detect(counts, { metric: "flow", ...options });
  return series.map(({ segment, period, delivered, events, flag }) => {
    const { from = null, to = null } = pairs.get(segment) ?? {};
    return { period, from, to, moved: events, of: delivered, flag: flag === "learning" ? null : flag };
  });
}

function nameOf(from: string | null, to: string | null): string {
  return JSON.stringify([from, to]);
}

import { TIERS, type Tier } from "../monitor/model.ts";
import { formatCount } from "./format.ts";
import { periodPlaces, type SeriesPoint } from "./series-points.ts";

/** Evidence on a scale of powers of ten, in pixels. */
export interface EvidenceDrawing {
  readonly line: string;
  readonly places: readonly { readonly x: number; readonly y: number | null }[];
  readonly powers: readonly { readonly y: number; readonly words: string }[];
  readonly tiers: readonly { readonly tier: Tier; readonly y: number; readonly words: string }[];
}

const FRAME = { low: 0, high: 5 };

/** From 1 up, for evidence below that says nothing; where no period is judged the line is broken. */
export function drawEvidence(
  points: readonly SeriesPoint[],
  { width, height, edge }: { readonly width: number; readonly height: number; readonly edge: number },
): EvidenceDrawing {
  const most = Math.max(...points.map(({ evidence }) => evidence ?? 0), 1);
  const high = Math.max(FRAME.high, Math.ceil(Math.log10(most)));
  const y = (evidence: number) => {
    const power = Math.max(FRAME.low, Math.log10(Math.max(evidence, 1)));
    return edge + (1 - (power - FRAME.low) / (high - FRAME.low)) * (height - 2 * edge);
  };
  const along = periodPlaces(points);
  const places = points.map(({ evidence }, index) => ({
    x: edge + (along[index] ?? 0) * (width - 2 * edge),
    y: evidence === null ? null : y(evidence),
  }));
  let line = "";
  places.forEach((place, index) => {
    if (place.y === null) return;
    const follows = index > 0 && places[index - 1]?.y != null;
    line += `${follows ? "L" : "M"}${place.x.toFixed(1)} ${place.y.toFixed(1)}`;
  });
  const step = high > 8 ? Math.ceil(high / 6) : 1;
  const powers = Array.from({ length: high + 1 }, (_, power) => power)
    .filter((power) => power % step === 0)
    .map((power) => ({ y: y(10 ** power), words: power > 6 ? `10^${power}` : formatCount(10 ** power) }));
  const tiers = (["watch", "alert", "confirmed"] as const).map((tier) => ({
    tier,
    y: y(TIERS[tier]),
    words: `${tier}, ${formatCount(TIERS[tier])}`,
  }));
  return { line, places, powers, tiers };
}

/** When evidence first passed each tier, since the change; null where it has not. */
export function passedTiers(
  points: readonly SeriesPoint[],
  since: string | null,
): { tier: Tier; period: string | null }[] {
  const from = points.filter(({ period }) => since === null || period >= since);
  return (["watch", "alert", "confirmed"] as const).map((tier) => ({
    tier,
    period: from.find(({ evidence }) => (evidence ?? 0) >= TIERS[tier])?.period ?? null,
  }));
}

import { formatNumber, formatPercent, MISSING } from "../../../server/figures/format.ts";
import { formatDay } from "../../../server/figures/format-time.ts";
import type { NumberProfile } from "../../../server/segments/profile/view.ts";

/** A value of a column that has a size, as a table shows it. */
export function sizeWords(value: number | null, kind: "number" | "time"): string {
  if (value === null) return MISSING;
  if (kind === "time") return formatDay(new Date(value).toISOString().slice(0, 10));
  return formatNumber(value, { atMost: Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 1 ? 2 : 4 });
}

/** How a segment's median stands to everybody's: `1.8 times`, `12 days later`; empty where that says nothing. */
export function againstWords(own: NumberProfile, all: NumberProfile, kind: "number" | "time"): string {
  if (own.median === null || all.median === null) return "";
  if (own.median === all.median) return "as everybody";
  if (kind === "time") {
    const days = Math.round((own.median - all.median) / 86_400_000);
    const count = formatNumber(Math.abs(days));
    return days === 0
      ? "as everybody"
      : `${count} ${Math.abs(days) === 1 ? "day" : "days"} ${days > 0 ? "later" : "earlier"}`;
  }
  if (all.median > 0 && own.median >= 0) {
    const ratio = own.median / all.median;
    if (ratio >= 2) return `${formatNumber(ratio, { atMost: 1 })} times everybody's`;
    const change = formatPercent(Math.abs(ratio - 1), { digits: 0 });
    return `${change} ${ratio > 1 ? "more" : "less"}`;
  }
  const by = sizeWords(Math.abs(own.median - all.median), kind);
  return `${by} ${own.median > all.median ? "more" : "less"}`;
}

/** Where a value lies between two ends, in per cent; the ends' middle where they are one. */
export function placeOn(value: number, { low, high }: { low: number; high: number }): number {
  return high > low ? ((value - low) / (high - low)) * 100 : 50;
}

/** The ends that all quartiles of a column lie between; null where nothing is known of it. */
export function endsOf(profiles: readonly NumberProfile[]): { low: number; high: number } | null {
  const known = profiles.flatMap(({ q25, q75 }) => (q25 === null || q75 === null ? [] : [q25, q75]));
  return known.length === 0 ? null : { low: Math.min(...known), high: Math.max(...known) };
}

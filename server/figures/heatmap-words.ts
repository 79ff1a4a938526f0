import { formatNumber, formatPercent, MISSING } from "./format.ts";
import type { Heat, HeatColumn } from "./heatmap-rows.ts";

/** From here on a cell also carries an arrow: the tint alone never says it. */
const NOTABLE = 1;
const STRONGEST = 40;
const PER_DEVIATION = 20;

/** How a cell far from everybody is marked, `z` standard deviations away; null for one that is near. */
export function heatMark(z: number): { arrow: string; words: string } | null {
  if (Math.abs(z) < NOTABLE) return null;
  return z > 0 ? { arrow: "▲", words: "far above everybody" } : { arrow: "▼", words: "far below everybody" };
}

/** The style of a cell that is `z` standard deviations from everybody. */
export function heatTint(z: number): string {
  const strength = Math.min(STRONGEST, Math.abs(z) * PER_DEVIATION);
  if (strength < 1) return "";
  return `background:color-mix(in oklab, var(${z > 0 ? "--up" : "--down"}) ${strength.toFixed(0)}%, transparent)`;
}

export function heatValue(value: number | null, column: HeatColumn | undefined, digits: number): string {
  if (value === null) return MISSING;
  if (column?.unit === "percent") return formatPercent(value, { digits: 1 });
  return formatNumber(value, { digits });
}

/** Digits after the point for a column: about three that count in its largest value. */
export function columnPlaces(heat: Heat, place: number): number {
  const values = [...heat.rows.map((row) => row.cells[place]?.value), heat.everybody[place]].filter(
    (value) => value != null,
  );
  if (values.every((value) => Number.isInteger(value))) return 0;
  const largest = Math.max(...values.map(Math.abs));
  return largest >= 100 ? 0 : largest >= 3 ? 1 : largest >= 0.3 ? 2 : 3;
}

/** Columns in words, which a narrow head can break; shares are read as per cent. */
export function withUnits(heat: Heat): Heat {
  const columns = heat.columns.map((column) => ({
    ...column,
    label: column.name.replaceAll("_", " "),
    ...(/_(?:rate|share)$/.test(column.name) ? { unit: "percent" } : {}),
  }));
  return { ...heat, columns };
}

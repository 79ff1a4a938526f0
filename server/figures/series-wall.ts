import { MEASURED, metricWords } from "./alert-words.ts";
import type { SeriesTile } from "./series-tiles.ts";

/** One segment of a wall: its series in the metrics' order, null where it has none of a metric. */
export interface WallRow {
  readonly segment: string;
  readonly tiles: readonly (SeriesTile | null)[];
}

export interface Wall {
  readonly metrics: readonly string[];
  readonly rows: readonly WallRow[];
}

export const STANDINGS = [
  ...(["any", "drifts", "measured", "decided", "confirmed", "alert", "watch"] as const),
  ...(["paused", "steady", "learning"] as const),
] as const;

/**
 * Which series are wanted by how they stand; `drifts` are those at alert or confirmed that wait for somebody, but for opens by
 * machines, which are `measured` otherwise; of `decided` ones somebody has said something.
 */
export type Standing = (typeof STANDINGS)[number];

export interface WallFilter {
  readonly text: string;
  /** Null for all. */
  readonly metric: string | null;
  readonly standing: Standing;
}

export const NO_FILTER: WallFilter = { text: "", metric: null, standing: "any" };

/** Segments by metrics, the worst segment first; metrics are in the monitor's order. */
export function wallOf(tiles: readonly SeriesTile[], metrics: readonly string[]): Wall {
  const rows = new Map<string, SeriesTile[]>();
  for (const tile of tiles) rows.set(tile.segment, [...(rows.get(tile.segment) ?? []), tile]);
  const sorted = [...rows].map(([segment, own]) => ({
    segment,
    tiles: metrics.map((metric) => own.find((tile) => tile.metric === metric) ?? null),
  }));
  sorted.sort((a, b) => badness(b) - badness(a));
  return { metrics, rows: sorted };
}

/** What of a wall is wanted: its columns by metric, its rows by name and by how any of their series stands. */
export function filterWall({ metrics, rows }: Wall, { text, metric, standing }: WallFilter): Wall {
  const shown = metrics.filter((each) => metric === null || each === metric);
  const wanted = text.trim().toLocaleLowerCase();
  return {
    metrics: shown,
    rows: rows
      .map((row) => ({ ...row, tiles: row.tiles.filter((_, index) => shown.includes(metrics[index] ?? "")) }))
      .filter(
        ({ segment, tiles }) =>
          segment.toLocaleLowerCase().includes(wanted) && tiles.some((tile) => tile !== null && stands(tile, standing)),
      ),
  };
}

/** Whether a series is among those of a standing. */
export function stands({ tone, tier, metric, decided = "" }: SeriesTile, standing: Standing): boolean {
  if (standing === "any") return true;
  if (standing === "decided") return decided !== "";
  if (standing === "drifts") return tone === "alert" && decided === "" && metric !== MEASURED;
  if (standing === "measured") return tone === "alert" && decided === "" && metric === MEASURED;
  return standing === "confirmed" || standing === "alert" || standing === "watch"
    ? tier === standing
    : tone === standing;
}

/** `3 of 200 segments, 3 metrics: 2 drift, opens of 1 are measured otherwise, 1 is watched, 1 is paused.` */
export function wallWords(shown: Wall, all: Wall): string {
  const plural = (count: number, noun: string) => `${count} ${noun}${count === 1 ? "" : "s"}`;
  const [some, every] = [shown.rows.length, all.rows.length];
  const segments = some === every ? plural(every, "segment") : `${some} of ${plural(every, "segment")}`;
  const metrics =
    shown.metrics.length === 1 ? metricWords(shown.metrics[0] ?? "") : plural(shown.metrics.length, "metric");
  const count = (standing: Standing) =>
    shown.rows.filter(({ tiles }) => tiles.some((tile) => tile !== null && stands(tile, standing))).length;
  const [drift, watched, measured, decided] = [count("drifts"), count("watch"), count("measured"), count("decided")];
  const paused = count("paused");
  const told = [
    drift === 0 ? "" : `${drift} ${drift === 1 ? "drifts" : "drift"}`,
    measured === 0 ? "" : `opens of ${measured} are measured otherwise`,
    watched === 0 ? "" : `${watched} ${watched === 1 ? "is" : "are"} watched`,
    decided === 0 ? "" : `${decided} ${decided === 1 ? "is" : "are"} acknowledged or snoozed`,
    paused === 0 ? "" : `${paused} ${paused === 1 ? "is" : "are"} paused`,
  ].filter(Boolean);
  return `${segments}, ${metrics}: ${[drift === 0 ? "none drifts" : "", ...told].filter(Boolean).join(", ")}.`;
}

/** Series, the worst first; those that are as bad in the order in which they are given. */
export function worstFirst(tiles: readonly SeriesTile[]): SeriesTile[] {
  return [...tiles].sort((a, b) => weight(b) - weight(a));
}

/** How bad a segment's worst series is; of two that are as sure the one that moved further. */
function badness({ tiles }: WallRow): number {
  return Math.max(...tiles.map((tile) => (tile === null ? -1 : weight(tile))));
}

/** What people do otherwise, and nobody has decided on, is worse than what is measured otherwise. */
function weight(tile: SeriesTile): number {
  const { tone, tier, metric, moved, decided = "" } = tile;
  const drift = decided !== "" ? 3 : metric === MEASURED ? 4 : tone === "watch" ? 5 : tier === "confirmed" ? 7 : 6;
  const base = tone === "alert" || tone === "watch" ? drift : { paused: 2, steady: 1, learning: 0 }[tone];
  return base + Math.min(0.99, Math.abs(moved ?? 0));
}

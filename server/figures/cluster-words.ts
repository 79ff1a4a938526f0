import type { ClusterRule } from "./cluster-relations.ts";
import { formatNumber, formatPercent } from "./format.ts";
import type { Heat } from "./heatmap-rows.ts";

/** What sets one cluster apart, in words. */
export interface ClusterWords {
  readonly cluster: number;
  readonly name: string;
  readonly people: number;
  readonly sentence: string;
  /** Why it is too small to act on; null where it is not. */
  readonly small: string | null;
  readonly rule: ClusterRule | null;
}

const MOST_COLUMNS = 3;
const SMALL_PEOPLE = 50;
const SMALL_SHARE = 0.02;
/** Below this many standard deviations from everybody's mean a column does not set a cluster apart. */
const LEAST_DISTANCE = 0.25;

/** One line for each cluster: the columns in which it is farthest from everybody, with its mean against theirs. */
export function clusterWords(heat: Heat, rules: ReadonlyMap<number, ClusterRule>): ClusterWords[] {
  return heat.rows.map((row) => {
    const ranked = row.cells
      .map((cell, place) => ({
        ...cell,
        column: heat.columns[place]?.name ?? "",
        unit: heat.columns[place]?.unit,
        all: heat.everybody[place] ?? null,
      }))
      .filter((cell) => Math.abs(cell.z ?? 0) >= LEAST_DISTANCE)
      .sort((a, b) => Math.abs(b.z ?? 0) - Math.abs(a.z ?? 0))
      .slice(0, MOST_COLUMNS);
    const told = ranked.map(
      ({ column, unit, value, all }) => `${spoken(column)} (${figure(value, unit)} against ${figure(all, unit)})`,
    );
    const differs = told.length === 0 ? "is close to everybody in every column." : `differs most by ${listed(told)}.`;
    return {
      cluster: row.cluster ?? 0,
      name: row.name,
      people: row.size,
      sentence: `${formatPercent(row.share, { digits: 0 })} of all; ${differs}`,
      small: smallWords(row),
      rule: rules.get(row.cluster ?? 0) ?? null,
    };
  });
}

function smallWords({ size, share }: Heat["rows"][number]): string | null {
  if (size < SMALL_PEOPLE) return `Small: below ${SMALL_PEOPLE} people.`;
  return share < SMALL_SHARE ? `Small: below ${formatPercent(SMALL_SHARE, { digits: 0 })} of all.` : null;
}

function spoken(column: string): string {
  return column.replaceAll("_", " ");
}

function figure(value: number | null, unit: string | undefined): string {
  if (value === null) return "—";
  if (unit === "percent") return formatPercent(value);
  const size = Math.abs(value);
  return formatNumber(value, { atMost: size >= 100 ? 0 : size >= 1 ? 1 : 2 });
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

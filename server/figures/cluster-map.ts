import type { ResultPage } from "../run/view.ts";
import { asNumber, asText, columnOf } from "./columns.ts";
import { formatPercent } from "./format.ts";

type Page = Pick<ResultPage, "columns" | "rows">;

/** Somebody on the map: where, in which cluster, and in which row of the page. */
export interface MapPoint {
  readonly x: number;
  readonly y: number;
  readonly group: number;
  readonly row: number;
}

/** What a direction of the map is made of. */
export interface MapAxis {
  /** Of all variance, 0 to 1. */
  readonly share: number;
  /** Columns that grow along it, and those that fall, the heaviest first. */
  readonly more: readonly string[];
  readonly less: readonly string[];
}

/** Columns whose share of a direction is below a tenth are not spoken of. */
const LEAST_SHARE = 0.1;
const MOST_COLUMNS = 3;

export function mapPoints(page: Page): MapPoint[] {
  const [x, y, cluster] = ["x", "y", "cluster"].map((name) => columnOf(page, name));
  return page.rows.map((row, at) => ({
    x: asNumber(x?.(row) ?? null) ?? 0,
    y: asNumber(y?.(row) ?? null) ?? 0,
    group: asNumber(cluster?.(row) ?? null) ?? 0,
    row: at,
  }));
}

/** The map's directions, the first along x. */
export function mapAxes(page: Page): MapAxis[] {
  const [component, share, column, loading] = ["component", "share", "column", "loading"].map((name) =>
    columnOf(page, name),
  );
  const numbers = [...new Set(page.rows.map((row) => asNumber(component?.(row) ?? null)))];
  return numbers.map((number) => {
    const rows = page.rows.filter((row) => asNumber(component?.(row) ?? null) === number);
    const told = rows
      .map((row) => ({ name: asText(column?.(row) ?? null), loading: asNumber(loading?.(row) ?? null) ?? 0 }))
      .filter((one) => one.loading ** 2 >= LEAST_SHARE)
      .sort((a, b) => Math.abs(b.loading) - Math.abs(a.loading))
      .slice(0, MOST_COLUMNS);
    const names = (sign: number) =>
      told.filter((one) => one.loading * sign > 0).map((one) => one.name.replaceAll("_", " "));
    return { share: asNumber(share?.(rows[0] ?? []) ?? null) ?? 0, more: names(1), less: names(-1) };
  });
}

const WAYS = [
  { way: "Across", end: "to the right" },
  { way: "Upwards", end: "above" },
] as const;

/** `Across, 54% of the variance: more visits 90d and less recency days to the right.` and the same of upwards. */
export function axesWords(axes: readonly MapAxis[]): string[] {
  return axes.map((axis, at) => axisWords(axis, WAYS[at] ?? WAYS[0]));
}

function axisWords({ share, more, less }: MapAxis, { way, end }: { way: string; end: string }): string {
  const parts = [...more.map((name) => `more ${name}`), ...less.map((name) => `less ${name}`)];
  const said = parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
  return `${way}, ${formatPercent(share, { digits: 0 })} of the variance: ${said === "" ? "a little of every column" : said} ${end}.`;
}

import { formatCount } from "../../server/figures/format.ts";
import type { Series } from "../../server/figures/series-points.ts";

/** `1,200 points were not read: there are too many to show.` */
export function unreadWords(unread: number): string {
  return `${unread === 1 ? "One point was" : `${formatCount(unread)} points were`} not read: there are too many to show.`;
}

/** The newest period of all, where periods are days. */
export function newestOf(series: readonly Series[]): string {
  const periods = series.flatMap(({ points }) => points.at(-1)?.period ?? []);
  return (periods.sort().at(-1) ?? "").slice(0, 10);
}

/** `14 segments, 3 rates each, 168 periods.` */
export function leadWords(series: readonly Series[]): string {
  if (series.length === 0) return "Each refresh counts what every segment did; there is nothing counted yet.";
  const segments = new Set(series.map((each) => each.segment)).size;
  const metrics = new Set(series.map((each) => each.metric)).size;
  const periods = Math.max(...series.map((each) => each.points.length));
  const plural = (count: number, noun: string) => `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;
  return `${plural(segments, "segment")}, ${plural(metrics, "metric")} each, ${plural(periods, "period")}. The band is what was expected; a drift names its first period and how surely it is known.`;
}

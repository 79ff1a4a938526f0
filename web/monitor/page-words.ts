import { formatCount } from "../../server/figures/format.ts";
import type { Series } from "../../server/figures/series-points.ts";
import type { TodaysList } from "../../server/run/alerts/view.ts";

/** `1,200 points were not read: there are too many to show.` */
export function unreadWords(unread: number): string {
  return `${unread === 1 ? "One point was" : `${formatCount(unread)} points were`} not read: there are too many to show.`;
}

/** What stands on today's list of those that moved; empty where none does. */
export function listWords(list: TodaysList | undefined): string {
  if (list === undefined || list.series.length === 0) return "";
  const { length } = list.series;
  const away = length === 1 ? "is not at its level" : "are not at their level";
  return `${formatCount(length)} of ${formatCount(list.of)} series ${away} any more, as recorded last: of such a list at most ${Math.round(100 * list.share)} % are expected to be false.`;
}

/** The newest period of all, where periods are days. */
export function newestOf(series: readonly Series[]): string {
  const periods = series.flatMap(({ points }) => points.at(-1)?.period ?? []);
  return (periods.sort().at(-1) ?? "").slice(0, 10);
}

/** `14 segments, 3 metrics each, 168 periods.`; `3 to 5 metrics each, up to 396 periods` where monitors differ. */
export function leadWords(monitors: readonly { readonly series: readonly Series[] }[]): string {
  const counted = monitors.filter(({ series }) => series.length > 0);
  if (counted.length === 0) return "Each refresh counts what every segment did; there is nothing counted yet.";
  const distinct = (all: readonly Series[], of: "segment" | "metric") => new Set(all.map((each) => each[of])).size;
  const segments = counted.reduce((sum, { series }) => sum + distinct(series, "segment"), 0);
  const metrics = counted.map(({ series }) => distinct(series, "metric"));
  const periods = counted.flatMap(({ series }) => series.map(({ points }) => points.length));
  const [least, most] = [Math.min(...metrics), Math.max(...metrics)];
  const plural = (count: number, noun: string) => `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;
  const each = least === most ? plural(most, "metric") : `${formatCount(least)} to ${plural(most, "metric")}`;
  const longest = Math.max(...periods);
  const upTo = periods.every((count) => count === longest) ? "" : "up to ";
  return `${plural(segments, "segment")}, ${each} each, ${upTo}${plural(longest, "period")}. The band is what was expected; a drift names its first period and how surely it is known.`;
}

import type { Alert } from "./alerts.ts";
import { formatChange, formatCount, formatPercent, unbroken } from "./format.ts";
import { formatDay } from "./format-time.ts";
import type { Learning } from "./learning-words.ts";

/** Whether a metric counts people instead of being a share of them. */
export function isCount(metric: string): boolean {
  return metric === "size";
}

/** `click rate` for `click_rate`. */
export function metricWords(metric: string): string {
  return metric.replaceAll("_", " ");
}

/** `click rate fell from 5.2 % to 3.9 %`. */
export function alertTitle(alert: Alert): string {
  const verb = alert.direction === "down" ? "fell" : "rose";
  const figure = (value: number | null) =>
    value === null ? "—" : isCount(alert.metric) ? formatCount(value) : formatPercent(value);
  return `${metricWords(alert.metric)} ${verb} from ${figure(alert.before)} to ${figure(alert.after)}`;
}

/** An alert's sentence in two parts: what moved from what to what, and by how much, since when and how surely. */
export function alertParts(alert: Alert): { title: string; detail: string } {
  const told = /^(.+? (?:fell|rose) from .+? to .+?) \(([^,()]+), ([^()]+)\) (.+)$/s.exec(alert.explanation);
  const [, title, change, range, rest] = told ?? [];
  if (title === undefined) {
    const short = `${alert.segment}: ${alertTitle(alert)}`;
    const isSaid = alert.explanation.startsWith(`${short} since`);
    const rest = alert.explanation.slice(short.length + " s".length);
    return { title: short, detail: isSaid ? `S${rest}` : alert.explanation };
  }
  return { title: unbroken(title), detail: unbroken(`${change} (${range}) ${rest}`) };
}

/** `▼ −25 % since 22 Aug`, for the series that it is about. */
export function alertStatus(alert: Alert): string {
  const change = alert.change === null ? "" : formatChange(alert.change).text;
  const since = alert.changeAt === null ? "" : ` since ${formatDay(alert.changeAt, { style: "short" })}`;
  return alert.tier === "watch" ? `watch, ${change}${since}` : `${change}${since}`;
}

const NUMBERS = ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine"];

const QUIET: Readonly<Record<Learning, string>> = {
  none: "Every segment is steady",
  some: "No segment drifts; some are too new to tell",
  all: "Too early to tell what drifts",
};

/** What is no drift of people: opens that machines make are a matter of measuring. */
export const MEASURED = "machine_open_rate";

/** The monitor in a sentence: how many segments drift, not how many rows a list has. */
export function headline(alerts: readonly Alert[], learning: Learning = "none"): string {
  const told = alerts.filter(({ tier }) => tier !== "watch");
  const drifting = new Set(told.filter(({ metric }) => metric !== MEASURED).map(({ segment }) => segment));
  if (drifting.size === 0) {
    if (told.length > 0) return "No segment drifts; opens are measured otherwise";
    return alerts.length === 0 ? QUIET[learning] : "No segment drifts; some are watched";
  }
  const number = NUMBERS[drifting.size] ?? formatCount(drifting.size);
  return drifting.size === 1 ? `${number} segment drifts` : `${number} segments drift`;
}

import type { ReplayView, ReplayWeek } from "../run/replay/view.ts";
import { formatCount, formatPercent, MISSING } from "./format.ts";
import { formatDay, lastDayBefore } from "./format-time.ts";

/** The two rates of a week; null where nothing was delivered or no column says it. */
export function ratesOf({ sends }: ReplayWeek): { open: number | null; click: number | null } {
  const share = (part: number | null, whole: number) => (part === null || whole === 0 ? null : part / whole);
  if (sends === null) return { open: null, click: null };
  return { open: share(sends.opened, sends.openable), click: share(sends.clicked, sends.delivered) };
}

/** The day on which a week ends, as far as days go: its last moment is just before `until`. */
export function lastDayOf({ until }: ReplayWeek): string {
  return lastDayBefore(until);
}

/** One week in a line: `week to 1 Nov: 1,204 in, 31 came, 12 left; of 410 delivered 23.1% opened, 2.0% clicked`. */
export function weekWords(week: ReplayWeek): string {
  const people = `${formatCount(week.size)} in, ${formatCount(week.entered)} came, ${formatCount(week.left)} left`;
  const name = `week to ${formatDay(lastDayOf(week), { style: "short" })}`;
  if (week.sends === null) return `${name}: ${people}`;
  const { open, click } = ratesOf(week);
  if (week.sends.delivered === 0) return `${name}: ${people}; nothing was sent to them`;
  const rates = `${formatRate(open)} opened, ${formatRate(click)} clicked`;
  const young = week.sends.mature ? "" : ", which may still grow";
  return `${name}: ${people}; of ${formatCount(week.sends.delivered)} delivered ${rates}${young}`;
}

export function formatRate(rate: number | null): string {
  return rate === null ? MISSING : formatPercent(rate, { digits: 1 });
}

/** All weeks as CSV, numbers as they are. */
export function replayCsv({ weeks }: ReplayView): string {
  const head = "from,until,size,entered,left,delivered,opened,openable,clicked,mature";
  const rows = weeks.map(({ from, until, size, entered, left, sends }) => {
    const rates = sends === null ? [] : [sends.delivered, sends.opened, sends.openable, sends.clicked, sends.mature];
    return [from, until, size, entered, left, ...rates, ...Array(5 - rates.length).fill("")]
      .map((value) => (value === null ? "" : String(value)))
      .join(",");
  });
  return `${[head, ...rows].join("\n")}\n`;
}

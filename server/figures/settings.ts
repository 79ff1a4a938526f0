import type { Head } from "../notebook/model.ts";
import type { PlanView } from "../run/view.ts";
import { formatDay, formatMoment } from "./format-time.ts";

/** What the notebook's head says, as a line under its title. */
export function settingWords(head: Head, plan: PlanView | null): string {
  const words = [`One row is a ${head.entity}`];
  if (plan !== null) words.push(`as of ${momentWords(plan.asOf, head.timezone)}`);
  words.push(head.timezone);
  if (head.exclude !== null) words.push(`without those who match: ${head.exclude}`);
  return words.join(" · ");
}

/** A moment in its zone; midnight is told as the end of the day before, for that is the last day that counts. */
export function momentWords(moment: string, zone: string): string {
  const before = new Date(Date.parse(moment) - 1);
  const parts = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    dateStyle: "short",
    timeStyle: "medium",
    hourCycle: "h23",
  })
    .format(before)
    .split(", ");
  const [day = "", time = ""] = parts;
  return time === "23:59:59" && Date.parse(moment) % 1000 === 0
    ? `the end of ${formatDay(day)}`
    : formatMoment(moment, { zone });
}

import type { Head } from "../../server/notebook/model.ts";
import type { PlanView } from "../../server/run/view.ts";
import { formatMoment } from "../parts/format-time.ts";

/** What the notebook's head says, as a line under its title. */
export function settingWords(head: Head, plan: PlanView | null): string {
  const words = [`One row is a ${head.entity}`];
  if (plan !== null) words.push(`as of ${formatMoment(plan.asOf, { zone: head.timezone })}`);
  words.push(head.timezone);
  if (head.exclude !== null) words.push(`without those who match: ${head.exclude}`);
  return words.join(" · ");
}

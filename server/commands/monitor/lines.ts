import { wordsOf } from "../../monitor/explain/alert.ts";
import { rank } from "../../monitor/life/life.ts";
import type { LifeChange, LivingAlert } from "../../monitor/life/model.ts";
import { stateOf } from "../../monitor/life/state.ts";
import type { Tier } from "../../monitor/model.ts";
import type { TodaysList } from "../../run/alerts/view.ts";

/** One thing that changed, as a person reads it. */
export function changeText(change: LifeChange): string {
  if (change.what === "incident") {
    const { finding } = change.incident;
    return `incident   ${finding.metric} ${finding.opened_at} (${change.alerts} ${change.alerts === 1 ? "alert" : "alerts"} inside): ${finding.explanation}`;
  }
  const { what, alert, before } = change;
  const { tier, explanation } = alert.finding;
  const from = what === "raised" || what === "lowered" ? `${before} → ${tier}` : tier;
  const why = what === "closed" && alert.closed !== null ? `, ${CLOSED[alert.closed.why]}` : "";
  return `${what.padEnd(10)} ${from}${why}: ${explanation}`;
}

/** What changed in a notebook, a line each: incidents first, each with what became of its alerts. */
export function changesText(changes: readonly LifeChange[]): string {
  const incidents = changes.flatMap((change) => (change.what === "incident" ? [change] : []));
  const inside = (change: LifeChange, id: string) => change.what !== "incident" && change.alert.incident === id;
  const others = changes.filter(
    (change) => !incidents.some((one) => one === change || inside(change, one.incident.id)),
  );
  const lines = [
    ...incidents.flatMap((one) => {
      const own = changes.filter((change) => inside(change, one.incident.id));
      return [changeText(one), ...own.map((change) => `  ${changeText(change)}`)];
    }),
    ...others.map(changeText),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

const CLOSED: Readonly<Record<NonNullable<LivingAlert["closed"]>["why"], string>> = {
  back: "the rate is back",
  passed: "it has passed",
  gone: "it is found no more",
  new_baseline: "its level is the baseline",
};

/** One thing that changed, as `monitor --json` prints it. */
export function changeLine(change: LifeChange): object {
  if (change.what === "incident") {
    const { id, notebook, cell, finding } = change.incident;
    return { type: "incident", notebook, cell, id, ...finding, alerts: change.alerts };
  }
  const { what, alert, before } = change;
  const { id, notebook, cell, finding, closed, incident } = alert;
  return { type: what, notebook, cell, id, before, ...finding, closed: closed?.why ?? null, incident };
}

/** A monitor that is in no notebook any more, with the ids of its alerts that are not closed. */
export interface Gone {
  readonly notebook: string;
  readonly cell: string;
  readonly alerts: readonly string[];
}

const WHAT_TO_DO = "Put it back under its old name, or close them by hand in the inbox of `segbook serve`.";

/** What is to be done about a monitor that is gone, as a person reads it. */
export function goneText({ notebook, cell, alerts: { length } }: Gone): string {
  const what = length === 1 ? "1 alert of it is" : `${length} alerts of it are`;
  return `${notebook} ${cell}: this monitor is gone, and ${what} not closed: no run will. ${WHAT_TO_DO}\n`;
}

/** The same, as `monitor --json` prints it. */
export function goneLine({ notebook, cell, alerts }: Gone): object {
  return { type: "gone", notebook, cell, alerts, hint: WHAT_TO_DO };
}

/** Which series are on today's list, as a person reads it. */
export function listText({ share, of, series }: TodaysList): string {
  const count = series.length === 0 ? "none" : String(series.length);
  const head = `today's list: ${count} of ${of} series; at most ${100 * share} % of such a list is expected to be as before\n`;
  return [
    head,
    ...series.map((one) => `  ${one.notebook} ${one.cell}: ${one.segment}, ${wordsOf(one.metric).words}\n`),
  ].join("");
}

/** The same, as `monitor --json` prints it. */
export function listLine({ share, of, series }: TodaysList): object {
  const listed = series.map(({ eValue, ...one }) => ({ ...one, e_value: eValue }));
  return { type: "list", share, of, series: listed };
}

/** Whether the same series are on both. */
export function isSameList(a: TodaysList, b: TodaysList): boolean {
  const names = ({ series }: TodaysList) =>
    JSON.stringify(series.map(({ notebook, cell, segment, metric }) => [notebook, cell, segment, metric]).sort());
  return names(a) === names(b);
}

/** Whether a change is a new alert of a tier or above it: one that opened, came again or was raised to it, and that nobody has put to rest. */
export function isNews(change: LifeChange, tier: Tier, today: string): boolean {
  if (change.what === "incident") return false;
  const { what, alert, before } = change;
  if (rank(alert.finding.tier) < rank(tier) || !["open", "settling"].includes(stateOf(alert, today))) return false;
  if (what === "opened" || what === "reopened") return true;
  return what === "raised" && before !== null && rank(before) < rank(tier);
}

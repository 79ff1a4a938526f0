import { rank } from "../../monitor/life/life.ts";
import type { LifeChange, LivingAlert } from "../../monitor/life/model.ts";
import { stateOf } from "../../monitor/life/state.ts";
import type { Tier } from "../../monitor/model.ts";

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

/** Whether a change is a new alert of a tier or above it: one that opened, came again or was raised to it, and that nobody has put to rest. */
export function isNews(change: LifeChange, tier: Tier, today: string): boolean {
  if (change.what === "incident") return false;
  const { what, alert, before } = change;
  if (rank(alert.finding.tier) < rank(tier) || !["open", "settling"].includes(stateOf(alert, today))) return false;
  if (what === "opened" || what === "reopened") return true;
  return what === "raised" && before !== null && rank(before) < rank(tier);
}

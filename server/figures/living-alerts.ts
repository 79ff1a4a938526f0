import type { Closing, Happening, LifeChange, LivingAlert, Reason } from "../monitor/life/model.ts";
import type { AlertView, MonitorNews } from "../run/alerts/view.ts";
import { alertParts, metricWords } from "./alert-words.ts";
import type { Alert } from "./alerts.ts";
import { formatCount } from "./format.ts";
import { formatDay } from "./format-time.ts";

const REASONS: Readonly<Record<Reason, string>> = {
  known_cause: "known cause",
  new_baseline: "new baseline",
  false_alarm: "false alarm",
};

const CLOSINGS: Readonly<Record<Closing, string>> = {
  back: "the rate is back",
  passed: "the evidence has passed",
  gone: "it is found no more",
  new_baseline: "it is the new baseline",
};

/** A recorded finding as the page tells alerts. */
export function foundOf({ finding }: Pick<LivingAlert, "finding">): Alert {
  return {
    ...{ segment: finding.segment, metric: finding.metric, tier: finding.tier, direction: finding.direction },
    ...{ detectedAt: finding.detected_at, changeAt: finding.change_at },
    ...{ changeFrom: finding.change_from, changeTo: finding.change_to },
    ...{ before: finding.rate_before, after: finding.rate_after, change: finding.relative_change },
    ...{ low: finding.low, high: finding.high, verdict: finding.verdict, explanation: finding.explanation },
  };
}

/** Whether it waits for somebody to look at it. */
export function isWaiting({ state }: Pick<AlertView, "state">): boolean {
  return state === "open" || state === "settling";
}

/** `5 alerts in it, 2 of them acknowledged or snoozed, 1 shown here.`: what an incident holds. */
export function incidentWords({ all, decided, shown }: { all: number; decided: number; shown: number }): string {
  const told = [
    all === 1 ? "One alert in it" : `${formatCount(all)} alerts in it`,
    decided === 0 ? "" : `${formatCount(decided)} of them acknowledged or snoozed`,
    shown === all - decided ? "" : `${formatCount(shown)} shown here`,
  ];
  return `${told.filter((words) => words !== "").join(", ")}.`;
}

/** `known cause: the sender moved`, `snoozed until 7 Nov 2026`, `closed: the rate is back`; empty while it is open. */
export function standingWords({ state, decision, closed }: AlertView): string {
  if (state === "closed") return closed === null ? "closed: its monitor is gone" : `closed: ${CLOSINGS[closed.why]}`;
  if (state === "settling") return "settling";
  if (decision === null || decision.kind === "ended" || state === "open") return "";
  const note = decision.note === "" ? "" : `: ${decision.note}`;
  if (decision.kind === "snoozed") return `snoozed until ${formatDay(decision.until)}${note}`;
  return `${REASONS[decision.reason]}${note}`;
}

/** One moment of an alert's life, in words. */
export function happeningWords({ what, tier, why }: Happening): string {
  const told: Readonly<Record<Happening["what"], string>> = {
    ...{ opened: `opened at ${tier}`, raised: `raised to ${tier}`, lowered: `lowered to ${tier}` },
    ...{ settled: "settled", closed: "closed", reopened: "reopened", acknowledged: "acknowledged" },
    ...{ snoozed: "snoozed", woken: "woken", undone: "taken back" },
  };
  return why === "" ? told[what] : `${told[what]}: ${reasonWords(why)}`;
}

/** What bringing monitors up to date changed, a sentence a change. */
export function newsWords(news: readonly MonitorNews[]): string[] {
  return news.flatMap((each) => (each.what === "changes" ? each.changes.map(changeWords) : []));
}

function changeWords(change: LifeChange): string {
  if (change.what === "incident") return `Many segments moved together: ${change.incident.finding.explanation}`;
  const { title } = alertParts(foundOf(change.alert));
  const last = change.alert.history.at(-1);
  const happened = last?.what === change.what ? happeningWords(last) : change.what;
  return `${title}: ${happened}.`;
}

/** A reason as the state names it, or a sentence as it is. */
function reasonWords(why: string): string {
  return { ...REASONS, ...CLOSINGS }[why as Reason | Closing] ?? why;
}

/** What an alert is about: `VIP, click rate`. */
export function subjectWords({ finding }: Pick<LivingAlert, "finding">): string {
  return `${finding.segment}, ${metricWords(finding.metric)}`;
}

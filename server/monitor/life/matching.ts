import type { Alert } from "../model.ts";
import { comparePeriods } from "../period.ts";
import { overlap } from "./apart.ts";
import { type Drift, stretchOf } from "./drifts.ts";
import type { Decision, LivingAlert } from "./model.ts";

/** Which drift each alert is; an estimate of the change may have moved since, even out of the stretch it was in. */
export function matched(alerts: readonly LivingAlert[], drifts: readonly Drift[]): Map<LivingAlert, Drift> {
  const found = new Map<LivingAlert, Drift>();
  const free = new Set(drifts);
  const inTime = alerts.filter((alert) => !isReplaced(alert)).sort(byDetection);
  const take = (alert: LivingAlert, drift: Drift | undefined) => {
    if (drift === undefined) return;
    found.set(alert, drift);
    free.delete(drift);
  };
  for (const alert of inTime) {
    const own = [...free].filter(({ rows }) => isOf(alert, rows[0]));
    take(
      alert,
      own.find(({ rows }) => rows.some((row) => overlap(stretchOf(row), stretchOf(alert.finding)))),
    );
  }
  for (const alert of inTime) {
    if (found.has(alert) || alert.closed !== null || alert.finding.confirmed_at !== null) continue;
    const later = (row: Alert) => comparePeriods(row.detected_at, alert.finding.detected_at) >= 0;
    take(
      alert,
      [...free].find(({ rows }) => isOf(alert, rows[0]) && later(rows[0])),
    );
  }
  return found;
}

/** What it was about is the baseline by now: whatever comes is another drift. */
function isReplaced({ closed, decision }: LivingAlert): boolean {
  return closed?.why === "new_baseline" && isBaseline(decision);
}

function isBaseline(decision: Decision | null): boolean {
  return decision?.kind === "acknowledged" && decision.reason === "new_baseline";
}

function byDetection(a: LivingAlert, b: LivingAlert): number {
  return comparePeriods(a.finding.detected_at, b.finding.detected_at);
}

function isOf({ finding }: LivingAlert, row: Alert): boolean {
  return finding.segment === row.segment && finding.metric === row.metric && finding.direction === row.direction;
}

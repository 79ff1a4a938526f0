import type { Alert } from "../../server/figures/alerts.ts";
import { isWaiting } from "../../server/figures/living-alerts.ts";
import { field } from "../../server/figures/segmentation.ts";
import type { PeriodKind } from "../../server/figures/series-period.ts";
import {
  type StandingDrift,
  standingDrifts,
  type Watching,
  waitingOf,
  watchingOf,
} from "../../server/figures/standing-drifts.ts";
import type { AlertsView, AlertView } from "../../server/run/alerts/view.ts";
import type { NotebookOverview } from "./overview.ts";

/** A monitor with what it finds. */
interface Found {
  readonly path: string;
  readonly cell: string;
  readonly alerts: readonly Alert[];
  readonly watching: Watching;
}

/** What is recorded of a monitor; null where nothing is. */
export function recordedOf(
  view: AlertsView | null,
  { path, cell }: { path: string; cell: string },
): readonly AlertView[] | null {
  const isMine = (each: { notebook: string; cell: string }) => each.notebook === path && each.cell === cell;
  return view?.recorded.some(isMine) ? view.alerts.filter(isMine) : null;
}

/** What drifts of a monitor, by what is found and what is recorded of it. */
export function driftsOf(found: Found, view: AlertsView | null): readonly StandingDrift[] {
  return standingDrifts(found.alerts, recordedOf(view, found), found.watching);
}

/** How many alerts wait for somebody, over all notebooks; of what is recorded alone while nothing else is known. */
export function pressingCount(entries: readonly NotebookOverview[] | null, view: AlertsView | null): number | null {
  if (entries === null && (view === null || view.recorded.length === 0)) return null;
  const found = (entries ?? []).flatMap(monitorsOf);
  const told = found.map((each) => waitingOf(driftsOf(each, view)).pressing);
  const isTold = ({ notebook, cell }: AlertView) =>
    found.some((each) => each.path === notebook && each.cell === cell && recordedOf(view, each) !== null);
  const others = view?.alerts.filter((alert) => !isTold(alert) && isWaiting(alert) && alert.finding.tier !== "watch");
  return told.reduce((sum, count) => sum + count, others?.length ?? 0);
}

function monitorsOf({ listing, plan, alerts }: NotebookOverview): Found[] {
  const monitors = plan?.cells.filter(({ kind }) => kind === "monitor") ?? [];
  return monitors.map(({ id, body }) => ({
    ...{ path: listing.path, cell: id, alerts: alerts.get(id) ?? [], watching: watchingOf(body, periodOf(body)) },
  }));
}

/** What a monitor's periods are, as its body says. */
function periodOf(body: unknown): PeriodKind {
  const written = field(body, "period");
  return written === "week" || written === "send" ? written : "day";
}

import type { Period } from "../model.ts";
import type { Annotation, LivingAlert, Rebaseline } from "./model.ts";

/** Where evidence starts anew in a notebook's monitors, by annotations and by levels that were accepted; in one order. */
export function rebaselinesOf(
  notebook: string,
  { annotations, alerts }: { readonly annotations: readonly Annotation[]; readonly alerts: readonly LivingAlert[] },
): Rebaseline[] {
  const written = annotations
    .filter(({ rebaseline, scope }) => rebaseline && (scope.notebook === null || scope.notebook === notebook))
    .flatMap(({ scope: { cell, segment, metric }, from, to }) => {
      const after = to === null ? null : nextOf(to);
      return [from, ...(after === null ? [] : [after])].map((period) => ({ cell, segment, metric, period }));
    });
  const accepted = alerts.flatMap(({ notebook: own, cell, finding: { segment, metric }, decision }) => {
    const period = decision?.kind === "acknowledged" ? decision.period : null;
    return own !== notebook || period === null ? [] : [{ cell, segment, metric, period }];
  });
  return sorted([...written, ...accepted]);
}

/** What a cell watches. */
export interface Watched {
  readonly id: string;
  readonly period: Period;
  /** Null where it is whatever there is. */
  readonly metrics: readonly string[] | null;
}

/** Those of them that concern a cell. */
export function concerningCell(all: readonly Rebaseline[], { id, period, metrics }: Watched): Rebaseline[] {
  return all.filter(({ cell, metric }) => {
    // A day says nothing of sends, whose order is that of their ids.
    const isOfCell = cell === id || (cell === null && period !== "send");
    return isOfCell && (metric === null || metrics === null || metrics.includes(metric));
  });
}

function sorted(rebaselines: readonly Rebaseline[]): Rebaseline[] {
  const marks = rebaselines.map(({ cell, segment, metric, period }) =>
    JSON.stringify({ cell, segment, metric, period }),
  );
  return [...new Set(marks)].sort().map((mark) => JSON.parse(mark) as Rebaseline);
}

/** The day after a day, the send after a numbered one; null where nobody can tell. */
function nextOf(period: string): string | null {
  if (/^\d{4}-\d{2}-\d{2}$/.test(period)) {
    const day = Date.parse(period);
    return Number.isNaN(day) ? null : new Date(day + 86_400_000).toISOString().slice(0, 10);
  }
  return /^\d+$/.test(period) ? String(Number(period) + 1) : null;
}

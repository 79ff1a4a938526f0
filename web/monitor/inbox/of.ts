import type { Scope } from "../../../server/monitor/life/model.ts";

/** Which alerts are meant: those of a notebook, of a cell, of a series; null for any. */
export interface Of {
  readonly notebook: string;
  readonly cell: string;
  readonly segment: string | null;
  readonly metric: string | null;
}

const EVERYWHERE: Scope = { notebook: null, cell: null, segment: null, metric: null };

/** Whether a monitor, or one of its series, is among what is meant. */
export function isMeant(
  of: Of | null,
  one: { notebook: string; cell: string; segment?: string; metric?: string },
): boolean {
  if (of === null) return true;
  if (one.notebook !== of.notebook || one.cell !== of.cell) return false;
  if (one.segment === undefined) return true;
  return (of.segment ?? one.segment) === one.segment && (of.metric ?? one.metric) === one.metric;
}

/** Whether something that was written down touches what is meant. */
export function touches(of: Of | null, scope: Scope): boolean {
  if (of === null) return true;
  const { notebook, cell } = of;
  return isAbout(scope, {
    notebook,
    cell,
    segment: of.segment ?? scope.segment ?? "",
    metric: of.metric ?? scope.metric ?? "",
  });
}

/** Whether what was written down is about a series. */
export function isAbout(
  scope: Scope,
  one: { notebook: string; cell: string; segment: string; metric: string },
): boolean {
  return (["notebook", "cell", "segment", "metric"] as const).every(
    (key) => scope[key] === null || scope[key] === one[key],
  );
}

/** What can be annotated from there, the narrowest first. */
export function scopesOf(of: Of | null): Scope[] {
  if (of === null) return [EVERYWHERE];
  const { notebook, segment, metric } = of;
  const cell = { ...EVERYWHERE, notebook, cell: of.cell };
  const people = segment === null ? [] : [{ ...cell, segment }];
  const series = segment === null || metric === null ? [] : [{ ...cell, segment, metric }];
  return [...series, ...people, cell, EVERYWHERE];
}

import { metricNamed } from "../../monitor/metrics.ts";
import type { Fault } from "../kind.ts";
import { DEFAULT_METRICS, type MonitorBody } from "./schema.ts";

/** One metric as counted columns: SQL of its chances and its events. */
export interface Counting {
  readonly metric: string;
  readonly columns: readonly string[];
  readonly n: string;
  readonly x: string;
  /** How several rows of one period make one. */
  readonly join: "sum" | "max";
}

export interface Chosen {
  readonly countings: readonly Counting[];
  readonly faults: readonly Fault[];
}

/** Which metrics can be counted from these columns; those that were asked for and can't are faults. */
export function chooseMetrics(
  body: MonitorBody,
  counted: readonly string[],
  missing: (column: string) => Fault,
): Chosen {
  const countings: Counting[] = [];
  // Sizes and make-ups are counted elsewhere.
  let others = 0;
  const faults: Fault[] = [];
  for (const name of [...new Set(body.metrics ?? DEFAULT_METRICS)]) {
    const isOfRefreshes = name === "mix" || (name === "size" && body.counts === null);
    const fault = isOfRefreshes ? unwatched(name, body) : null;
    if (fault !== null) faults.push(fault);
    else if (isOfRefreshes) others += 1;
    if (isOfRefreshes) continue;
    const counting = countingOf(name, counted);
    const lacking = counting.columns.filter((column) => !counted.includes(column));
    if (lacking.length === 0) countings.push(counting);
    else if (body.metrics !== null) {
      for (const column of lacking) {
        const fault = missing(column);
        faults.push({ ...fault, message: `${name} needs ${fault.message}` });
      }
    }
  }
  if (countings.length + others === 0 && !faults.some((fault) => fault.severity !== "warning")) faults.push(nothing());
  return { countings, faults };
}

function countingOf(name: string, counted: readonly string[]): Counting {
  const metric = metricNamed(name);
  if (metric === null) return { metric: name, columns: ["members"], n: "1", x: "members", join: "max" };
  const { numerator, denominator } = metric;
  const machine = those(metric.machine, counted);
  const suspected = those(metric.suspected, counted);
  return {
    metric: name,
    columns: [denominator, numerator, ...machine, ...suspected],
    n: [denominator, ...machine].join(" - "),
    x: [numerator, ...machine, ...suspected].join(" - "),
    join: "sum",
  };
}

function those(column: string | null, counted: readonly string[]): string[] {
  return column !== null && counted.includes(column) ? [column] : [];
}

/** Why a metric that rests on who was in which segment can't be watched; null where it can. */
function unwatched(name: string, { counts, period }: Pick<MonitorBody, "counts" | "period">): Fault | null {
  const fault = (why: string, hint: string) =>
    ({
      code: "metric-not-watched",
      severity: "warning",
      message: `\`${name}\` is not watched here: ${why}.`,
      hint,
    }) as const;
  if (counts !== null) {
    return fault(
      "a relation that is counted says nothing of who is in a segment",
      "Name the cells in `segments:`, with the `sends:`, or leave it out; the other metrics are watched.",
    );
  }
  if (name === "mix" || period !== "send") return null;
  return fault("a size has no sends, but days", "Watch it by another monitor with `period: day`, or leave it out.");
}

function nothing(): Fault {
  return {
    code: "monitor-nothing",
    message: "There is nothing to watch: no metric has the columns that it needs.",
    hint: "Give `delivered` and at least one of `opened`, `clicked` and `unsubscribed`, or map the columns of the sends.",
  };
}

import { name as quoted } from "../../language/quote.ts";
import type { Count } from "../../monitor/model.ts";
import type { Fault, RunContext } from "../kind.ts";
import type { Counting } from "./metrics.ts";

export interface Cohorts {
  readonly metric: string;
  readonly counts: readonly Count[];
}

/** Reads a table of counted rows as one list of cohorts a metric, or the fault of a count that can't be. */
export async function readCohorts(
  table: string,
  countings: readonly Counting[],
  context: RunContext,
): Promise<Cohorts[] | Fault> {
  const values = countings.map(({ n, x, join }, i) => {
    const known = `(${n}) IS NOT NULL AND (${x}) IS NOT NULL`;
    return `${join}(${n}) FILTER (WHERE ${known})::DOUBLE AS n${i}, ${join}(${x}) FILTER (WHERE ${known})::DOUBLE AS x${i}`;
  });
  const rows = await context.engine.rows({
    sql: `
      SELECT segment, period::VARCHAR AS cohort, bool_and(mature) AS mature, ${values.join(", ")}
      FROM ${quoted(table)}
      GROUP BY segment, period
      ORDER BY segment, period`,
    signal: context.signal,
  });
  const cohorts = countings.map(({ metric }) => ({ metric, counts: [] as Count[] }));
  for (const row of rows) {
    for (const [i, { metric, counts }] of cohorts.entries()) {
      const n = row[`n${i}`];
      const x = row[`x${i}`];
      // A period without the metric's counts is no data for it, as one without a row is.
      if (typeof n !== "number" || typeof x !== "number") continue;
      const count = {
        segment: String(row.segment),
        period: String(row.cohort),
        n,
        x,
        mature: row.mature === true,
      };
      if (!possible(count, metric)) return impossible(count, metric);
      counts.push(count);
    }
  }
  return cohorts;
}

function possible({ n, x }: Count, metric: string): boolean {
  return x >= 0 && n >= 0 && Number.isInteger(x) && Number.isInteger(n) && (metric === "size" || x <= n);
}

function impossible({ segment, period, n, x }: Count, metric: string): Fault {
  return {
    code: "monitor-counts",
    message: `${metric} of ${segment} in ${period} counts ${x} of ${n}, which can't be: expected whole numbers, the first at least 0 and at most the second.`,
    hint: "Correct the counts where they are made; `opened`, `clicked` and the like are part of `delivered`, `bounced` of `sent`, `machine_opened` of `opened`.",
  };
}

import type { LoadColumn } from "../../engine/engine.ts";
import type { Staleness } from "../../monitor/population/staleness.ts";
import type { Fault, RunContext } from "../kind.ts";
import type { Cohorts, Counted } from "./cohorts.ts";
import { loaded } from "./load-rows.ts";
import { namesOf, refreshesOf } from "./refreshes.ts";
import type { MonitorBody } from "./schema.ts";
import { sizeCohorts } from "./sizes.ts";
import { dayOf, stalenessOf, waiting } from "./staleness.ts";
import { stalenessColumns } from "./yields.ts";

/** The cohorts of the rates with those of the sizes, and how far what they say still holds. */
export interface Standing {
  readonly cohorts: readonly Cohorts[];
  readonly stale: readonly LoadColumn[];
  readonly faults: readonly (Fault & { readonly severity: "warning" | "note" })[];
}

/** Adds the sizes that refreshes recorded, and has the cohorts of stale segments wait. */
export async function standing(
  body: MonitorBody,
  { cohorts: rates, setAside }: Counted,
  context: RunContext,
): Promise<Standing> {
  const { clock } = context;
  const cells = body.segments ?? [];
  const recorded = cells.length === 0 ? [] : await context.refreshes();
  const refreshes = refreshesOf(recorded, cells, namesOf(recorded, cells));
  const isSized = body.segments !== null && body.metrics?.includes("size") === true && body.period !== "send";
  const all = isSized && body.period !== "send" ? [...rates, sizeCohorts(refreshes, body.period, clock)] : rates;
  const stale = await stalenessOf(body, { cohorts: all, refreshes, setAside }, context);
  const hasEnded = (segment: string) =>
    body.counts !== null && setAside.some((one) => one.code === "segment-vanishes" && one.segment === segment);
  const rows = stale.map((one) => ({ ...one, since: one.since === null ? null : dayOf(one.since, clock.zone) }));
  return {
    cohorts: body.period === "send" ? all : waiting(all, stale, clock.zone),
    stale: loaded(stalenessColumns(), rows),
    // That one has ended is said of the cohorts.
    faults: [
      ...staleFault(stale.filter(({ segment }) => !hasEnded(segment))),
      ...(isSized && refreshes.length === 0 ? [UNRECORDED] : []),
    ],
  };
}

const UNRECORDED = {
  code: "size-unrecorded",
  severity: "note",
  message: "No refresh is recorded yet: there are no sizes to watch.",
  hint: "Refresh on a schedule: `segbook run NOTEBOOK --refresh`, or Refresh in the page, records who is in which segment.",
} as const;

function staleFault(all: readonly Staleness[]): Standing["faults"] {
  const stale = all.filter(({ state }) => state !== "fresh");
  const [first] = stale;
  if (first === undefined) return [];
  const more = stale.length > 1 ? ` ${stale.length - 1} more in the relation with staleness.` : "";
  return [
    {
      code: "segment-stale",
      severity: "warning",
      message: `${first.segment} is ${first.state}: ${first.why ?? ""}${more}`,
      hint: "Load what is missing, or refresh; until then the detector waits, and forgets nothing.",
    },
  ];
}

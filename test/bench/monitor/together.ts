import { eDetector } from "../../../server/cells/monitor/kernels.ts";
import { detect } from "../../../server/monitor/detector/detect.ts";
import { holds } from "../../../server/monitor/life/incidents.ts";
import type { Count, Incident } from "../../../server/monitor/model.ts";
import { dayOf, indexOf, simulate } from "./simulate.ts";
import type { World, WorldName } from "./worlds.ts";

/** Worlds without a common drift, then such with one. */
export const INCIDENT_WORLDS = [
  ...(["calm", "flops", "correlated", "cut", "common", "low", "low-common"] as const),
  ...(["drop-20", "drop-30", "low-drop-30"] as const),
  ...(["together-30", "together-20", "together-half", "together-small", "together-ten"] as const),
] satisfies readonly WorldName[];

/** What is told as common to many segments in one run. */
export interface Common {
  /** Incidents that are false: such as hold the alerts of three segments or more, and such as are about single days. */
  readonly drifts: number;
  readonly days: number;
  /** Of a true one: the day by which it is named, 1 being its first (Infinity where it never is), how many alerts are inside in the end, and days that its date is off. */
  readonly fall: { readonly delay: number; readonly inside: number; readonly error: number } | null;
}

/** Fewer alerts stand inside by chance: a day on which many moved is near a false alarm now and then. */
const FEWEST = 3;
/** A date further off names another change. */
const NEAR = 14;

export function common(world: World): Common {
  const { counts, truths } = simulate(world);
  const at = world.at === "once" ? (truths[0]?.at ?? null) : null;
  const found = told(counts, world);
  const isTrue = (incident: Incident) => at !== null && isOf(incident, world, at);
  const wrong = found.filter((each) => !isTrue(each.incident));
  const own = found.filter((each) => isTrue(each.incident)).sort((a, b) => b.inside - a.inside)[0];
  return {
    drifts: wrong.filter(({ inside }) => inside >= FEWEST).length,
    days: wrong.filter(({ inside }) => inside < FEWEST).length,
    fall:
      at === null
        ? null
        : {
            delay: delayOf(counts, world, at),
            inside: own?.inside ?? 0,
            error: own === undefined ? Infinity : Math.abs(indexOf(own.incident.opened_at) - at),
          },
  };
}

function isOf({ direction, opened_at }: Incident, { change }: World, at: number): boolean {
  return direction === (change < 0 ? "down" : "up") && Math.abs(indexOf(opened_at) - at) <= NEAR;
}

/** The first day by whose end the change is told, looked for by halves. */
function delayOf(counts: readonly Count[], world: World, at: number): number {
  const isTold = (days: number) => {
    const until = dayOf(at + days);
    return told(
      counts.filter(({ period }) => period < until),
      world,
    ).some(({ incident }) => isOf(incident, world, at));
  };
  let [low, high] = [0, world.baseline + world.watched - at];
  if (!isTold(high)) return Infinity;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (isTold(middle)) high = middle;
    else low = middle;
  }
  return high;
}

function told(counts: readonly Count[], { baseline }: World) {
  const { alerts, incidents } = detect(counts, {
    ...{ metric: "click_rate", period: "day", baseline, minRelativeChange: 0.05, eDetector: eDetector() },
  });
  const beyond = alerts.filter(({ tier }) => tier !== "watch");
  return incidents.map((incident) => ({
    incident,
    inside: beyond.filter((alert) => holds(incident, alert, "day")).length,
  }));
}

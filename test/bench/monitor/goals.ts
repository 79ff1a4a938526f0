import {
  episodesARun,
  falseShare,
  foundAtAll,
  type Measure,
  medianDelay,
  medianError,
  setHolds,
  within,
} from "./measures.ts";
import type { WorldName } from "./worlds.ts";

/** A figure of the detector in one world. */
export interface Goal {
  /** What to run it by alone. */
  readonly name: string;
  readonly title: string;
  readonly world: WorldName;
  readonly tier: "alert" | "confirmed";
  readonly measure: Measure;
  readonly shown: "count" | "percent" | "days" | "share";
  /** What is demanded; neither where it is only shown. */
  readonly most?: number;
  readonly least?: number;
}

export const GOALS: readonly Goal[] = [
  falseAlarms("calm", "no drift: false episodes a run", 0.7),
  {
    ...falseAlarms("calm", "  confirmed", 0.25),
    ...{ name: "calm-confirmed", tier: "confirmed" },
  },
  falseAlarms("flops", "  one-day flops of −40 %, 1 % of days", 1.2),
  falseAlarms("correlated", "  lag-1 correlation .3", 0.5),
  falseAlarms("cut", "  volume cut to a third", 1.5),
  falseAlarms("common", "  half the noise common to all", 1.2),
  falseAlarms("weekdays", "  weekdays 2.5 times as strong"),
  falseAlarms("overdispersed", "  ρ from .02 to .05"),
  falseAlarms("binomial", "  no overdispersion"),
  falseAlarms("low", "  rates of .5 to 4 %"),
  ...found("drop-30", "30 % drop", { 14: 0.92, median: 5 }),
  ...found("drop-20", "20 % drop", { 14: 0.7, 28: 0.92, median: 10 }),
  ...found("drop-10", "10 % drop", { 28: 0.38, end: 0.8 }),
  ...found("rise-20", "20 % rise", {}),
  ...found("ramp-20", "20 % drop over 28 days", {}),
  ...found("low-drop-30", "30 % drop of rates of .5 to 4 %", {}),
];

function falseAlarms(world: WorldName, title: string, most?: number): Goal {
  return { name: world, title, world, tier: "alert", measure: episodesARun, shown: "count", most };
}

interface Demands {
  readonly 14?: number;
  readonly 28?: number;
  readonly end?: number;
  readonly median?: number;
}

function found(world: WorldName, title: string, demands: Demands): Goal[] {
  const goal = (name: string, words: string, measure: Measure, shown: Goal["shown"]) => {
    return { name: `${world}-${name}`, title: words, world, tier: "alert", measure, shown } as const;
  };
  // Dates are demanded at 20 % only: smaller changes are dated less well, larger ones better.
  const dated = world === "drop-20";
  return [
    { ...goal("14", `${title}: found within 14 days`, within(14), "percent"), least: demands[14] },
    { ...goal("28", "  within 28 days", within(28), "percent"), least: demands[28] },
    { ...goal("end", "  by the end", foundAtAll, "percent"), least: demands.end },
    { ...goal("median", "  median day of finding", medianDelay, "days"), most: demands.median },
    {
      ...goal("false", "  share of flagged segments that are false", falseShare, "share"),
      most: world.startsWith("drop") ? 0.1 : undefined,
    },
    { ...goal("date", "  change point: median error", medianError, "days"), most: dated ? 1 : undefined },
    { ...goal("set", "  change point: set holds it", setHolds, "percent"), least: dated ? 0.88 : undefined },
  ];
}

import { eDetector } from "../../../server/cells/monitor/kernels.ts";
import { detect } from "../../../server/monitor/detector/detect.ts";
import { follow } from "../../../server/monitor/detector/follow.ts";
import type { Count } from "../../../server/monitor/model.ts";
import { simulate } from "./simulate.ts";
import { CALM } from "./worlds.ts";

const SERIES = 10_000;
/** That many are made at a time, so that the simulator's memory is not what is measured. */
const AT_ONCE = 500;
const DAYS = 365;

/** The rows of speed: seconds of one core for 10,000 series, measured on 500 and told for all. */
export const SPEEDS = [
  row("scratch", "10,000 series × 365 days from scratch", 60, () => fromScratch("full")),
  row("scratch-thinned", "  with thinned candidates", 10, () => fromScratch("thinned")),
  row("new-day", "  one new day", 1, newDay),
];

function row(name: string, title: string, most: number, seconds: () => number) {
  return {
    name,
    cells: () => {
      const found = seconds();
      return [title, found.toFixed(2), `≤ ${most}`, found <= most ? "met" : "NOT MET"];
    },
  };
}

function fromScratch(grid: "full" | "thinned"): number {
  const options = {
    metric: "open_rate",
    period: "day",
    baseline: 42,
    minRelativeChange: 0.05,
    grid,
    eDetector: eDetector(),
  } as const;
  const counts = year();
  detect(counts, options);
  const before = process.cpuUsage();
  detect(counts, options);
  return (process.cpuUsage(before).user / 1e6) * (SERIES / AT_ONCE);
}

function newDay(): number {
  const follower = follow({
    metric: "open_rate",
    period: "day",
    baseline: 42,
    minRelativeChange: 0.05,
    eDetector: eDetector(),
  });
  const counts = year();
  const days = [...new Set(counts.map(({ period }) => period))];
  // The days before the last are for the compiler, as the first run from scratch is.
  const late = days.slice(-6).map((day) => counts.filter(({ period }) => period === day));
  follower.take(counts.filter(({ period }) => period < (days.at(-6) ?? "")));
  for (const day of late.slice(0, -1)) follower.take(day);
  const before = process.cpuUsage();
  follower.take(late.at(-1) ?? []);
  return (process.cpuUsage(before).user / 1e6) * (SERIES / AT_ONCE);
}

function year(): Count[] {
  return simulate({ ...CALM, segments: AT_ONCE, watched: DAYS - CALM.baseline }).counts;
}

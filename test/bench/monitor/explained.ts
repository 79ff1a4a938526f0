import { detect } from "../../../server/monitor/detector/detect.ts";
import { decompose, type Part } from "../../../server/monitor/explain/decompose.ts";
import type { Count } from "../../../server/monitor/model.ts";
import { draws } from "./draws.ts";
import { dayOf, indexOf } from "./simulate.ts";

/** What became of the shifts of one run. */
export interface Explained {
  readonly found: number;
  readonly of: number;
  /** Of the found: how many were called so. */
  readonly called: Readonly<Record<"mix" | "rate" | "both", number>>;
  /** The largest |mix + rate − ΔR|. */
  readonly gap: number;
}

const LENGTH = 180;
const BASELINE = 42;
const AT = 100;

/**
 * Ten segments of two mail domains, read at 45 % and 15 %. `mix`: half of the better domain's sends go to the other from
 * one day on, and the domains' own rates stay. `rate`: both rates fall by a fifth, and the shares stay.
 */
export function explain(what: "mix" | "rate", seed: number): Explained {
  const random = draws(seed);
  const called = { mix: 0, rate: 0, both: 0 };
  let found = 0;
  let gap = 0;
  const segments = Array.from({ length: 10 }, (_, j) => `m${j}`);
  const days = new Map(segments.map((segment) => [segment, cohorts(what, random)]));
  const counts: Count[] = [...days].flatMap(([segment, of]) =>
    of.map(([first, second], i) => ({
      ...{ segment, period: dayOf(i), mature: true },
      ...{ n: first.n + second.n, x: first.x + second.x },
    })),
  );
  const options = { metric: "open_rate", period: "day", baseline: BASELINE, minRelativeChange: 0.05 } as const;
  const { alerts } = detect(counts, options);
  for (const segment of segments) {
    const alert = alerts.find((one) => one.segment === segment && one.tier !== "watch" && one.detected_at >= dayOf(AT));
    if (alert === undefined) continue;
    const split = decompose(partsOf(days.get(segment) ?? [], indexOf(alert.change_at)));
    if (split === null) continue;
    found += 1;
    called[split.verdict] += 1;
    gap = Math.max(gap, Math.abs(split.mix + split.rate - split.total));
  }
  return { found, of: segments.length, called, gap };
}

type Cohort = { readonly n: number; readonly x: number };

function cohorts(what: "mix" | "rate", random: ReturnType<typeof draws>): [Cohort, Cohort][] {
  const size = 1000 * 5 ** random.uniform();
  return Array.from({ length: LENGTH }, (_, i) => {
    const share = what === "mix" && i >= AT ? 0.35 : 0.7;
    const factor = what === "rate" && i >= AT ? 0.8 : 1;
    const sent = Math.round(size * Math.exp(0.1 * random.normal()));
    const first = random.binomial(sent, share);
    const of = (n: number, rate: number) => ({ n, x: random.binomial(n, random.beta(rate * factor, 0.004)) });
    return [of(first, 0.45), of(sent - first, 0.15)];
  });
}

function partsOf(days: readonly (readonly [Cohort, Cohort])[], at: number): Part[] {
  return ([0, 1] as const).map((part) => ({
    name: part === 0 ? "better" : "other",
    before: sum(days.slice(0, at).map((day) => day[part])),
    after: sum(days.slice(at).map((day) => day[part])),
  }));
}

function sum(of: readonly Cohort[]): Cohort {
  return of.reduce((total, one) => ({ n: total.n + one.n, x: total.x + one.x }), { n: 0, x: 0 });
}

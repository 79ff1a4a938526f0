import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { detect } from "../../../../server/monitor/detector/detect.ts";
import type { MonitorLife, Report } from "../../../../server/monitor/life/model.ts";
import type { Count } from "../../../../server/monitor/model.ts";
import { draws } from "../../../bench/monitor/draws.ts";
import { dayOf } from "../../../bench/monitor/simulate.ts";
import { lived, NOTHING, openOnes, report } from "../alert-rows.ts";

const DAYS = 130;
const FIRST = 30;
const OPTIONS = {
  metric: "click_rate",
  period: "day",
  baseline: 28,
  minRelativeChange: 0.05,
  grid: "thinned",
} as const;

/** What a rate is multiplied with from which day on: falls, returns, falls again, a flop of a week, drifts slowly. */
const COURSES: readonly (readonly (readonly [number, number])[])[] = [
  [[50, 0.7]],
  [
    [45, 0.65],
    [75, 1],
    [90, 0.65],
  ],
  [
    [50, 0.8],
    [80, 0.6],
  ],
  [
    [60, 0.6],
    [66, 1],
  ],
  [
    [40, 1.2],
    [70, 1.4],
    [100, 1],
  ],
  [],
];

interface World {
  readonly counts: readonly Count[];
  /** Reports of the first so many days. */
  readonly reports: Map<number, Report>;
}

function world(seed: number): World {
  const random = draws(seed);
  const counts = COURSES.flatMap((course, segment) =>
    Array.from({ length: DAYS }, (_, day): Count => {
      const level = course.findLast(([from]) => day >= from)?.[1] ?? 1;
      const n = 900 + Math.floor(200 * random.uniform());
      const x = random.binomial(n, random.beta(0.1 * level, 0.002));
      return { segment: `s${segment}`, period: dayOf(day), n, x, mature: true };
    }),
  );
  return { counts, reports: new Map() };
}

function told({ counts, reports }: World, days: number): Report {
  const known = reports.get(days);
  if (known !== undefined) return known;
  const { alerts, incidents } = detect(
    counts.filter(({ period }) => period < dayOf(days)),
    OPTIONS,
  );
  const made = report(days - 1, alerts, { incidents });
  reports.set(days, made);
  return made;
}

function openNow(life: MonitorLife): string[] {
  return openOnes(life)
    .map(({ finding: { segment, direction, tier, detected_at, change_at } }) =>
      [segment, direction, tier, detected_at, change_at].join(" "),
    )
    .sort();
}

const WORLDS = [world(7_100_001), world(7_100_002)] as const;

describe("updates", () => {
  it("leave the same alerts open, in whatever steps the days are told", () => {
    const once = WORLDS.map((one) => openNow(lived(NOTHING, told(one, DAYS)).life));
    expect(once.every((open) => open.length >= 3)).toBe(true);
    fc.assert(
      fc.property(fc.nat(WORLDS.length - 1), fc.subarray(range(FIRST, DAYS), { minLength: 0 }), (which, steps) => {
        const one = WORLDS[which] ?? WORLDS[0];
        const { life } = [...steps, DAYS].reduce((before, days) => lived(before.life, told(one, days)), {
          life: NOTHING,
        });
        expect(openNow(life)).toEqual(once[which]);
      }),
      { numRuns: 40 },
    );
  });

  it("never leave two alerts open of one drift", () => {
    for (const one of WORLDS) {
      let life = NOTHING;
      for (const days of range(FIRST, DAYS)) {
        life = lived(life, told(one, days)).life;
        const open = openOnes(life).map(({ finding: { segment, metric, direction, change_from, detected_at } }) => ({
          series: `${segment} ${metric} ${direction}`,
          ...{ from: change_from, to: detected_at },
        }));
        const twice = open.filter((a, i) =>
          open.some((b, j) => i < j && a.series === b.series && a.from <= b.to && b.from <= a.to),
        );
        expect(twice).toEqual([]);
      }
    }
  });
});

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}

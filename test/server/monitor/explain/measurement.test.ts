import { describe, expect, it } from "vitest";
import { detect } from "../../../../server/monitor/detector/detect.ts";
import type { FoundAlert } from "../../../../server/monitor/explain/alert.ts";
import { withMeasurement } from "../../../../server/monitor/explain/measurement.ts";
import type { Count } from "../../../../server/monitor/model.ts";
import { draws } from "../../../bench/monitor/draws.ts";
import { dayOf } from "../../../bench/monitor/simulate.ts";

const DAILY = { period: "day", baseline: 42, minRelativeChange: 0.05 } as const;

/** Ten segments, the first `changed` of which go from one rate to another on a day. */
function moving(rates: readonly [number, number], changed: number, at = 70): Count[] {
  const random = draws(8);
  return Array.from({ length: 10 }, (_, j) =>
    Array.from({ length: 110 }, (_, i) => {
      const rate = j < changed && i >= at ? rates[1] : rates[0];
      return {
        segment: `s${j}`,
        period: dayOf(i),
        n: 4000,
        x: random.binomial(4000, random.beta(rate, 0.001)),
        mature: true,
      };
    }),
  ).flat();
}

function report(machines: readonly Count[], opens: readonly Count[]) {
  const found = [
    detect(machines, { ...DAILY, metric: "machine_open_rate" }),
    detect(opens, { ...DAILY, metric: "open_rate" }),
  ];
  return withMeasurement({
    alerts: found.flatMap(({ alerts }) => alerts),
    incidents: found.flatMap(({ incidents }) => incidents),
  });
}

const of = (alerts: readonly FoundAlert[], metric: string, segment: string) =>
  alerts.find((one) => one.metric === metric && one.segment === segment)?.explanation;

describe("a jump of machine opens", () => {
  it("is told as a measurement, and so is the open rate of that segment and time, and no other", () => {
    const { alerts } = report(moving([0.05, 0.15], 1), moving([0.3, 0.24], 2));
    expect(of(alerts, "machine_open_rate", "s0")).toMatch(
      /^s0: measurement, not behaviour: opens by machines rose from 5\.\d % to 1\d\.\d % \(.*; about \d+ machine opens more a week\.$/,
    );
    expect(of(alerts, "open_rate", "s0")).toMatch(
      /; opens by machines rose from 5\.\d % to 1\d\.\d % at the same time: measurement, not behaviour, as far as it goes; about/,
    );
    expect(of(alerts, "open_rate", "s1")).not.toContain("measurement");
  });

  it("at another time says nothing of an open rate", () => {
    const { alerts } = report(moving([0.05, 0.15], 1, 95), moving([0.3, 0.24], 1));
    expect(of(alerts, "open_rate", "s0")).not.toContain("measurement");
  });

  it("of many segments is an incident of measurement, and so is what it does to open rates", () => {
    const { incidents } = report(moving([0.05, 0.15], 6), moving([0.3, 0.24], 6));
    const told = (metric: string) => incidents.find((one) => one.metric === metric && one.opened_at === dayOf(70));
    expect(told("machine_open_rate")?.explanation).toMatch(
      /^6 of 10 segments: measurement, not behaviour: opens by machines rose together on 12 Mar; /,
    );
    expect(told("open_rate")?.explanation).toBe(
      "6 of 10 segments: open rate fell together on 12 Mar; opens by machines moved with them: measurement, not behaviour.",
    );
  });
});

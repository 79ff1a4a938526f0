import { describe, expect, it } from "vitest";
import { commonDrifts, type Drifted, withDrifts } from "../../../../server/monitor/explain/common-drift.ts";
import type { Common } from "../../../../server/monitor/explain/incident.ts";
import { dayOf } from "../../../bench/monitor/simulate.ts";

/** A fall of one segment, at alert, that may have begun from two days before until two days after. */
function fall(segment: string, day: number, other: Partial<Drifted> = {}): Drifted {
  return {
    ...{ segment, direction: "down", tier: "alert", verdict: "rate", confirmed_at: null, last: dayOf(day + 20) },
    ...{ change_at: dayOf(day), change_from: dayOf(day - 2), change_to: dayOf(day + 2) },
    ...other,
  };
}

const ten = () => 10;

describe("drifts that segments have in common", () => {
  it("are alerts of 30 % of the segments whose sets share a period", () => {
    const [drift, ...more] = commonDrifts([fall("c", 101), fall("a", 100), fall("b", 102)], ten);
    expect(more).toEqual([]);
    expect(drift).toMatchObject({ opened: dayOf(101), from: dayOf(100), to: dayOf(102), moved: 3, of: 10 });
    expect(drift?.segments).toEqual(["a", "b", "c"]);
    expect(commonDrifts([fall("a", 100), fall("b", 101), fall("c", 102)], () => 11)).toEqual([]);
  });

  it("are none of times apart, of two directions, of two segments, at watch, or passed", () => {
    expect(commonDrifts([fall("a", 100), fall("b", 102), fall("c", 107)], ten)).toEqual([]);
    expect(commonDrifts([fall("a", 100), fall("b", 100), fall("c", 100, { direction: "up" })], ten)).toEqual([]);
    expect(commonDrifts([fall("a", 100), fall("b", 100), fall("a", 101)], () => 2)).toEqual([]);
    expect(commonDrifts([fall("a", 100), fall("b", 100), fall("c", 100, { tier: "watch" })], ten)).toEqual([]);
    expect(commonDrifts([fall("a", 100), fall("b", 100), fall("c", 100, { verdict: "spike" })], ten)).toEqual([]);
  });

  it("are each their own where there are two", () => {
    const alerts = ["a", "b", "c"].flatMap((segment) => [fall(segment, 100), fall(segment, 140)]);
    expect(commonDrifts(alerts, ten).map(({ opened }) => opened)).toEqual([dayOf(100), dayOf(140)]);
  });

  it("come out the same in whatever order the alerts are told", () => {
    const alerts = [fall("a", 100), fall("b", 101), fall("c", 102), fall("d", 104), fall("e", 104)];
    expect(commonDrifts(alerts.toReversed(), ten)).toEqual(commonDrifts(alerts, ten));
  });
});

describe("days on which many moved, and drifts", () => {
  const alerts = ["a", "b", "c"].map((segment) => fall(segment, 100));
  const drifts = commonDrifts(alerts, ten);
  const move = (day: number, other: Partial<Common> = {}): Common => {
    return { opened: dayOf(day), direction: "down", segments: ["b", "z"], moved: 5, of: 10, ...other };
  };

  it("are one incident where they are of one time, dated by the day if it is in the set", () => {
    const [incident, ...more] = withDrifts([move(101)], drifts, "day");
    expect(more).toEqual([]);
    expect(incident).toEqual({ ...move(101), segments: ["a", "b", "c", "z"] });
    const later = withDrifts([move(115)], drifts, "day");
    expect(later).toMatchObject([{ opened: dayOf(100), moved: 3, segments: ["a", "b", "c", "z"] }]);
  });

  it("are two where the day lies apart or the move goes the other way", () => {
    expect(withDrifts([move(85)], drifts, "day")).toHaveLength(2);
    expect(withDrifts([move(128)], drifts, "day")).toHaveLength(2);
    expect(withDrifts([move(100, { direction: "up" })], drifts, "day")).toHaveLength(2);
  });

  it("leave moves as they are where nothing drifts", () => {
    expect(withDrifts([move(100), move(120)], [], "day")).toEqual([move(100), move(120)]);
  });
});

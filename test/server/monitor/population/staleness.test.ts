import { describe, expect, it } from "vitest";
import { type Evaluated, type Observed, staleness } from "../../../../server/monitor/population/staleness.ts";

const at = (day: string) => Date.parse(`${day}T00:00:00Z`);
const day = (moment: number) => new Date(moment).toISOString().slice(0, 10);

/** A refresh a day from 1 March on, each with so many who came and went. */
function daily(moved: readonly number[]): Evaluated[] {
  return moved.map((one, i) => ({ moment: at("2026-03-01") + i * 86_400_000, moved: new Map([["VIP", one]]) }));
}

function said(of: Partial<Observed>) {
  return staleness({ segments: ["VIP"], now: at("2026-03-20"), refreshes: [], old: [], ended: [], day, ...of })[0];
}

describe("staleness", () => {
  it("is not claimed of what nothing is known of, nor of what is evaluated as usual", () => {
    expect(said({})).toEqual({ segment: "VIP", state: "fresh", since: null, why: null });
    const refreshes = daily(new Array<number>(19).fill(5));
    expect(said({ refreshes })).toMatchObject({ state: "fresh" });
    expect(said({ refreshes, now: at("2026-03-21") })).toMatchObject({ state: "fresh" });
  });

  it("begins after twice the usual time between refreshes", () => {
    const refreshes = daily([5, 5, 5, 5]);
    expect(said({ refreshes, now: at("2026-03-06") })).toMatchObject({ state: "fresh" });
    expect(said({ refreshes, now: at("2026-03-06") + 1 })).toEqual({
      segment: "VIP",
      state: "stale",
      since: at("2026-03-06"),
      why: "Not evaluated since 2026-03-04, for more than twice its usual day.",
    });
  });

  it("takes the schedule of the segment, not of the others", () => {
    const others = { moment: at("2026-03-12"), moved: new Map([["New", 3]]) };
    expect(said({ refreshes: [...daily([5, 5, 5, 5]), others] })).toMatchObject({ state: "stale" });
  });

  it("is of data that is older than it may be, whatever else, and says which", () => {
    const old = [
      { source: "sends", segments: ["VIP"], newest: "2026-03-02", within: "2 days", since: at("2026-03-04") },
    ];
    expect(said({ old, refreshes: daily([5, 5, 5, 5]) })).toMatchObject({
      state: "stale",
      since: at("2026-03-04"),
      why: "`sends` has nothing newer than 2026-03-02, and may be 2 days old.",
    });
    expect(said({ old: old.map((one) => ({ ...one, segments: ["New"] })) })).toMatchObject({ state: "fresh" });
  });

  it("is of a segment that has ended, from then on, and of no other", () => {
    const ended = [{ segment: "VIP", since: at("2026-03-05"), why: "Its last is of 4 Mar." }];
    expect(said({ ended })).toEqual({
      segment: "VIP",
      state: "stale",
      since: at("2026-03-05"),
      why: "Its last is of 4 Mar.",
    });
    expect(said({ ended: ended.map((one) => ({ ...one, segment: "New" })) })).toMatchObject({ state: "fresh" });
  });

  it("is frozen from the refresh on at which nobody's moving was improbable", () => {
    const refreshes = daily([900, 2, 1, 3, 2, 0, 2, 4, 1, 2, 1, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect(said({ refreshes })).toEqual({
      segment: "VIP",
      state: "frozen",
      // (10/(10 + t))^18.5 is below a thousandth from t = 5 on, and the last move was on the 11th.
      since: at("2026-03-16"),
      why: "Nobody has come or gone since 2026-03-11, in 8 refreshes; by its usual flow the chance of that is about one in 53,000.",
    });
  });
});

import { describe, expect, it } from "vitest";
import { drawReplay } from "../../../server/figures/replay-drawing.ts";
import { lastDayOf, replayCsv, weekWords } from "../../../server/figures/replay-words.ts";
import type { ReplayWeek } from "../../../server/run/replay/view.ts";

const week: ReplayWeek = {
  ...{ from: "2026-10-25T00:00:00+01:00", until: "2026-11-01T00:00:00+00:00" },
  ...{ size: 1204, entered: 31, left: 12 },
  sends: { delivered: 410, opened: 90, openable: 400, clicked: 8, mature: false },
};

describe("weeks of a replay", () => {
  it("are named by the last day that is wholly in them", () => {
    expect(lastDayOf(week)).toBe("2026-10-31");
    expect(lastDayOf({ ...week, until: "2026-11-01T12:00:00+00:00" })).toBe("2026-11-01");
  });

  it("are read in a line, with what is not known yet", () => {
    expect(weekWords(week)).toBe(
      "week to 31 Oct: 1,204 in, 31 came, 12 left; of 410 delivered 22.5\u00a0% opened, 2.0\u00a0% clicked, which may still grow",
    );
    expect(weekWords({ ...week, sends: null })).toBe("week to 31 Oct: 1,204 in, 31 came, 12 left");
    const none = { delivered: 0, opened: 0, openable: 0, clicked: null, mature: true };
    expect(weekWords({ ...week, sends: none })).toBe(
      "week to 31 Oct: 1,204 in, 31 came, 12 left; nothing was sent to them",
    );
  });

  it("are a CSV with numbers as they are and nothing where there are no sends", () => {
    const view = { cell: "c", segment: "s", entity: "e", asOf: week.until, sends: null, notes: [], read: [] };
    expect(
      replayCsv({ ...view, weeks: [week, { ...week, sends: null }] })
        .split("\n")
        .slice(1, 3),
    ).toEqual([
      "2026-10-25T00:00:00+01:00,2026-11-01T00:00:00+00:00,1204,31,12,410,90,400,8,false",
      "2026-10-25T00:00:00+01:00,2026-11-01T00:00:00+00:00,1204,31,12,,,,,",
    ]);
  });

  it("are drawn under one another: bars as high as the most that moved, no plot for a rate that nobody tells", () => {
    const sends = { delivered: 10, opened: 4, openable: 10, clicked: null, mature: true };
    const weeks = [
      { ...week, sends },
      { ...week, until: "2026-11-08T00:00:00+00:00", entered: 62, left: 0, sends },
    ];
    const drawing = drawReplay(weeks, { width: 100, height: 60, bars: 42, edge: 5 });
    expect(drawing.moves.map(({ up, down }) => [up, Math.round(down)])).toEqual([
      [10, 4],
      [20, 0],
    ]);
    expect(drawing.moves.map(({ x }) => x)).toEqual(drawing.size.places.map(({ x }) => x));
    expect([drawing.open !== null, drawing.click]).toEqual([true, null]);
  });
});

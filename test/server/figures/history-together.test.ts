import { describe, expect, it } from "vitest";
import { drawTogether, spread } from "../../../server/figures/history-together.ts";
import { migrationTable } from "../../../server/figures/migration-table.ts";

const at = (asOf: string) => ({ asOf, at: asOf });
const DAYS = ["2026-10-01T00:00:00Z", "2026-10-02T00:00:00Z", "2026-10-03T00:00:00Z"].map(at);
const point = (size: number) => ({ size, entered: 0, left: 0, isEdited: false });

describe("The sizes of several segments in one drawing", () => {
  it("are on one scale, and one that was never recorded has no line", () => {
    const frame = { width: 110, height: 110, edge: 5, apart: 10 };
    const drawing = drawTogether(
      DAYS,
      [
        [point(100), point(50), point(0)],
        [null, point(25), point(50)],
        [null, null, null],
      ],
      frame,
    );
    expect(drawing.most).toBe(100);
    expect(drawing.lines.map(({ line }) => line)).toEqual(["M5,5H55V55H105V105", "M55,80H105V55", ""]);
    expect(drawing.lines.map(({ labelY }) => labelY)).toEqual([105, 55, null]);
  });

  it("have names that stand apart, in the order of the lines' ends", () => {
    expect(spread([50, 52, null, 10], { apart: 10, low: 0, high: 100 })).toEqual([50, 60, null, 10]);
    expect(spread([99, 100, 98], { apart: 10, low: 5, high: 95 })).toEqual([85, 95, 75]);
  });
});

describe("Moves between segments as a table", () => {
  const steps = [
    { refresh: 1, from: 0, to: 1, moves: 3 },
    { refresh: 2, from: 0, to: 1, moves: 4 },
    { refresh: 2, from: null, to: 0, moves: 1 },
  ];

  it("are added up over the stretch that is chosen, none of the segments last", () => {
    const last = migrationTable(DAYS, steps, { segments: 2, last: 1 });
    expect(last.moves).toEqual([
      [0, 4, 0],
      [0, 0, 0],
      [1, 0, 0],
    ]);
    expect(last.between).toEqual({ from: DAYS[1], to: DAYS[2] });
    const all = migrationTable(DAYS, steps, { segments: 2, last: null });
    expect([all.moves[0]?.[1], all.most, all.between?.from]).toEqual([7, 7, DAYS[0]]);
    expect(migrationTable(DAYS, steps, { segments: 2, last: 4 })).toEqual(all);
  });

  it("are between nothing before the second refresh", () => {
    expect(migrationTable(DAYS.slice(0, 1), [], { segments: 2, last: 1 }).between).toBeNull();
    expect(migrationTable([], [], { segments: 2, last: null }).between).toBeNull();
  });
});

import { describe, expect, it } from "vitest";
import { commonMoves } from "../../../../server/monitor/explain/incident.ts";

const days = Array.from({ length: 30 }, (_, i) => `2026-01-${String(i + 1).padStart(2, "0")}`);

interface Moved {
  readonly segment: string;
  readonly period: string;
  readonly deviations: number;
}

function common(periods: readonly string[], moved: readonly Moved[]) {
  return commonMoves(
    periods.map((period) => {
      const moves = moved.filter((move) => move.period === period);
      return { period, present: moves.length, moves };
    }),
  );
}

/** Segments s0 … that move by `by` on the days where `moved` says so, and by 0 otherwise. */
function moves(segments: number, by: number, moved: (segment: number, day: number) => boolean) {
  return days.flatMap((period, day) =>
    Array.from({ length: segments }, (_, j) => ({ segment: `s${j}`, period, deviations: moved(j, day) ? by : 0 })),
  );
}

describe("incidents", () => {
  it("need 30 % of the segments on one day, the same way", () => {
    expect(
      common(
        days,
        moves(50, -2.5, (j, day) => day === 9 && j < 15),
      ),
    ).toMatchObject([{ opened: "2026-01-10", direction: "down", moved: 15, of: 50 }]);
    expect(
      common(
        days,
        moves(50, -2.5, (j, day) => day === 9 && j < 14),
      ),
    ).toEqual([]);
    expect(
      common(
        days,
        moves(50, 2.5, (j, day) => day === 9 && j < 15),
      )[0]?.direction,
    ).toBe("up");
  });

  it("need more than chance brings where segments are few", () => {
    // P(≥ 4 of 10 beyond 2 sd by chance) = 5e-5, P(≥ 5) = 1.4e-6; two of three are no incident, nor is a segment alone.
    expect(
      common(
        days,
        moves(10, -2.5, (j, day) => day === 9 && j < 4),
      ),
    ).toEqual([]);
    expect(
      common(
        days,
        moves(10, -2.5, (j, day) => day === 9 && j < 5),
      ),
    ).toHaveLength(1);
    expect(
      common(
        days,
        moves(2, -9, () => true),
      ),
    ).toEqual([]);
  });

  it("that last or come back within a week are one, with all segments inside", () => {
    const found = common(
      days,
      moves(10, -3, (j, day) => (day === 5 && j < 6) || (day === 11 && j > 2)),
    );
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ opened: "2026-01-06", moved: 7, of: 10 });
    expect(found[0]?.segments).toHaveLength(10);
    expect(
      common(
        days,
        moves(10, -3, (j, day) => (day === 5 || day === 20) && j < 6),
      ),
    ).toHaveLength(2);
  });

  it("count only the segments that have data", () => {
    const partial = moves(50, -3, (j, day) => day === 9 && j < 6).filter(
      ({ segment }) => Number(segment.slice(1)) < 12,
    );
    expect(common(days, partial)).toMatchObject([{ moved: 6, of: 12 }]);
  });
});

import { describe, expect, it } from "vitest";
import { flows, type Held, type Move } from "../../../../server/monitor/population/flows.ts";
import { draws } from "../../../bench/monitor/draws.ts";

const day = (i: number) => new Date(Date.parse("2026-01-05") + i * 86_400_000).toISOString().slice(0, 10);
const options = { period: "day", baseline: 42, minRelativeChange: 0.05 } as const;

/** 120 days in which A loses a fiftieth to B, and from day 80 on twice that. */
function drifting(edited: number | null = null) {
  const random = draws(3);
  const moves: Move[] = [];
  const held: Held[] = [];
  for (let i = 0; i < 120; i++) {
    const moved = random.binomial(2000, i < 80 ? 0.02 : 0.04);
    moves.push({ period: day(i), from: "A", to: "B", moved });
    if (i % 3 === 0) moves.push({ period: day(i), from: null, to: "A", moved: 30 });
    held.push({ segment: "A", period: day(i), before: 2000, after: 1990, edited: i === edited });
    held.push({ segment: "B", period: day(i), before: 500, after: 500 + moved, edited: false });
  }
  return flows(moves, held, options);
}

describe("flows between segments", () => {
  it("have a row for every period that could have had them, of those who could have gone", () => {
    const found = drifting();
    expect(found.length).toBe(240);
    expect(found.find(({ from, period }) => from === "A" && period === day(0))).toMatchObject({ to: "B", of: 2000 });
    const came = found.filter(({ from }) => from === null);
    expect(came.slice(0, 2)).toMatchObject([
      { to: "A", moved: 30, of: 1990 },
      { to: "A", moved: 0, of: 1990 },
    ]);
  });

  it("are flagged from about where more go on, and not before", () => {
    const own = drifting().filter(({ from }) => from === "A");
    expect(own.slice(0, 42).every(({ flag }) => flag === null)).toBe(true);
    const flagged = own.filter(({ flag }) => flag === "confirmed").map(({ period }) => period);
    expect(Math.abs(Date.parse(flagged[0] ?? "") - Date.parse(day(80)))).toBeLessThanOrEqual(2 * 86_400_000);
    expect(own.slice(42, 78).every(({ flag }) => flag === null || flag === "spike")).toBe(true);
  });

  it("are not judged in a period of an edited definition", () => {
    const edited = drifting(10).filter(({ from, period }) => from === "A" && period === day(10));
    expect(edited).toMatchObject([{ of: 2000, flag: null }]);
  });
});

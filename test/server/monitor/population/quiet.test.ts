import { describe, expect, it } from "vitest";
import { type Flow, quiet } from "../../../../server/monitor/population/quiet.ts";
import { draws } from "../../../bench/monitor/draws.ts";

const daily = (moved: readonly number[]): Flow[] => moved.map((one) => ({ days: 1, moved: one }));

describe("a segment in which nobody comes or goes", () => {
  it("is said to be so with the probability worked by hand", () => {
    // Nine days, ten moves each but one without spread: (9/(9 + t))^90.5.
    const found = quiet(daily([10, 10, 10, 10, 10, 10, 10, 10, 10, 0]));
    expect(found).toMatchObject({ from: 9, improbable: 9 });
    expect(found?.p).toBeCloseTo(0.9 ** 90.5, 12);
    expect(quiet(daily([1, 1, 1, 1, 1, 1, 1, 1, 0]))?.p).toBeCloseTo((8 / 9) ** 8.5, 12);
  });

  it("is not judged while somebody moves, while little is known, or where nobody ever moved", () => {
    expect(quiet(daily([10, 10, 10, 10, 10, 10, 10, 10, 10]))).toBeNull();
    expect(quiet(daily([10, 10, 10, 0, 0, 0]))).toBeNull();
    expect(quiet(daily(new Array<number>(30).fill(0)))).toBeNull();
  });

  it("takes longer to be improbable where people come and go in batches", () => {
    const batches = daily([0, 0, 40, 0, 0, 0, 0, 40, 0, 0, 0, 0, 40, ...new Array<number>(60).fill(0)]);
    const steady = daily([...new Array<number>(13).fill(9), ...new Array<number>(60).fill(0)]);
    const lasts = (flows: Flow[]) => {
      const found = quiet(flows);
      return found?.improbable == null ? null : found.improbable - found.from;
    };
    expect(lasts(steady)).toBe(0);
    expect(lasts(batches) ?? 1000).toBeGreaterThan(14);
  });

  it("is frozen by chance about once in a thousand quiet refreshes, or less often", () => {
    const random = draws(5);
    let frozen = 0;
    let refreshes = 0;
    for (let run = 0; run < 1500; run++) {
      // Rates from one in ten days to five a day, in batches of variance twice to four times the mean.
      const rate = 0.1 * 50 ** random.uniform();
      const batch = 1 + 3 * random.uniform();
      const flows: Flow[] = [];
      for (let day = 0; day < 90; day++) {
        const mean = random.gamma(rate / batch) * batch;
        flows.push({ days: 1, moved: poisson(mean, random) });
        refreshes += 1;
        if (quiet(flows)?.improbable === day) frozen += 1;
      }
    }
    expect(frozen / refreshes).toBeLessThan(0.001);
  });
});

function poisson(mean: number, { uniform }: ReturnType<typeof draws>): number {
  const limit = Math.exp(-mean);
  let count = -1;
  for (let product = 1; product > limit || count < 0; count += 1) product *= uniform();
  return Math.max(0, count);
}

import { describe, expect, it } from "vitest";
import type { Rebaseline } from "../../../../server/monitor/life/model.ts";
import { namesIn } from "../../../../server/run/alerts/gather.ts";
import { dayOf } from "../../../bench/monitor/simulate.ts";
import { counts, watching } from "../../commands/monitored.ts";
import { openRuns } from "../notebook-runs.ts";

const TEXT = `${watching()}
\`\`\`monitor opens
counts: counted
metrics: [click_rate]
baseline: 60
\`\`\`
`;

function anew(other: Partial<Rebaseline> = {}): Rebaseline {
  return { cell: null, segment: null, metric: null, period: dayOf(80), ...other };
}

describe("what a run gathers for whoever keeps alerts", () => {
  it("is every monitor's rows with the periods that were judged, and nothing of a plain run", async () => {
    const runs = await openRuns({ "counts.csv": counts(90) });
    const plain = await runs.run(TEXT);
    expect(plain.result.monitors).toBe(null);
    const { result } = await runs.run(TEXT, { refresh: true });
    expect([result.state, result.problems]).toEqual(["done", []]);
    expect(result.monitors?.cells).toEqual(["watch", "opens"]);
    const [report] = result.monitors?.reports ?? [];
    expect(report).toMatchObject({ cell: "watch", period: "day", metrics: null, minRelativeChange: 0.05 });
    expect(report?.asOf).toBe(Date.parse("2026-02-01"));
    expect(report?.alerts).toMatchObject([{ segment: "VIP", metric: "click_rate", direction: "down" }]);
    expect(report?.series).toMatchObject([{ segment: "VIP", metric: "click_rate" }]);
    expect(report?.series[0]?.periods).toEqual(Array.from({ length: 90 }, (_, day) => dayOf(day)));

    const [series] = report?.judged ?? [];
    expect(series?.cohorts).toHaveLength(60);
    expect(series?.cohorts.at(-1)?.[0]).toBe(dayOf(89));
    expect(report?.definition).not.toBe(result.monitors?.reports[1]?.definition);

    // Where evidence starts anew is in the keys of those monitors that it concerns.
    const states = async (...rebaselines: Rebaseline[]) => {
      const { view } = await runs.plan(TEXT, { rebaselines });
      return view.cells.flatMap(({ id, state }) => (state === "stale" ? [id] : []));
    };
    expect(await states()).toEqual([]);
    expect(await states(anew({ segment: "VIP" }))).toEqual(["watch", "opens"]);
    expect(await states(anew({ cell: "watch" }))).toEqual(["watch"]);
    expect(await states(anew({ metric: "open_rate" }))).toEqual(["watch"]);
    const unknown = { code: "state-damaged", severity: "error", cell: null, line: null, column: null } as const;
    const { view } = await runs.plan(TEXT, {
      rebaselines: { ...unknown, message: "It is damaged.", hint: "Mend it." },
    });
    const failed = view.cells.filter(({ problems }) => problems.some(({ code }) => code === "state-damaged"));
    expect(failed.map(({ id, state }) => [id, state])).toEqual([
      ["watch", "failed"],
      ["opens", "failed"],
    ]);
  });

  it("tells the segments of an incident apart though their names hold commas", () => {
    const known = ["A", "A, B", "B", "C"];
    expect(namesIn("A, B, C", known)).toEqual(["A, B", "C"]);
    expect(namesIn("A, C", known)).toEqual(["A", "C"]);
    expect(namesIn("", known)).toEqual([]);
  });
});

import { describe, expect, it } from "vitest";
import { detect } from "../../../../server/monitor/detector/detect.ts";
import type { Count } from "../../../../server/monitor/model.ts";
import { draws } from "../../../bench/monitor/draws.ts";
import { dayOf } from "../../../bench/monitor/simulate.ts";

const WEEKDAYS = [0.6, 0.9, 1, 1.1, 1.2, 1.3, 0.9];

/** Clicks that fall by a quarter on day 70, of sends that are as uneven over a week as the rates; only on some weekdays where told. */
function falling(isSent: (day: number) => boolean = () => true, length = 150): Count[] {
  const random = draws(11);
  return Array.from({ length }, (_, i) => i)
    .filter(isSent)
    .map((i) => {
      const n = Math.round(8000 * (WEEKDAYS[(i + 3) % 7] ?? 1));
      const rate = 0.06 * (WEEKDAYS[i % 7] ?? 1) * (i >= 70 ? 0.75 : 1);
      return { segment: "VIP", period: dayOf(i), n, x: random.binomial(n, rate), mature: true };
    });
}

/** Clicks a week less than what each weekday's own rate before would have given, counted by hand. */
function lostAWeek(counts: readonly Count[], from: string): number {
  const weekday = ({ period }: Count) => new Date(`${period}T00:00:00Z`).getUTCDay();
  let lost = 0;
  const after = counts.filter(({ period }) => period >= from);
  for (const one of after) {
    const alike = counts.filter((other) => other.period < from && weekday(other) === weekday(one));
    const clicks = alike.reduce((sum, { x }) => sum + x, 0);
    const sent = alike.reduce((sum, { n }) => sum + n, 0);
    lost += (clicks / sent) * one.n - one.x;
  }
  const days = (Date.parse(after.at(-1)?.period ?? "") - Date.parse(from)) / 86_400_000 + 1;
  return (7 * lost) / days;
}

function told(explanation: string): number {
  return Number(/about ([\d.]+) clicks fewer a week/.exec(explanation)?.[1]);
}

const DAILY = { metric: "click_rate", period: "day", baseline: 42, minRelativeChange: 0.05 } as const;

describe("what a fall costs in clicks a week", () => {
  it("is what the weekdays' own rates before would have given, less what came", () => {
    const counts = falling();
    const [alert] = detect(counts, DAILY).alerts;
    expect(alert?.tier).toBe("confirmed");
    const byHand = lostAWeek(counts, alert?.change_at ?? "");
    expect(byHand).toBeGreaterThan(700);
    expect(Math.abs(told(alert?.explanation ?? "") / byHand - 1)).toBeLessThan(0.03);
  });

  it("counts two cohorts a week where mail is sent on two days", () => {
    const counts = falling((day) => day % 7 === 1 || day % 7 === 4, 420).map((one, i) =>
      i < 60 ? one : { ...one, x: Math.round(one.x * 0.7) },
    );
    const [alert] = detect(counts, DAILY).alerts;
    const byHand = lostAWeek(counts, alert?.change_at ?? "");
    expect(Math.abs(told(alert?.explanation ?? "") / byHand - 1)).toBeLessThan(0.05);
  });
});

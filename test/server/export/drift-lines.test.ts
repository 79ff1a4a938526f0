import { expect, test } from "vitest";
import { driftLines } from "../../../server/export/kinds/monitor.ts";
import type { Alert } from "../../../server/figures/alerts.ts";

function fall(segment: string): Alert {
  return {
    ...{ segment, metric: "click_rate", tier: "alert", direction: "down", detectedAt: "2026-07-26" },
    ...{ changeAt: "2026-07-20", changeFrom: "2026-07-18", changeTo: "2026-07-22" },
    ...{ before: 0.04, after: 0.03, change: -0.25, low: -0.3, high: -0.2, verdict: "rate" },
    ...{ explanation: `${segment}: click rate fell.` },
  };
}

test("alerts of an incident stand inside it, once, and others beside it", () => {
  const incident = {
    ...{ openedAt: "2026-07-20", metric: "click_rate", direction: "down" },
    ...{ segments: "VIP, New", explanation: "Two fell." },
  };
  const lines = driftLines([incident, incident], [fall("VIP"), fall("New"), fall("Other")], "day").map(
    ({ text }) => text,
  );
  const named = (name: string) => lines.map((line) => line.split(`${name}: click rate fell.`).length - 1);
  expect(named("VIP")).toEqual([1, 0, 0]);
  expect(named("New")).toEqual([1, 0, 0]);
  expect(named("Other")).toEqual([0, 0, 1]);
  expect(lines[0]).toContain('aria-label="Alerts of this incident"');
  expect(lines[1]).not.toContain("<ul");
});

import { describe, expect, it } from "vitest";
import { changesText, isNews } from "../../../server/commands/monitor/lines.ts";
import type { LifeChange } from "../../../server/monitor/life/model.ts";
import type { Incident } from "../../../server/monitor/model.ts";
import { dayOf } from "../../bench/monitor/simulate.ts";
import { lived, NOTHING, report, row } from "../monitor/alert-rows.ts";

const segments = ["A", "B", "C"];
const incident: Incident = {
  ...{ opened_at: dayOf(100), metric: "click_rate", segments, explanation: "3 of 5 fell." },
  direction: "down",
};
const rows = [...segments, "D"].map((segment) => row(100, { segment, explanation: `${segment} fell.` }));
const common = lived(NOTHING, report(106, rows, { incidents: [incident] })).changes;

describe("what segbook monitor says", () => {
  it("has alerts below the incident that they are part of", () => {
    expect(changesText(common).split("\n")).toEqual([
      `incident   click_rate ${dayOf(100)} (3 alerts inside): 3 of 5 fell.`,
      "  opened     alert: A fell.",
      "  opened     alert: B fell.",
      "  opened     alert: C fell.",
      "opened     alert: D fell.",
      "",
    ]);
  });

  it("is news where an alert came to the tier that is asked for, and nobody has put it to rest", () => {
    const watch = lived(NOTHING, report(101, [row(100, { tier: "watch" })]));
    const raised = lived(watch.life, report(106, [row(100)]));
    const sure = lived(raised.life, report(108, [row(100, { tier: "confirmed", confirmed_at: dayOf(107) })]));
    const note = { kind: "acknowledged", reason: "known_cause", note: "", at: 0, tier: "watch", period: null } as const;
    const known = { ...watch.life, alerts: watch.life.alerts.map((alert) => ({ ...alert, decision: note })) };
    const quiet = lived(known, report(106, [row(100)]));
    const closed = lived(raised.life, report(107, []));
    const news = ({ changes }: { changes: readonly LifeChange[] }) =>
      (["watch", "alert", "confirmed"] as const).filter((tier) => changes.some((one) => isNews(one, tier, dayOf(110))));
    expect([watch, raised, sure, quiet, closed].map(news)).toEqual([["watch"], ["alert"], ["confirmed"], [], []]);
  });
});

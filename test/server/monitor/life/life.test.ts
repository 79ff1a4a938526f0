import { describe, expect, it } from "vitest";
import type { Decision, MonitorLife } from "../../../../server/monitor/life/model.ts";
import { stateOf } from "../../../../server/monitor/life/state.ts";
import { dayOf } from "../../../bench/monitor/simulate.ts";
import { back, lived, NOTHING, openOnes, report, row } from "../alert-rows.ts";

function told(before: MonitorLife, found: Parameters<typeof lived>[1]) {
  const { life, changes } = lived(before, found);
  return { life, events: changes.map(({ what }) => what), alert: life.alerts[0] };
}

function decided(life: MonitorLife, decision: Decision): MonitorLife {
  return { ...life, alerts: life.alerts.map((alert) => ({ ...alert, decision })) };
}

const FALSE_ALARM = {
  kind: "acknowledged",
  reason: "false_alarm",
  note: "",
  at: 0,
  tier: "watch",
  period: null,
} as const;

describe("an alert", () => {
  it("is opened once and raised in place, though the estimate of its change moves out of where it was", () => {
    const watch = told(NOTHING, report(105, [row(100, { tier: "watch", detected_at: dayOf(101) })]));
    expect(watch.events).toEqual(["opened"]);
    const raised = told(watch.life, report(115, [row(108)]));
    expect(raised.events).toEqual(["raised"]);
    const confirmed = told(raised.life, report(120, [row(106, { tier: "confirmed", confirmed_at: dayOf(119) })]));
    expect(confirmed.events).toEqual(["raised"]);
    expect(confirmed.life.alerts).toHaveLength(1);
    expect(confirmed.alert?.history.map(({ what, tier }) => `${what} ${tier}`)).toEqual([
      "opened watch",
      "raised alert",
      "raised confirmed",
    ]);
    expect(confirmed.alert?.id).toBe(watch.alert?.id);
  });

  it("tells nothing new where nothing is", () => {
    const { life } = lived(NOTHING, report(110, [row(100)]));
    const again = lived(life, report(110, [row(100)]));
    expect(again.changes).toEqual([]);
    expect(again.life).toEqual(life);
  });

  it("settles once fourteen more periods have been judged", () => {
    const { life } = lived(NOTHING, report(118, [row(100)]));
    expect(stateOf(life.alerts[0] ?? never(), dayOf(118))).toBe("settling");
    const settled = told(life, report(119, [row(100)]));
    expect(settled.events).toEqual(["settled"]);
    expect(stateOf(settled.alert ?? never(), dayOf(119))).toBe("open");
  });

  it("is closed when the rate is back, which is no alert of its own, and reopened when it falls again", () => {
    const fall = row(100, { tier: "confirmed", confirmed_at: dayOf(107) });
    const rise = back(130, { tier: "confirmed", confirmed_at: dayOf(137) });
    const open = told(NOTHING, report(110, [fall]));
    const returning = told(open.life, report(133, [fall, { ...rise, tier: "watch", confirmed_at: null }]));
    expect(returning.events).toEqual(["settled"]);
    const closed = told(returning.life, report(138, [fall, rise]));
    expect(closed.events).toEqual(["closed"]);
    expect(closed.alert?.closed?.why).toBe("back");
    const again = told(closed.life, report(155, [fall, rise, row(150)]));
    expect(again.events).toEqual(["reopened"]);
    expect(again.life.alerts).toHaveLength(1);
    expect(again.alert?.finding.change_at).toBe(dayOf(150));
  });

  it("of a fall long after the last one has closed is another", () => {
    const fall = row(100, { tier: "confirmed", confirmed_at: dayOf(107) });
    const rise = back(130, { tier: "confirmed", confirmed_at: dayOf(137) });
    const closed = lived(NOTHING, report(138, [fall, rise]));
    const again = told(closed.life, report(205, [fall, rise, row(200)]));
    expect(again.events).toEqual(["opened"]);
    expect(openOnes(again.life)).toHaveLength(1);
    expect(again.life.alerts).toHaveLength(2);
  });

  it("of a second fall on top of the first is another, and one rise ends both", () => {
    const first = row(100, { tier: "confirmed", confirmed_at: dayOf(107) });
    const second = row(130, { tier: "confirmed", confirmed_at: dayOf(137), rate_before: 0.03, rate_after: 0.02 });
    const both = lived(NOTHING, report(140, [first, second]));
    expect(openOnes(both.life)).toHaveLength(2);
    const rise = back(160, { rate_before: 0.02 });
    expect(openOnes(lived(both.life, report(166, [first, second, rise])).life)).toEqual([]);
  });

  it("stays open where a rise brings back less than three quarters, and that rise is an alert of its own", () => {
    const fall = row(100, { tier: "confirmed", confirmed_at: dayOf(107) });
    const rise = back(130, { rate_after: 0.035 });
    const { life } = lived(NOTHING, report(140, [fall, rise]));
    expect(openOnes(life).map(({ finding }) => finding.direction)).toEqual(["down", "up"]);
  });

  it("of evidence that faded is closed as passed; what passed at watch before anybody looked is not kept", () => {
    const open = lived(NOTHING, report(106, [row(100)]));
    expect(told(open.life, report(112, [row(100, { verdict: "spike" })])).alert?.closed?.why).toBe("passed");
    const unseen = lived(
      NOTHING,
      report(112, [row(100, { verdict: "spike", tier: "watch" }), row(50, { verdict: "spike" })]),
    );
    expect(unseen.life.alerts.map(({ closed }) => closed?.why)).toEqual(["passed"]);
    expect(unseen.changes.map(({ what }) => what)).toEqual(["closed"]);
  });

  it("that the detector does not tell any more is closed as gone", () => {
    const open = lived(NOTHING, report(106, [row(100)]));
    expect(told(open.life, report(107, [])).alert?.closed?.why).toBe("gone");
  });
});

describe("what was decided of an alert", () => {
  const opened = lived(NOTHING, report(106, [row(100, { tier: "watch" })])).life;

  it("sleeps until its day", () => {
    const asleep = decided(opened, { kind: "snoozed", until: dayOf(120), note: "", at: 0 });
    const before = told(asleep, report(119, [row(100, { tier: "watch" })]));
    expect(stateOf(before.alert ?? never(), dayOf(119))).toBe("snoozed");
    expect(stateOf(before.alert ?? never(), dayOf(120))).toBe("open");
    const woken = told(before.life, report(120, [row(100, { tier: "watch" })]));
    expect(woken.events).toEqual(["woken"]);
  });

  it("keeps a false alarm quiet until its evidence passes the next tier", () => {
    const quiet = decided(opened, FALSE_ALARM);
    const same = told(quiet, report(110, [row(100, { tier: "watch", evidence: 2_400 })]));
    expect(same.events).toEqual([]);
    expect(stateOf(same.alert ?? never(), dayOf(110))).toBe("acknowledged");
    const raised = told(same.life, report(112, [row(100)]));
    expect(raised.events).toEqual(["raised"]);
    expect(stateOf(raised.alert ?? never(), dayOf(112))).toBe("settling");
  });

  it("keeps a false alarm quiet until it has been closed and comes again", () => {
    const quiet = decided(opened, FALSE_ALARM);
    const faded = row(100, { tier: "watch", verdict: "spike" });
    const closed = lived(quiet, report(110, [faded])).life;
    const again = told(closed, report(125, [faded, row(120, { tier: "watch" })]));
    expect(again.events).toEqual(["reopened"]);
    expect(stateOf(again.alert ?? never(), dayOf(125))).toBe("settling");
  });

  it("leaves an alert of a known cause quiet however sure it gets", () => {
    const known = decided(opened, { ...FALSE_ALARM, reason: "known_cause" });
    const raised = told(known, report(115, [row(100, { tier: "confirmed", confirmed_at: dayOf(112) })]));
    expect(stateOf(raised.alert ?? never(), dayOf(115))).toBe("acknowledged");
  });

  it("closes an alert whose level is the new baseline, and what comes after is another", () => {
    const accepted = decided(opened, { ...FALSE_ALARM, reason: "new_baseline", period: dayOf(102) });
    const rebaselines = [{ cell: "watch", segment: "VIP", metric: "click_rate", period: dayOf(102) }];
    const closed = told(accepted, report(107, [], { rebaselines }));
    expect(closed.alert?.closed?.why).toBe("new_baseline");
    const again = lived(closed.life, report(112, [row(103)], { rebaselines }));
    expect(openOnes(again.life)).toHaveLength(1);
    expect(again.life.alerts).toHaveLength(2);
  });

  it("closes every alert of a series before the period from which evidence starts anew, and none of others", () => {
    const other = row(100, { segment: "New" });
    const rebaselines = [{ cell: null, segment: "VIP", metric: null, period: dayOf(120) }];
    const { life } = lived(NOTHING, report(121, [row(100), other], { rebaselines }));
    expect(openOnes(life).map(({ finding }) => finding.segment)).toEqual(["New"]);
  });
});

describe("a common move", () => {
  const segments = ["A", "B", "C"];
  const common = { opened_at: dayOf(100), metric: "click_rate", direction: "down" as const, segments, explanation: "" };
  const rows = [...segments, "D"].map((segment) => row(100, { segment }));

  it("is one incident with its alerts inside, told once", () => {
    const { life, changes } = lived(NOTHING, report(106, rows, { incidents: [common] }));
    const [incident] = life.incidents;
    expect(life.alerts.map((alert) => alert.incident === incident?.id)).toEqual([true, true, true, false]);
    expect(changes.find(({ what }) => what === "incident")).toMatchObject({ alerts: 3 });
    const grown = { ...common, segments: [...segments, "D"] };
    const later = lived(life, report(107, rows, { incidents: [grown] }));
    expect(later.changes).toEqual([]);
    expect(later.life.incidents).toHaveLength(1);
    expect(later.life.alerts.every((alert) => alert.incident === incident?.id)).toBe(true);
  });

  it("that later data date otherwise is the same while most of its segments are, and another's is not", () => {
    const { life } = lived(NOTHING, report(120, rows, { incidents: [{ ...common, opened_at: dayOf(115) }] }));
    const dated = lived(life, report(121, rows, { incidents: [common] }));
    expect(dated.changes).toEqual([]);
    expect(dated.life.incidents.map(({ finding }) => finding.opened_at)).toEqual([dayOf(100)]);
    const others = lived(life, report(121, rows, { incidents: [{ ...common, segments: ["C", "D", "E"] }] }));
    expect(others.life.incidents).toHaveLength(2);
    const both = { incidents: [common, { ...common, opened_at: dayOf(116) }] };
    expect(lived(life, report(121, rows, both)).life.incidents.map(({ finding }) => finding.opened_at)).toEqual([
      dayOf(116),
      dayOf(100),
    ]);
  });

  it("of another time or metric has none of them", () => {
    const others = [
      { ...common, opened_at: dayOf(60) },
      { ...common, metric: "open_rate" },
      { ...common, direction: "up" as const },
    ];
    const { life } = lived(NOTHING, report(106, rows, { incidents: others }));
    expect(life.alerts.map(({ incident }) => incident)).toEqual([null, null, null, null]);
  });
});

function never(): never {
  throw new Error("there is no such alert");
}

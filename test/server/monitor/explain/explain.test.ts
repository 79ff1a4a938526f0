import { describe, expect, it } from "vitest";
import { explain, explainIncident, type Finding, MACHINES } from "../../../../server/monitor/explain/explain.ts";

const finding: Finding = {
  segment: "VIP",
  words: "click rate",
  events: "clicks",
  proviso: null,
  kind: "rate",
  period: "day",
  effect: { before: 0.041, after: 0.032, relative: -0.2195, low: -0.27, high: -0.16, extra: -44.3, error: 0.002 },
  change: { at: "2026-11-12", from: "2026-11-09", to: "2026-11-14" },
  verdict: "rate",
  minRelativeChange: 0.05,
  settling: "settled",
  cohortsAWeek: 7,
  pace: "at once",
  causes: [],
};

describe("the sentence of an alert", () => {
  it("has both rates, the change with its interval, its date with its set, and what it amounts to", () => {
    expect(explain(finding)).toBe(
      "VIP: click rate fell from 4.1 % to 3.2 % (−22 %, −27 to −16) since about 12 Nov (9–14 Nov); about 310 clicks fewer a week.",
    );
  });

  it("says why between the date and what it amounts to", () => {
    expect(explain({ ...finding, causes: ["same people", "all campaigns"] })).toBe(
      "VIP: click rate fell from 4.1 % to 3.2 % (−22 %, −27 to −16) since about 12 Nov (9–14 Nov); same people, all campaigns; about 310 clicks fewer a week.",
    );
  });

  it("says that a change came little by little, and names a jump of machine opens a measurement", () => {
    expect(explain({ ...finding, verdict: "gradual", pace: "gradual" })).toContain("; it came little by little; about");
    expect(explain({ ...finding, words: MACHINES, events: "machine opens" })).toMatch(
      /^VIP: measurement, not behaviour: opens by machines fell from 4\.1 % to 3\.2 %/,
    );
  });

  it("counts what it costs a week by the cohorts that there are in one", () => {
    expect(explain({ ...finding, cohortsAWeek: 2 })).toContain("about 89 clicks fewer a week");
  });

  it("writes a set over two months, a single day, weeks and sends as they are", () => {
    const at = (change: Finding["change"], period: Finding["period"] = "day") =>
      explain({ ...finding, change, period });
    expect(at({ at: "2026-11-01", from: "2026-10-28", to: "2026-11-03" })).toContain(
      "since about 1 Nov (28 Oct–3 Nov)",
    );
    expect(at({ at: "2026-11-01", from: "2026-11-01", to: "2026-11-01" })).toContain("since 1 Nov;");
    expect(at({ at: "2026-11-02", from: "2026-10-26", to: "2026-11-09" }, "week")).toContain(
      "since about the week of 2 Nov (26 Oct–9 Nov)",
    );
    expect(at({ at: "43", from: "41", to: "44" }, "send")).toContain("since about send 43 (41–44)");
    expect(at({ at: "43", from: "41", to: "44" }, "send")).toContain("about 44 clicks fewer a send");
  });

  it("takes as many digits as tell small rates apart", () => {
    const effect = {
      ...finding.effect,
      before: 0.00112,
      after: 0.00118,
      relative: 0.054,
      low: 0.01,
      high: 0.1,
      extra: 0.04,
    };
    expect(explain({ ...finding, effect })).toContain("rose from 0.112 % to 0.118 % (+5 %, +1 to +10)");
  });

  it("says that it still settles, and that it has passed", () => {
    expect(explain({ ...finding, settling: "settling" })).toMatch(/; the estimate is still settling\.$/);
    expect(explain({ ...finding, verdict: "spike" })).toMatch(/; it has passed\.$/);
  });
});

describe("the sentence of an incident", () => {
  it("says how many moved at once, and how many in all where more did on other days", () => {
    const moved = { moved: 7, of: 9, all: 7, opened: "2026-08-19", set: null };
    const incident = { metric: "open rate", proviso: null, direction: "down", ...moved } as const;
    expect(explainIncident(incident, "day")).toMatch(/^7 of 9 segments: open rate fell together on 19 Aug;/);
    expect(explainIncident({ ...incident, all: 9 }, "day")).toMatch(
      /^7 of 9 segments at once, 9 in all: open rate fell/,
    );
    expect(explainIncident({ ...incident, proviso: "may include machine opens" }, "day")).toMatch(
      /^7 of 9 segments: open rate \(may include machine opens\) fell together on 19 Aug;/,
    );
  });

  it("says about when where no one day shows it", () => {
    const moved = { moved: 7, of: 9, all: 7, opened: "2026-08-19" };
    const incident = { metric: "click rate", proviso: null, direction: "down", ...moved } as const;
    const told = (from: string, to: string) => explainIncident({ ...incident, set: { from, to } }, "day");
    expect(told("2026-08-17", "2026-08-20")).toMatch(
      /^7 of 9 segments: click rate fell together about 19 Aug \(17–20 Aug\); look for one cause/,
    );
    expect(told("2026-08-19", "2026-08-19")).toMatch(/ fell together on 19 Aug;/);
  });
});

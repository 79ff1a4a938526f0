import { expect, test } from "vitest";
import { headline } from "../../../server/figures/alert-words.ts";
import type { Alert } from "../../../server/figures/alerts.ts";
import { incidentWords } from "../../../server/figures/living-alerts.ts";
import {
  insideOf,
  isUndecided,
  peopleFirst,
  type StandingDrift,
  standingDrifts,
  waitingOf,
  waitingWords,
  watchingOf,
} from "../../../server/figures/standing-drifts.ts";
import type { AlertView } from "../../../server/run/alerts/view.ts";
import { lived, NOTHING, report, row } from "../monitor/alert-rows.ts";

const DAILY = watchingOf(null, "day");

/** A fall of VIP's click rate from 4 to 3 % on 20 July, as a monitor's relation has it. */
function found(other: Partial<Alert> = {}): Alert {
  return {
    ...{ segment: "VIP", metric: "click_rate", tier: "confirmed", direction: "down", detectedAt: "2026-07-26" },
    ...{ changeAt: "2026-07-20", changeFrom: "2026-07-18", changeTo: "2026-07-22" },
    ...{ before: 0.04, after: 0.03, change: -0.25, low: -0.3, high: -0.2, verdict: "rate" },
    ...{ explanation: "VIP: click rate fell." },
    ...other,
  };
}

const BACK = found({
  ...{ direction: "up", detectedAt: "2026-09-09", changeAt: "2026-09-01" },
  ...{ changeFrom: "2026-08-30", changeTo: "2026-09-03", before: 0.03, after: 0.04, change: 0.33 },
});

/** What is recorded of a fall. */
function recorded(alert: Alert, other: Partial<AlertView> = {}): AlertView {
  const finding = row(0, {
    ...{ segment: alert.segment, metric: alert.metric, direction: alert.direction, tier: alert.tier },
    ...{ detected_at: alert.detectedAt, change_at: alert.changeAt ?? "" },
    ...{ change_from: alert.changeFrom ?? "", change_to: alert.changeTo ?? "" },
  });
  const [living] = lived(NOTHING, report(400, [finding])).life.alerts;
  if (living === undefined) throw new Error("nothing lives");
  return { ...living, finding, closed: null, state: "open", ...other };
}

test("what waits is counted once: beyond watch, watched, and nothing that somebody has decided on", () => {
  const watched = found({ segment: "Old", tier: "watch" });
  const machines = found({ segment: "New", metric: "machine_open_rate" });
  const known = recorded(found({ segment: "Known" }), { state: "acknowledged" });
  const drifts = [...standingDrifts([machines, found(), watched], null, DAILY), ...standingDrifts([], [known], DAILY)];
  expect(waitingOf(drifts)).toEqual({ pressing: 2, watched: 1 });
  expect(waitingWords(waitingOf(drifts))).toBe("2 alerts wait, 1 more is watched.");
  expect(waitingWords({ pressing: 0, watched: 2 })).toBe("2 are watched.");
  expect(waitingWords({ pressing: 0, watched: 0 })).toBe("");
  expect(peopleFirst([machines, found()], ({ metric }) => metric)).toEqual([found(), machines]);
  expect(incidentWords({ all: 5, decided: 2, shown: 1 })).toBe(
    "5 alerts in it, 2 of them acknowledged or snoozed, 1 shown here.",
  );
});

const subjects = (drifts: readonly StandingDrift[]) =>
  drifts.map(({ found, recorded }) => `${found.segment} ${found.direction} ${recorded?.state ?? "new"}`);

test("a fall that came back and one that has passed drift no more, recorded or not", () => {
  const passed = found({ segment: "New", verdict: "spike", tier: "alert" });
  const rows = [found(), BACK, passed, found({ segment: "Old" })];
  expect(subjects(standingDrifts(rows, null, DAILY))).toEqual(["Old down new"]);
  const closed = recorded(found(), { state: "closed" });
  expect(subjects(standingDrifts(rows, [closed, recorded(found({ segment: "Old" }))], DAILY))).toEqual([
    "Old down open",
  ]);
});

test("the newest estimate is what is told of a recorded alert, and each row is one alert", () => {
  const view = recorded(found());
  const now = found({ changeAt: "2026-07-21", after: 0.028, change: -0.3 });
  expect(standingDrifts([now], [view], DAILY)).toEqual([{ found: now, recorded: view }]);
  const rise = found({ direction: "up", after: 0.06, segment: "VIP", metric: "open_rate" });
  expect(subjects(standingDrifts([now, rise], [view], DAILY))).toEqual(["VIP down open", "VIP up new"]);
});

test("what the record has closed is none, and what it has open stays until it is told otherwise", () => {
  const accepted = recorded(found(), { state: "closed" });
  expect(standingDrifts([found()], [accepted], DAILY)).toEqual([]);
  expect(subjects(standingDrifts([], [recorded(found())], DAILY))).toEqual(["VIP down open"]);
});

test("what somebody has decided on is not counted by the headline", () => {
  const rows = [found(), found({ segment: "Old" })];
  const views = [recorded(found(), { state: "snoozed" }), recorded(found({ segment: "Old" }))];
  const drifts = standingDrifts(rows, views, DAILY);
  expect(headline(drifts.filter(isUndecided).map((drift) => drift.found))).toBe("One segment drifts");
});

test("an incident has the alerts of its metric, way, segments and time inside", () => {
  const incident = {
    ...{ openedAt: "2026-07-20", metric: "click_rate", direction: "down" },
    ...{ segments: "Old, people, VIP", explanation: "" },
  };
  const others = [
    found({ segment: "people" }),
    found({ segment: "New" }),
    found({ metric: "open_rate" }),
    found({ direction: "up" }),
    found({ changeFrom: "2026-08-18", changeAt: "2026-08-20", changeTo: "2026-08-22", detectedAt: "2026-08-30" }),
  ];
  expect(insideOf(incident, [found(), ...others], "day")).toEqual([found(), others[0]]);
});

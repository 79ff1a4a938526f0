import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Act, Annotation, Decision, LivingAlert } from "../../monitor/life/model.ts";
import { metricNamed } from "../../monitor/metrics.ts";
import type { Problem } from "../../notebook/model.ts";
import type { AlertAction, AnnotationAction } from "../../run/alerts/view.ts";
import { refusal } from "../refusal.ts";
import { alertWriter, readAlert } from "./alerts-table.ts";
import { readAnnotation, readAnnotations, writeAnnotation } from "./annotations-table.ts";
import { note } from "./audit-table.ts";
import type { Connection } from "./open.ts";

export interface When {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The day of it, `YYYY-MM-DD`. */
  readonly today: string;
}

/** Does what a person decided of an alert. */
export function actOnAlert(state: Connection, id: string, action: AlertAction, when: When): LivingAlert | Problem {
  const alert = readAlert(state, id);
  if (alert === null) return refusal("alert-missing", "There is no such alert.", "Read the alerts again.");
  if (action.do !== "reopen" && (alert.closed !== null || alert.decision?.kind === "ended"))
    return refusal("alert-closed", `${named(alert)} is closed.`, "It opens again by itself where it comes back.");
  if (action.do === "reopen" && alert.decision === null)
    return refusal("alert-undecided", `Nothing was decided of ${named(alert)}.`, "Read the alerts again.");
  if (action.do === "snooze" && action.until <= when.today)
    return refusal("snooze-past", `${action.until} is not later than today.`, "Snooze until a later day.");
  const decision = decisionOf(action, alert, when.at);
  const entry = { at: when.at, act: action.do as Act, subject: { kind: "alert", id } as const, undoes: null };
  note(state, { ...entry, text: alertText(alert, action), before: alert.decision, after: decision });
  return decide(state, alert, decision, when.at);
}

/** Notes what an alert is decided to be in its history. */
export function decide(state: Connection, alert: LivingAlert, decision: Decision | null, at: number): LivingAlert {
  const what = decision === null ? "undone" : decision.kind === "ended" ? "closed" : decision.kind;
  const why = decision === null ? "" : whyOf(decision);
  const happening = { what, at, asOf: null, tier: alert.finding.tier, why } as const;
  const decided = { ...alert, decision, history: [...alert.history, happening] };
  alertWriter(state)(decided, alert.history.length);
  return decided;
}

function whyOf(decision: Decision): string {
  if (decision.kind === "snoozed") return decision.until;
  return decision.kind === "ended" ? "monitor_gone" : decision.reason;
}

/** Adds, changes or removes an annotation; gives them all. */
export function annotate(state: Connection, action: AnnotationAction, { at }: When): Annotation[] | Problem {
  const id = action.do === "add" ? randomUUID() : action.id;
  const before = action.do === "add" ? null : readAnnotation(state, id);
  if (action.do !== "add" && before === null)
    return refusal("annotation-missing", "There is no such annotation.", "Read the annotations again.");
  const after: Annotation | null = action.do === "remove" ? null : { ...action.annotation, id, at: before?.at ?? at };
  const mistaken =
    after === null || after.scope.cell !== null ? undefined : periodsOf(after).find((one) => !isDay(one));
  if (mistaken !== undefined) {
    const hint = "Give a day such as 2026-11-30; a send's id says something of one named cell alone.";
    return refusal("annotation-period", `${mistaken} is no day.`, hint);
  }
  if (after !== null && after.to !== null && after.to < after.from)
    return refusal("annotation-period", `${after.to} is before ${after.from}.`, "Let it end after it begins.");
  const act = ({ add: "annotate", change: "change", remove: "remove" } as const)[action.do];
  const text = `${{ annotate: "Annotated", change: "Changed", remove: "Removed" }[act]}: ${(after ?? before)?.text ?? ""}`;
  note(state, { at, act, subject: { kind: "annotation", id }, text, before, after, undoes: null });
  writeAnnotation(state, id, after);
  return readAnnotations(state);
}

function periodsOf({ from, to }: Annotation): readonly string[] {
  return to === null ? [from] : [from, to];
}

function isDay(text: string): boolean {
  return z.iso.date().safeParse(text).success;
}

/** As it is called in sentences: `VIP · click rate`. */
export function named({ finding: { segment, metric } }: LivingAlert): string {
  return `${segment} · ${metricNamed(metric)?.words ?? metric}`;
}

function decisionOf(action: AlertAction, { finding }: LivingAlert, at: number): Decision | null {
  if (action.do === "reopen") return null;
  const note = action.note ?? "";
  if (action.do === "close") return { kind: "ended", note, at };
  if (action.do === "snooze") return { kind: "snoozed", until: action.until, note, at };
  const { reason } = action;
  // Later than the likeliest change: all of these periods are of the new level.
  const period = reason === "new_baseline" ? finding.change_to : null;
  return { kind: "acknowledged", reason, note, at, tier: finding.tier, period };
}

const REASONS = {
  known_cause: "as a known cause",
  new_baseline: "as the new baseline",
  false_alarm: "as a false alarm",
};

function alertText(alert: LivingAlert, action: AlertAction): string {
  if (action.do === "reopen") return `Took up again: ${named(alert)}`;
  const said = action.note === undefined || action.note === "" ? "" : `: ${action.note}`;
  if (action.do === "close") return `Closed ${named(alert)}, whose monitor is gone${said}`;
  if (action.do === "snooze") return `Snoozed ${named(alert)} until ${action.until}${said}`;
  return `Acknowledged ${named(alert)} ${REASONS[action.reason]}${said}`;
}

import type { Annotation, AuditEntry, Decision } from "../../monitor/life/model.ts";
import type { Problem } from "../../notebook/model.ts";
import { refusal } from "../refusal.ts";
import { decide, type When } from "./act.ts";
import { readAlert } from "./alerts-table.ts";
import { readAnnotation, writeAnnotation } from "./annotations-table.ts";
import { lastUndoable, laterOn, markUndone, note, readEntry } from "./audit-table.ts";
import type { Connection } from "./open.ts";
import { annotationShape, decisionShape, read } from "./shapes.ts";

/** Takes back what an entry says was done, or the last that can be; gives the number of the entry that says so. */
export function undo(state: Connection, asked: number | null, { at }: When): number | Problem {
  const entry = asked === null ? lastUndoable(state) : readEntry(state, asked);
  if (entry === null) return nothing(asked);
  const { subject } = entry;
  if (subject === null)
    return refusal("undo-recorded", "What a run found can't be taken back.", "Acknowledge the alert instead.");
  if (entry.undoneBy !== null)
    return refusal("undo-twice", `Entry ${entry.id} was taken back already.`, `Take back entry ${entry.undoneBy}.`);
  const now = standing(state, subject);
  if (now !== markOf(entry, entry.after)) return overtaken(state, entry);
  const text = `Took back: ${entry.text}`;
  const by = note(state, {
    at,
    act: "undo",
    subject,
    text,
    before: entry.after,
    after: entry.before,
    undoes: entry.id,
  });
  markUndone(state, entry.id, by);
  // What an undo had taken back stands again.
  if (entry.undoes !== null) markUndone(state, entry.undoes, null);
  restore(state, entry, at);
  return by;
}

function restore(state: Connection, { subject, before }: AuditEntry, at: number): void {
  if (subject?.kind === "annotation") {
    writeAnnotation(state, subject.id, before === null ? null : read(annotationShape, before));
    return;
  }
  const alert = subject === null ? null : readAlert(state, subject.id);
  if (alert !== null) decide(state, alert, read(decisionShape, before), at);
}

/** What a subject is now, to compare with what an entry left. */
function standing(state: Connection, { kind, id }: NonNullable<AuditEntry["subject"]>): string {
  return JSON.stringify(kind === "annotation" ? readAnnotation(state, id) : (readAlert(state, id)?.decision ?? null));
}

function markOf({ subject }: AuditEntry, value: Decision | Annotation | null): string {
  if (value === null) return "null";
  return JSON.stringify(subject?.kind === "annotation" ? read(annotationShape, value) : read(decisionShape, value));
}

function nothing(asked: number | null): Problem {
  if (asked === null) return refusal("undo-nothing", "There is nothing to take back.", "Look at the audit log.");
  return refusal("undo-missing", `The audit log has no entry ${asked}.`, "Read the audit log again.");
}

function overtaken(state: Connection, entry: AuditEntry): Problem {
  const later = laterOn(state, entry);
  const message =
    later === null
      ? `Entry ${entry.id} can't be taken back: the alert came again or grew since, which ended it.`
      : `Entry ${entry.id} can't be taken back: entry ${later.id} stands on it.`;
  const hint =
    later === null ? "Decide anew what is to be of it." : `Take back entry ${later.id} first: ${later.text}.`;
  return refusal("undo-overtaken", message, hint);
}

import { z } from "zod";
import type { Annotation, AuditEntry, Decision } from "../../monitor/life/model.ts";
import type { Connection } from "./open.ts";
import { annotationShape, decisionShape, read, readJson } from "./shapes.ts";

/** What is to be noted; who did it is always `local`, for there are no accounts. */
export type Noted = Omit<AuditEntry, "id" | "who" | "undoneBy">;

type Row = Readonly<Record<string, string | number | null>>;

const act = z.enum(["acknowledge", "snooze", "close", "reopen", "annotate", "change", "remove", "undo", "record"]);
const WHO = "local";

/** Notes what was done; gives its number. */
export function note(state: Connection, { at, act, subject, text, before, after, undoes }: Noted): number {
  const values = [subject?.kind ?? null, subject?.id ?? null, text, json(before), json(after), undoes];
  const added = state
    .prepare(`
      INSERT INTO audit (at, who, act, kind, subject, text, before, after, undoes)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`)
    .run(at, WHO, act, ...values);
  return Number(added.lastInsertRowid);
}

/** Null where there is none of that number. */
export function readEntry(state: Connection, id: number): AuditEntry | null {
  const row = state.prepare("SELECT * FROM audit WHERE id = ?").get(id) as Row | undefined;
  return row === undefined ? null : toEntry(row);
}

/** Newest first, those before a number. */
export function readEntries(state: Connection, before: number, limit: number): AuditEntry[] {
  const rows = state.prepare("SELECT * FROM audit WHERE id < ? ORDER BY id DESC LIMIT ?").all(before, limit) as Row[];
  return rows.map(toEntry);
}

/** The last that a person did and that stands; null where there is none. */
export function lastUndoable(state: Connection): AuditEntry | null {
  const sql = "SELECT * FROM audit WHERE act NOT IN ('undo', 'record') AND undone_by IS NULL ORDER BY id DESC LIMIT 1";
  const row = state.prepare(sql).get() as Row | undefined;
  return row === undefined ? null : toEntry(row);
}

/** The last that stands of what was done to a subject after an entry. */
export function laterOn(state: Connection, entry: AuditEntry): AuditEntry | null {
  const sql = "SELECT * FROM audit WHERE subject = ? AND id > ? AND undone_by IS NULL ORDER BY id DESC LIMIT 1";
  const row = state.prepare(sql).get(entry.subject?.id ?? "", entry.id) as Row | undefined;
  return row === undefined ? null : toEntry(row);
}

/** Marks an entry as taken back by another; null as standing again. */
export function markUndone(state: Connection, entry: number, by: number | null): void {
  state.prepare("UPDATE audit SET undone_by = ? WHERE id = ?").run(by, entry);
}

function toEntry(row: Row): AuditEntry {
  const shape: z.ZodType<Decision | Annotation | null> =
    row.kind === "annotation" ? annotationShape.nullable() : decisionShape;
  const kind = row.kind === "annotation" ? "annotation" : "alert";
  return {
    ...{
      id: Number(row.id),
      at: Number(row.at),
      who: String(row.who),
      act: read(act, row.act),
      text: String(row.text),
    },
    subject: row.subject === null || row.subject === undefined ? null : { kind, id: String(row.subject) },
    before: readJson(shape, row.before),
    after: readJson(shape, row.after),
    undoes: numberOf(row.undoes),
    undoneBy: numberOf(row.undone_by),
  };
}

function numberOf(value: string | number | null | undefined): number | null {
  return value === null || value === undefined ? null : Number(value);
}

function json(value: object | null): string | null {
  return value === null ? null : JSON.stringify(value);
}

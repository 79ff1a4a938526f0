import type { MonitorBody } from "../../cells/monitor/schema.ts";
import { literal, name as quoted } from "../../language/quote.ts";
import type { Column } from "../../language/vocabulary.ts";
import { USUAL } from "../../segments/guards/rates.ts";
import { bodyOf } from "../body-of.ts";
import type { Subject } from "../subject.ts";
import { keptRows } from "./kept-rows.ts";
import { type StoredResult, storedResult } from "./stored.ts";

/** How often mails are opened, and how many a person gets in four weeks. */
export interface Openings {
  readonly rate: number;
  readonly sends: number;
  /** Where that is from, for a sentence. */
  readonly words: string;
}

const MONTH_OF_WEEKS = 28;

/** From what a monitor counts, else from a source of sends; without either, or without their results, the usual. */
export async function openingsIn(subject: Subject): Promise<Openings> {
  const { plan } = subject;
  const bodies = plan.cells.flatMap((studied) => {
    const body = studied.cell.kind === "monitor" ? bodyOf<MonitorBody>(studied) : null;
    return body === null ? [] : [body];
  });
  for (const body of bodies) {
    const found =
      body.sends === null
        ? await ofCounts(body.counts ?? "", subject)
        : await ofSends(body.sends, body.columns, subject);
    if (found !== null) return found;
  }
  for (const { cell } of plan.cells.filter(({ cell }) => cell.kind === "source")) {
    const found = await ofSends(cell.id, {}, subject);
    if (found !== null) return found;
  }
  return { ...USUAL, words: `an open rate of ${100 * USUAL.rate} % and a mail a week, for this notebook has no sends` };
}

async function ofSends(name: string, columns: MonitorBody["columns"], subject: Subject): Promise<Openings | null> {
  const stored = await storedResult(subject.plan, name);
  const own = (wanted: keyof MonitorBody["columns"]) => columnOf(stored, columns[wanted] ?? wanted);
  const [delivered, opened, sent, machine] = [
    own("delivered_at"),
    own("opened_at"),
    own("sent_at"),
    own("machine_open"),
  ];
  const person = columnOf(stored, subject.plan.notebook.head.entity);
  if (stored === null || delivered === null || opened === null || person === null) return null;
  const day = `${quoted((sent ?? delivered).name)}::DATE`;
  const human = machine === null ? "" : ` AND NOT coalesce(${quoted(machine.name)}::BOOLEAN, FALSE)`;
  const sql = `SELECT count(*), count(*) FILTER (WHERE ${quoted(opened.name)} IS NOT NULL${human}),
  count(DISTINCT ${quoted(person.name)}), max(${day}) - min(${day}) + 1
FROM ${stored.from} WHERE ${quoted(delivered.name)} IS NOT NULL AND ${day} < ${lastMoment(subject)}`;
  const [row = []] = (await keptRows(subject.plan.studies.request.engine, sql, subject.signal)) ?? [];
  const [all = 0, seen = 0, people = 0, days = 0] = row.map(Number);
  if (seen === 0 || seen >= all || people === 0) return null;
  const sends = (all / people) * Math.min(1, MONTH_OF_WEEKS / Math.max(1, days));
  return openings(seen / all, sends, name);
}

async function ofCounts(name: string, subject: Subject): Promise<Openings | null> {
  const stored = await storedResult(subject.plan, name);
  if (stored === null || columnOf(stored, "delivered") === null || columnOf(stored, "opened") === null) return null;
  const sql = `SELECT sum(delivered)::DOUBLE, sum(opened)::DOUBLE FROM ${stored.from}`;
  const [row = []] = (await keptRows(subject.plan.studies.request.engine, sql, subject.signal)) ?? [];
  const [all = 0, seen = 0] = row.map(Number);
  return seen === 0 || seen >= all ? null : openings(seen / all, USUAL.sends, name);
}

function openings(rate: number, sends: number, from: string): Openings {
  const words = `an open rate of ${(100 * rate).toFixed(1)} % and ${sends.toFixed(1)} mails a person in four weeks, as in \`${from}\``;
  return { rate, sends, words };
}

function columnOf(stored: StoredResult | null, name: string): Column | null {
  return stored?.columns.find((column) => column.name === name) ?? null;
}

/** The day on which nothing counts any more, as near as whole days tell. */
function lastMoment({ plan }: Subject): string {
  return `${literal(new Date(plan.studies.request.clock.asOf).toISOString().slice(0, 10))}::DATE + 1`;
}

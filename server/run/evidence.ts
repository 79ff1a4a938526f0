import type { Engine } from "../engine/engine.ts";
import { literal, name as quoted } from "../language/quote.ts";
import {
  type EvidenceSql,
  eventsOfPersonSql,
  peopleWithoutSql,
  type Standing,
  standingsOfPersonSql,
} from "../language/sql-evidence.ts";
import type { EventWord } from "../language/vocabulary.ts";
import type { Problem } from "../notebook/model.ts";
import { type Asking, type Behind, behindOf, type EventsBehind, type FeatureAsk, fault, fileSql } from "./behind.ts";
import { flat } from "./page.ts";
import type { EvidencePart, EvidenceView, WithoutView } from "./view.ts";

export interface EvidenceAsk extends FeatureAsk {
  /** The person's key, as text. */
  readonly person: string;
  readonly offset: number;
  readonly limit: number;
}

/** So many columns of an event are shown: those that the feature speaks of, then the first others. */
const MOST_COLUMNS = 8;

/** A person's events behind a feature: which count, and why the others do not. */
export async function evidenceOf(ask: EvidenceAsk, asking: Asking): Promise<EvidenceView | Problem> {
  const behind = await behindOf(ask, asking);
  if ("code" in behind) return behind;
  const { feature, person, cell } = ask;
  const { of, entity } = behind;
  const which = `SELECT ${quoted(feature)} FROM ${fileSql(of)} WHERE CAST(${quoted(entity)} AS VARCHAR) = ${literal(person)}`;
  const [found] = (await of.engine.table({ sql: which, signal: asking.signal })).rows;
  if (found === undefined) {
    const hint = `Take a value of \`${entity}\` that is in \`${cell}\`.`;
    return fault(cell, { code: "unknown-person", message: `\`${cell}\` has no row for \`${person}\`.`, hint });
  }
  const parts: EvidencePart[] = [];
  for (const asked of behind.events) {
    const part = await partOf(asked, behind, { ...ask, signal: asking.signal });
    if ("code" in part) return part;
    parts.push(part);
  }
  return { cell, feature, person, value: flat(found[0] ?? null), parts };
}

/** How many people of the cell have none of the events that count for a feature. */
export async function withoutEvents(ask: FeatureAsk, asking: Asking): Promise<WithoutView | Problem> {
  const behind = await behindOf(ask, asking);
  if ("code" in behind) return behind;
  const { cell, feature } = ask;
  const { of, entity, events } = behind;
  if (events.length === 0) return { cell, feature, people: of.stored.rows, without: null };
  const type = of.stored.columns.find(({ name }) => name === entity)?.type ?? null;
  const asked = events.map((one) => one.asked);
  const made = peopleWithoutSql(asked, { from: fileSql(of), entity, type });
  const rows = await rowsOf(made, { engine: of.engine, cell, signal: asking.signal });
  if ("code" in rows) return rows;
  return { cell, feature, people: of.stored.rows, without: Number(rows[0]?.without ?? 0) };
}

async function partOf(
  { asked, event, words, spoken }: EventsBehind,
  { of: { engine } }: Behind,
  { cell, person, offset, limit, signal }: EvidenceAsk & { signal: AbortSignal },
): Promise<EvidencePart | Problem> {
  const columns = shownOf(event, spoken);
  const counting = await rowsOf(standingsOfPersonSql(asked, person), { engine, cell, signal });
  if ("code" in counting) return counting;
  const standings = new Map(counting.map((row) => [String(row.standing), Number(row.events)]));
  const made = eventsOfPersonSql(asked, { person, columns: columns.map(({ name }) => name), offset, limit });
  if (!made.ok) return refused(cell, made);
  const { rows } = await engine.table({ sql: made.sql, signal });
  return {
    words,
    relation: event.relation,
    at: event.at,
    spoken: columns.filter(({ name }) => spoken.some((one) => same(one, name))).map(({ name }) => name),
    columns,
    events: rows.map(([standing, ...values]) => ({ standing: String(standing) as Standing, values: values.map(flat) })),
    counted: standings.get("counts") ?? 0,
    total: [...standings.values()].reduce((sum, count) => sum + count, 0),
    offset,
  };
}

/** The time first, then what the feature speaks of, then the first others. */
function shownOf(event: EventWord, spoken: readonly string[]) {
  const wanted = [event.at, ...spoken];
  const first = wanted.flatMap((one) => event.columns.filter(({ name }) => same(name, one)));
  const others = event.columns.filter(
    ({ name }) => ![...wanted, event.entity, event.where?.column ?? ""].some((one) => same(one, name)),
  );
  return [...new Set([...first, ...others])].slice(0, Math.max(MOST_COLUMNS, new Set(first).size));
}

function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

async function rowsOf(
  made: EvidenceSql,
  { engine, cell, signal }: { engine: Engine; cell: string; signal: AbortSignal },
) {
  return made.ok ? engine.rows({ sql: made.sql, signal }) : refused(cell, made);
}

function refused(cell: string, { problems }: EvidenceSql & { ok: false }): Problem {
  const [first] = problems;
  return fault(cell, first ?? { code: "unknown-event", message: "Its events are not known.", hint: "Run the cell." });
}

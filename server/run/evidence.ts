import type { Engine } from "../engine/engine.ts";
import { describeEvents } from "../language/describe.ts";
import { parseExpression } from "../language/parse-expression.ts";
import { literal, name as quoted } from "../language/quote.ts";
import {
  type EventsAsked,
  type EvidenceSql,
  eventsOfPersonSql,
  peopleWithoutSql,
  type Standing,
  standingsOfPersonSql,
  subjectsOf,
} from "../language/sql-evidence.ts";
import { stepsOf } from "../language/sql-expression.ts";
import type { Expression } from "../language/tree.ts";
import type { EventWord, Vocabulary } from "../language/vocabulary.ts";
import type { Problem } from "../notebook/model.ts";
import { nearest } from "../notebook/nearest.ts";
import type { Ask } from "./asks.ts";
import type { ResultCache } from "./cache.ts";
import { type Located, locate } from "./locate.ts";
import { flat } from "./page.ts";
import type { Plan } from "./plan.ts";
import { columnsOf } from "./studied.ts";
import { eventWords } from "./study-context.ts";
import type { EvidencePart, EvidenceView, WithoutView } from "./view.ts";

/** Which column of which cell. */
export interface FeatureAsk extends Ask {
  readonly cell: string;
  readonly feature: string;
}

export interface EvidenceAsk extends FeatureAsk {
  /** The person's key, as text. */
  readonly person: string;
  readonly offset: number;
  readonly limit: number;
}

export interface Asking {
  readonly plan: Plan;
  readonly cache: ResultCache;
  readonly signal: AbortSignal;
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
    return fault(cell, "unknown-person", `\`${cell}\` has no row for \`${person}\`.`, hint);
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

interface EventsBehind {
  readonly asked: EventsAsked;
  readonly event: EventWord;
  readonly words: string;
  /** Columns that the feature speaks of. */
  readonly spoken: readonly string[];
}

interface Behind {
  /** The cell's result. */
  readonly of: Located;
  readonly entity: string;
  readonly events: readonly EventsBehind[];
}

/** What a feature is made of, each kind of event with its WHERE and window once; or why that can't be told. */
async function behindOf({ cell, feature }: FeatureAsk, { plan, cache }: Asking): Promise<Behind | Problem> {
  const { studies, notebook } = plan;
  const studied = plan.cells.find((one) => one.cell.id === cell);
  const body = studied?.reading?.body;
  const texts = body === undefined ? null : (studied?.kind?.behind?.(body, feature) ?? null);
  if (texts === null) {
    const near = nearest(feature, studied?.study?.yields[0]?.columns?.map(({ name }) => name) ?? []);
    const hint = near.length > 0 ? `Did you mean \`${near[0]}\`?` : "Name a features cell and one of its columns.";
    return fault(cell, "unknown-feature", `\`${cell}\` has no feature \`${feature}\`.`, hint);
  }
  const of = await locate(plan, cell, cache);
  if ("code" in of) return of;
  const vocabulary: Vocabulary = {
    attributes: [],
    events: await eventWords(studies, texts, async (source) => columnsOf(await studies.of(source), "")),
    segments: [],
    inputs: studies.request.inputs,
    provisional: true,
  };
  const events: EventsBehind[] = [];
  for (const text of texts) {
    const { expression } = parseExpression(text, vocabulary);
    for (const { step, window, property } of expression === null ? [] : eventsIn(expression)) {
      const { clock } = studies.request;
      const event = vocabulary.events.find(({ words, relation }) => words === step.words && relation === step.relation);
      const words = describeEvents(step, window, clock);
      if (event === undefined) continue;
      const spoken = [...(property === null ? [] : [property]), ...subjectsOf(step.where)];
      const known = events.findIndex((one) => one.words === words && one.event === event);
      if (known >= 0) {
        const one = events[known];
        if (one !== undefined) events[known] = { ...one, spoken: [...one.spoken, ...spoken] };
        continue;
      }
      const source = await locate(plan, event.relation, cache);
      if ("code" in source) return source;
      const asked = { step, window, vocabulary, clock, from: fileSql(source) };
      events.push({ asked, event, words, spoken });
    }
  }
  return { of, entity: notebook.head.entity, events };
}

function eventsIn(expression: Expression) {
  const properties = measuresIn(expression);
  return stepsOf(expression).map(({ step, window }) => ({ step, window, property: properties.get(step) ?? null }));
}

/** The columns that measures take, by the measures' events. */
function measuresIn(expression: Expression): Map<unknown, string> {
  if (expression.kind === "arithmetic")
    return new Map([...measuresIn(expression.left), ...measuresIn(expression.right)]);
  if (expression.kind === "negative") return measuresIn(expression.part);
  const isMeasure = expression.kind === "measure" && expression.property !== null;
  return new Map(isMeasure ? [[expression.step, expression.property.name]] : []);
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
  return fault(cell, first?.code ?? "unknown-event", first?.message ?? "", first?.hint ?? "");
}

function fileSql({ file }: Located): string {
  return `read_parquet(${literal(file)})`;
}

function fault(cell: string, code: string, message: string, hint: string): Problem {
  return { code, severity: "error", cell, line: null, column: null, message, hint };
}

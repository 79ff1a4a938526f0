import { literal, name } from "./quote.ts";
import { columnOf, EVENT, type Filter, filterOf, pastSql } from "./sql-events.ts";
import { keySql, matchOf } from "./sql-match.ts";
import { eventOf, type Work } from "./sql-work.ts";
import type { Rule, Step, Window } from "./tree.ts";
import { kindOf, scaleOfType } from "./types.ts";
import type { Clock, EventWord, LanguageProblem, Vocabulary } from "./vocabulary.ts";

/** Events that a feature or a condition speaks of, and where its relation is read. */
export interface EventsAsked {
  readonly step: Step;
  readonly window: Window | null;
  readonly vocabulary: Vocabulary;
  readonly clock: Clock;
  /** SQL that stands for a relation, such as its name or `read_parquet('…')`. */
  readonly from: string;
}

/** Why an event counts or does not: it does, has no time, lies after `as_of`, outside the window, or is another by WHERE. */
export type Standing = "counts" | "undated" | "later" | "outside" | "other";

export type EvidenceSql =
  | { readonly ok: true; readonly sql: string }
  | { readonly ok: false; readonly problems: readonly LanguageProblem[] };

/**
 * The events of that kind of one person, the latest first: `standing` and then the columns. The person's key is given as
 * text. All that the step's kind allows are there, also those that do not count.
 */
export function eventsOfPersonSql(
  asked: EventsAsked,
  { person, columns, offset, limit }: { person: string; columns: readonly string[]; offset: number; limit: number },
): EvidenceSql {
  return withEvent(asked, (work, event) => {
    const at = name(event.at);
    const shown = columns.map((column) => `${EVENT}.${name(column)}`);
    const order = shown.map((_, index) => index + 2).join(", ");
    return `SELECT ${[standingSql(work, event, asked), ...shown].join(", ")}
FROM ${asked.from} AS ${EVENT}
WHERE ${ofPersonSql(work, event, person)}
ORDER BY ${EVENT}.${at} DESC NULLS LAST, ${order === "" ? "1" : `${order}, 1`}
LIMIT ${Math.trunc(limit)} OFFSET ${Math.trunc(offset)}`;
  });
}

/** How many events of that kind a person has, by `standing`. */
export function standingsOfPersonSql(asked: EventsAsked, person: string): EvidenceSql {
  return withEvent(asked, (work, event) => {
    const which = ofPersonSql(work, event, person);
    return `SELECT ${standingSql(work, event, asked)}, count(*) AS events\nFROM ${asked.from} AS ${EVENT}\nWHERE ${which}\nGROUP BY 1`;
  });
}

/** How many of `people` have none of the events that count: one row, `without`. */
export function peopleWithoutSql(
  all: readonly EventsAsked[],
  people: { readonly from: string; readonly entity: string; readonly type: string | null },
): EvidenceSql {
  const problems: LanguageProblem[] = [];
  const key = `p.${name(people.entity)}`;
  const joins = all.map((asked, index) => {
    const joined = withEvent(asked, (work, event) => {
      const match = matchOf(people.type, typeOf(event, event.entity));
      const events = `SELECT ${keySql(`${EVENT}.${name(event.entity)}`, match)} AS k FROM ${asked.from} AS ${EVENT} WHERE ${countedSql(work, event, asked)}`;
      return `ANTI JOIN (${events}) AS e${index} ON e${index}.k = ${keySql(key, match)}`;
    });
    if (joined.ok) return joined.sql;
    problems.push(...joined.problems);
    return "";
  });
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, sql: `SELECT count(*) AS without\nFROM ${people.from} AS p\n${joins.join("\n")}` };
}

/** Columns of the event that WHERE asks about, in their order there. */
export function subjectsOf(where: Rule | null): string[] {
  if (where === null) return [];
  if (where.kind === "and" || where.kind === "or") return [...new Set(where.parts.flatMap(subjectsOf))];
  if (where.kind === "not") return subjectsOf(where.part);
  return "subject" in where ? [where.subject.name] : [];
}

function withEvent(asked: EventsAsked, make: (work: Work, event: EventWord) => string): EvidenceSql {
  const problems: LanguageProblem[] = [];
  const { vocabulary, clock } = asked;
  const work: Work = { vocabulary, clock, problems, joins: new Map(), match: () => "as is" };
  const event = eventOf(work, asked.step);
  const sql = event === null ? "" : make(work, event);
  return problems.length > 0 ? { ok: false, problems } : { ok: true, sql };
}

function standingSql(work: Work, event: EventWord, { step, window }: EventsAsked): string {
  const isIn = (filter: Filter) => allOf(filter.parts.filter((part) => part !== filter.kind));
  return `CASE WHEN ${columnOf(event, event.at).sql} IS NULL THEN 'undated'
  WHEN NOT ${allOf([pastSql(work, event)])} THEN 'later'
  WHEN NOT ${isIn(filterOf(work, event, null, window))} THEN 'outside'
  WHEN NOT ${isIn(filterOf(work, event, step.where, null))} THEN 'other' ELSE 'counts' END AS standing`;
}

function countedSql(work: Work, event: EventWord, { step, window }: EventsAsked): string {
  return [pastSql(work, event), ...filterOf(work, event, step.where, window).parts].join(" AND ");
}

/** What is neither true nor false counts as false. */
function allOf(parts: readonly string[]): string {
  return parts.length === 0 ? "TRUE" : `coalesce(${parts.map((part) => `(${part})`).join(" AND ")}, FALSE)`;
}

/** Rows of that kind and person. The column stays as it is, so that its least and greatest values in a file tell where not to look. */
function ofPersonSql(work: Work, event: EventWord, person: string): string {
  const { kind } = filterOf(work, event, null, null);
  const key = `${EVENT}.${name(event.entity)}`;
  const type = typeOf(event, event.entity) ?? "VARCHAR";
  const isWhole = kindOf(type) === "number" && scaleOfType(type) === 0;
  const digits = isWhole ? [`CAST(${key} AS VARCHAR) = ${literal(person)}`] : [];
  const same = /^(VARCHAR|TEXT)$/i.test(type)
    ? `${key} = ${literal(person)}`
    : `${key} = TRY_CAST(${literal(person)} AS ${type})`;
  return [...(kind === null ? [] : [kind]), same, ...digits].join(" AND ");
}

function typeOf(event: EventWord, column: string): string | null {
  return event.columns.find((each) => each.name.toLowerCase() === column.toLowerCase())?.type ?? null;
}

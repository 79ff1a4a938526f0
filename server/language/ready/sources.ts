import { literal, name } from "../quote.ts";
import type { Column, EventWord } from "../vocabulary.ts";
import { hasTimeOfDay, homeOf, type Roles } from "./roles.ts";

export type SourceName = "sessions" | "carts" | "clicks";

/** A source that is a query over others, for what the language can't say of single events. */
export interface ReadySource {
  /** Id of the cell, and the words of its event, before a number where they are taken. */
  readonly id: string;
  readonly words: string;
  readonly sql: string;
  /** A row becomes known at this time: nothing after `as_of` is in a row that counts. */
  readonly at: string;
  readonly columns: readonly Column[];
  /** What is expected of them, as the source says it. */
  readonly expected: readonly string[];
}

/** Minutes of silence that part two sessions, and hours that a cart waits for its order. */
const SILENCE_MINUTES = 30;
const CART_HOURS = 24;

type Made = (roles: Roles, events: readonly EventWord[], entity: string) => ReadySource | null;

/** Null where what it is made of is not chosen, or tells no time of day. */
export const SOURCES: Readonly<Record<SourceName, Made>> = {
  sessions(roles, events, entity) {
    const page = homeOf("page", roles, events);
    if (page === null || !hasTimeOfDay(page)) return null;
    const key = sqlName(entity);
    const at = sqlName(page.at);
    const sums = `min(${at}) AS started_at, max(${at}) AS ended_at,
  (epoch(max(${at})) - epoch(min(${at}))) / 60 AS minutes, count(*) AS pages`;
    const sql =
      roles.session === undefined
        ? `-- A session is a run of pages that ${SILENCE_MINUTES} minutes of silence do not part; it counts once it is over.
SELECT ${key}, session, ${sums}
FROM (
  SELECT ${key}, ${at}, sum(begins) OVER (PARTITION BY ${key} ORDER BY ${at}) AS session
  FROM (
    SELECT ${key}, ${at},
      CASE WHEN ${at} <= lag(${at}) OVER (PARTITION BY ${key} ORDER BY ${at}) + INTERVAL ${SILENCE_MINUTES} MINUTES
        THEN 0 ELSE 1 END AS begins
    FROM ${sqlName(page.relation)}
    WHERE ${key} IS NOT NULL AND ${at} IS NOT NULL
  )
)
GROUP BY ${key}, session`
        : `-- A session is the pages of one ${roles.session}; it counts once it is over.
SELECT ${key}, ${sqlName(roles.session)} AS session, ${sums}
FROM ${sqlName(page.relation)}
WHERE ${key} IS NOT NULL AND ${at} IS NOT NULL AND ${sqlName(roles.session)} IS NOT NULL
GROUP BY ${key}, ${sqlName(roles.session)}`;
    const times = typed(page, ["started_at", "ended_at"]);
    const columns = [...keyOf(page), ...times, column("minutes", "DOUBLE"), column("pages", "BIGINT")];
    const expected = [keyIn(entity), "minutes: {min: 0}", "pages: {min: 1}"];
    return { id: "sessions", words: "had session", sql, at: "ended_at", columns, expected };
  },

  carts(roles, events, entity) {
    const cart = homeOf("cart", roles, events);
    const order = homeOf("order", roles, events);
    if (cart === null || order === null || !hasTimeOfDay(cart) || !hasTimeOfDay(order)) return null;
    const key = sqlName(entity);
    const part = (event: EventWord, kind: string) =>
      `SELECT ${key}, ${sqlName(event.at)} AS moment, ${kind} AS ordered FROM ${sqlName(event.relation)} WHERE ${rowsOf(event, entity)}`;
    const late = `next_at > moment + INTERVAL ${CART_HOURS} HOURS`;
    const sql = `-- A cart ends with an order, or is abandoned when for ${CART_HOURS} hours nothing is added and no order comes; it counts from then on.
SELECT ${key}, moment AS added_at, coalesce(${late}, true) AS abandoned,
  CASE WHEN next_at IS NULL OR ${late} THEN moment + INTERVAL ${CART_HOURS} HOURS ELSE next_at END AS ended_at
FROM (
  SELECT *, lead(moment) OVER following AS next_at, lead(ordered) OVER following AS next_ordered
  FROM (
    ${part(cart, "false")}
    UNION ALL
    ${part(order, "true")}
  )
  WINDOW following AS (PARTITION BY ${key} ORDER BY moment, ordered)
)
WHERE NOT ordered AND (next_at IS NULL OR next_ordered OR ${late})`;
    const columns = [...keyOf(cart), ...typed(cart, ["added_at", "ended_at"]), column("abandoned", "BOOLEAN")];
    const expected = [keyIn(entity), "ended_at: {required: true}", "abandoned: {required: true}"];
    return { id: "carts", words: "filled cart", sql, at: "ended_at", columns, expected };
  },

  clicks(roles, events, entity) {
    const clicked = homeOf("clicked", roles, events);
    if (clicked === null || !hasTimeOfDay(clicked)) return null;
    const flag = roles.machine_click;
    const human = flag === undefined ? "" : ` AND ${sqlName(flag)} IS DISTINCT FROM true`;
    const sql = `-- Clicks with their hour of day, in the notebook's zone.
SELECT ${sqlName(entity)}, ${sqlName(clicked.at)} AS clicked_at, hour(${sqlName(clicked.at)}) AS hour
FROM ${sqlName(clicked.relation)}
WHERE ${rowsOf(clicked, entity)}${human}`;
    const columns = [...keyOf(clicked), ...typed(clicked, ["clicked_at"]), column("hour", "BIGINT")];
    const expected = [keyIn(entity), "hour: {required: true, min: 0, max: 23}"];
    return { id: "clicks", words: "clicked link", sql, at: "clicked_at", columns, expected };
  },
};

/** The cell's body. */
export function sourceBody({ sql, words, at, expected }: ReadySource): string {
  const inner = (lines: readonly string[]) => lines.map((line) => `  ${line}`).join("\n");
  return `sql: |-\n${inner(sql.split("\n"))}\ncolumns:\n${inner(expected)}\nevent: ${words}\nat: ${at}\n`;
}

/** Rows of one kind of event that say whose they are and when they happened. */
function rowsOf({ where, at }: EventWord, entity: string): string {
  const kind = where === null ? [] : [`${sqlName(where.column)} = ${literal(where.value)}`];
  return [...kind, `${sqlName(entity)} IS NOT NULL`, `${sqlName(at)} IS NOT NULL`].join(" AND ");
}

/** Quoted where the engine might read it as a word of its own; none of those that a column may have holds an underscore. */
function sqlName(text: string): string {
  const isPlain = /^[a-z]+(_[a-z0-9]+)+$/.test(text) && !/^(current|local|session_user)/.test(text);
  return isPlain ? text : name(text);
}

/** Every row says whose it is. */
function keyIn(entity: string): string {
  return `${/^[a-z_][a-z0-9_]*$/i.test(entity) ? entity : JSON.stringify(entity)}: {required: true}`;
}

function keyOf({ entity, columns }: EventWord): Column[] {
  return columns.filter((one) => one.name === entity);
}

/** Times as the event has them. */
function typed({ at, columns }: EventWord, names: readonly string[]): Column[] {
  const type = columns.find((one) => one.name === at)?.type ?? "TIMESTAMP";
  return names.map((one) => column(one, type));
}

function column(name: string, type: string): Column {
  return { name, type };
}

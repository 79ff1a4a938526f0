import { asOf } from "./clock.ts";
import { literal, name } from "./quote.ts";
import { NEVER } from "./sql-column.ts";
import { windowOf } from "./sql-events.ts";
import { keySql, matchOf } from "./sql-match.ts";
import type { People } from "./sql-rule.ts";
import { compareInstant } from "./sql-time.ts";
import { addColumn, type Join, KEY, refuse } from "./sql-work.ts";
import type { SegmentCondition } from "./tree.ts";
import type { Column, Vocabulary } from "./vocabulary.ts";

/** The relation of everybody's stays in segments, as the recorded refreshes found them. */
export const HISTORY = "membership";

/** Why somebody is recorded whose coming or going nobody saw: no condition on coming or going counts it. */
const UNSEEN = "('first refresh', 'control')";

export const NEEDS_REFRESHES = {
  code: "needs-refreshes",
  message: "ENTERED and LEFT SEGMENT need recorded refreshes, and there is none yet.",
  hint: "Record one: `segbook run NOTEBOOK --refresh`, or Refresh in the page. Until then use IN SEGMENT.",
} as const;

/** Whether a refresh within a window found that a person had come into a segment, or gone from it. */
export function historySql(people: People, rule: SegmentCondition & { kind: "entered" | "left" }): string {
  const { work, alias } = people;
  const { history } = work.vocabulary;
  if (!history) {
    refuse(work, rule, NEEDS_REFRESHES);
    return NEVER;
  }
  const { segment, kind, window } = rule;
  const at = { sql: `h.${name(kind === "entered" ? "since" : "until")}`, type: "TIMESTAMP WITH TIME ZONE" };
  const conditions = [
    `h.cell = ${literal(segment.cell)} AND h.segment = ${literal(segment.name)}`,
    `h.${name(`${kind}_because`)} NOT IN ${UNSEEN}`,
    compareInstant(at, "<", asOf(work.clock), work.clock.zone),
    ...windowOf(work, at, window).parts,
  ];
  const join = work.joins.get(HISTORY) ?? addHistory(people, history);
  return `${alias}.${addColumn(work, join, conditions.join(" AND "))}`;
}

/** One pass over the history, whatever is asked of it. */
function addHistory({ work, entity, columns: own }: People, history: NonNullable<Vocabulary["history"]>): Join {
  const columns = new Map<string, string>();
  const typeOf = (all: readonly Column[]) => all.find((column) => column.name === entity)?.type ?? null;
  const match = matchOf(typeOf(own), typeOf(history.columns));
  const query = () => {
    const flags = [...columns].map(([condition, column]) => `bool_or(${condition}) AS ${column}`);
    const someMet = [...columns.keys()].map((condition) => `(${condition})`).join(" OR ");
    return `SELECT ${keySql(`h.${name(entity)}`, match)} AS ${KEY}, ${flags.join(", ")}\nFROM ${name(history.relation)} AS h\nWHERE ${someMet}\nGROUP BY 1`;
  };
  const join: Join = { name: name(`segbook history ${work.joins.size + 1}`), match, columns, query };
  work.joins.set(HISTORY, join);
  return join;
}

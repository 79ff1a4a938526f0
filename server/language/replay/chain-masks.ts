import { name } from "../quote.ts";
import type { Table } from "../sql-joined.ts";
import { CHAIN } from "../sql-pass.ts";
import type { People } from "../sql-rule.ts";
import { sequenceSql } from "../sql-sequence.ts";
import { KEY, type Work } from "../sql-work.ts";
import type { EventCondition } from "../tree.ts";
import { fromOn, upTo } from "./bits.ts";

export interface ChainTable extends Table {
  /** The same for the same sequence in the same window. */
  readonly mark: string;
  readonly relations: readonly string[];
}

/** The moments at which a sequence is in its window, by all its chains; null where more than the window moves. */
export function chainTable(
  people: readonly People[],
  rule: EventCondition & { kind: "sequence" },
  place: number,
): ChainTable | null {
  const found = people.flatMap(({ work, alias }) => {
    // Whatever the moment's own join would be, only its chains are wanted.
    const apart: Work = { ...work, joins: new Map() };
    sequenceSql(apart, rule, alias);
    return [...apart.joins.values()].flatMap(({ match, pass }) => {
      return pass?.chains ? [{ match, reads: pass.reads, chains: pass.chains() }] : [];
    });
  });
  const last = found.at(-1);
  if (last === undefined || found.length < people.length) return null;
  if (new Set(found.map(({ chains }) => chains.mark)).size > 1) return null;
  const until = found.map(({ chains }) => `${CHAIN.end} >= ${chains.until}`);
  const from = found.flatMap(({ chains }) => (chains.from === null ? [] : [`${CHAIN.start} >= ${chains.from}`]));
  const bits = from.length === 0 ? fromOn(until) : `${fromOn(until)} & ${upTo(from)}`;
  const column = name(`segbook chains ${place}`);
  return {
    name: name(`segbook chain masks ${place}`),
    match: last.match,
    columns: [column],
    sql: `SELECT ${KEY}, bit_or(${bits}) AS ${column}\nFROM (${last.chains.sql})\nGROUP BY 1`,
    mark: JSON.stringify([last.chains.mark, until, from]),
    relations: last.reads,
  };
}

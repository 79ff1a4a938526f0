import type { RulesRequest } from "../compile-rules.ts";
import { name } from "../quote.ts";
import { findSegmentCycles } from "../segment-cycles.ts";
import { joinSql, tablesOf, withSql } from "../sql-joined.ts";
import { matchOf } from "../sql-match.ts";
import type { People } from "../sql-rule.ts";
import type { Work } from "../sql-work.ts";
import type { Clock, Column, LanguageProblem, Vocabulary } from "../vocabulary.ts";
import { MOST_MOMENTS } from "./bits.ts";
import { copySql, shadowed } from "./copies.ts";
import { maskOf } from "./leaf-masks.ts";
import { type Leaves, newLeaves } from "./leaves.ts";
import type { TableStep } from "./replay.ts";
import { sourceOf, type Tally, tallyTables } from "./tallies.ts";

/** Rules as of many moments, the earliest first; each with what may be spoken of then. */
export interface MasksRequest extends Omit<RulesRequest, "clock" | "vocabulary" | "newest" | "extraColumns"> {
  readonly moments: readonly { readonly clock: Clock; readonly vocabulary: Vocabulary }[];
  /** Makes a name for a table that is made here. */
  readonly table: (hint: string) => string;
}

export interface RuleMasks {
  /** To be made first: copies of relations that would be read more than once otherwise. */
  readonly once: readonly TableStep[];
  /** A row for each of `of`: its key, and for each rule a BIGINT with a bit for each moment, the lowest for the first. */
  readonly sql: string;
  /** Relations of events that it reads. */
  readonly reads: readonly string[];
}

/**
 * For each person and rule all moments at once. A condition on events is a mask: each event, or run of n events, or chain
 * of a sequence counts at one run of moments, and where one does the bit is set; AND, OR and NOT go over whole masks. Null
 * where a rule asks what has no such form, such as a median, or is wrong in some way: `planReplay` takes any.
 */
export function compileMasks(request: MasksRequest): RuleMasks | null {
  const { of, entity, rules, cell, moments, table } = request;
  const last = moments.at(-1);
  if (last === undefined || moments.length > MOST_MOMENTS) return null;
  if (findSegmentCycles(rules.map((rule) => ({ cell, ...rule }))).length > 0) return null;
  const problems: LanguageProblem[] = [];
  const leaves = newLeaves(peopleAt(request, problems), new Map(rules.map((rule) => [rule.name, rule.rule])));
  const masks = rules.map(({ rule }) => maskOf(leaves, rule));
  const work = leaves.people.at(-1)?.work;
  if (problems.length > 0 || masks.includes(null) || work === undefined) return null;
  const tallied = groupedBySource(leaves).flatMap((tallies, index) => tallyTables(tallies, work, index + 1) ?? []);
  const readings = [...tallied, ...leaves.chains.values()].flatMap(({ relations }) => relations);
  const twice = new Set(readings.filter((relation, index) => readings.indexOf(relation) < index));
  const copies = new Map([...twice].map((relation) => [relation, table("copy")]));
  const rows = tallied.map(({ rows: { name: own, sql }, relations, isShared }) => {
    return `${own} AS ${isShared ? "MATERIALIZED" : "NOT MATERIALIZED"} (${shadowed(sql, relations, copies)})`;
  });
  const joined = [
    ...tallied.flatMap(({ tables }) => tables),
    ...[...leaves.chains.values()].map((chain) => ({ ...chain, sql: shadowed(chain.sql, chain.relations, copies) })),
    ...tablesOf(work.joins.values(), null),
  ];
  const people = joinSql(["o.*"], `${name(of)} AS o`, `o.${name(entity)}`, joined);
  const named = rules.map((rule, index) => `${masks[index]} AS ${name(rule.name)}`);
  const selected = `SELECT p.${name(entity)}, ${named.join(", ")}\nFROM (${people}) AS p`;
  const whole = withSql(joined, selected);
  const sql = rows.length === 0 ? whole : `WITH ${rows.join(",\n")}\nSELECT * FROM (\n${whole}\n)`;
  const texts = [...tallied.map((one) => one.rows.sql), ...[...leaves.chains.values()].map((chain) => chain.sql)];
  const events = moments[0]?.vocabulary.events ?? [];
  const once = [...copies].map(([relation, made]) => {
    return { table: made, sql: copySql(relation, texts, events, last.clock), drop: null };
  });
  return { once, sql, reads: [...new Set(readings)] };
}

/** The people as of each moment; what is joined to them and does not move is shared. */
function peopleAt(request: MasksRequest, problems: LanguageProblem[]): People[] {
  const { moments, entity, cell } = request;
  const joins: Work["joins"] = new Map();
  return moments.map(({ clock, vocabulary }) => {
    const columns = request.ofColumns ?? vocabulary.attributes;
    const typeOf = (all: readonly Column[], column: string) =>
      all.find((each) => each.name.toLowerCase() === column.toLowerCase())?.type ?? null;
    const match: Work["match"] = (event) => matchOf(typeOf(columns, entity), typeOf(event.columns, event.entity));
    const work: Work = { vocabulary, clock, problems, joins, match };
    return { work, alias: "p", columns, entity, cell, ruleColumn: () => null };
  });
}

function groupedBySource({ tallies }: Leaves): Tally[][] {
  const sources = new Map<string, Tally[]>();
  for (const tally of tallies.values()) {
    const mark = sourceOf(tally);
    sources.set(mark, [...(sources.get(mark) ?? []), tally]);
  }
  return [...sources.values()];
}

import { name } from "./quote.ts";
import { reads } from "./reads.ts";
import { segmentCycleProblems } from "./segment-cycles.ts";
import { joinSql, passesOf, tablesOf, withSql } from "./sql-joined.ts";
import { certain } from "./sql-logic.ts";
import { matchOf } from "./sql-match.ts";
import { newestSql } from "./sql-newest.ts";
import type { Kept, Statement } from "./sql-pass.ts";
import { type People, ruleSql } from "./sql-rule.ts";
import type { Work } from "./sql-work.ts";
import type { Rule } from "./tree.ts";
import type { Clock, Column, LanguageProblem, Vocabulary } from "./vocabulary.ts";

export interface NamedRule {
  readonly name: string;
  readonly rule: Rule;
}

export interface RulesRequest {
  /** The relation of the people, one row each. */
  readonly of: string;
  /** Its key column. */
  readonly entity: string;
  /** Its columns; the vocabulary's attributes where they are not given. */
  readonly ofColumns?: readonly Column[];
  readonly rules: readonly NamedRule[];
  readonly vocabulary: Vocabulary;
  readonly clock: Clock;
  /** The cell that the rules belong to: IN SEGMENT of it means the rule of that name here. */
  readonly cell: string;
  /** Columns of `of` to pass through, after the key. */
  readonly extraColumns?: readonly string[];
  /** Names of the rules of which it is asked when their newest event was. */
  readonly newest?: readonly string[];
}

export type CompiledRules =
  | (Statement & { readonly ok: true })
  | { readonly ok: false; readonly problems: (LanguageProblem & { readonly rule: string })[] };

/**
 * One SELECT with a row for each of `of`: the key, the extra columns, and for each rule a BOOLEAN column of its name that
 * is never NULL. Each event relation is read once however many rules there are, and each sequence once.
 */
export function compileRules(request: RulesRequest): CompiledRules {
  const slips = [...clashesOf(request), ...segmentCycleProblems(request.rules, request.cell)];
  if (slips.length > 0) return { ok: false, problems: slips };
  const { entity, rules, vocabulary, clock, cell } = request;
  const columns = request.ofColumns ?? vocabulary.attributes;
  const typeOf = (all: readonly Column[], column: string) =>
    all.find((each) => sameName(each.name, column))?.type ?? null;
  const problems: (LanguageProblem & { rule: string })[] = [];
  const joins: Work["joins"] = new Map();
  const match: Work["match"] = (event) => matchOf(typeOf(columns, entity), typeOf(event.columns, event.entity));
  const levels = levelsOf(request);
  const ruleColumns = new Map(rules.map((rule, index) => [rule.name, name(`segbook rule ${index + 1}`)]));
  const compiled = rules.map(({ name: ruleName, rule }, index) => {
    const own = { push: (problem: LanguageProblem) => problems.push({ ...problem, rule: ruleName }) };
    const work: Work = { vocabulary, clock, problems: own, joins, match };
    const people: People = {
      work,
      alias: "p",
      columns,
      entity,
      cell,
      ruleColumn: (segment) => ruleColumns.get(segment) ?? null,
    };
    const sql = certain(ruleSql(people, rule));
    const newest = request.newest?.includes(ruleName) ? newestSql(people, rule) : null;
    const at = { level: levels.get(ruleName) ?? 0, column: ruleColumns.get(ruleName) ?? "" };
    return { sql, newest, newestColumn: name(newestName(`segbook rule ${index + 1}`)), ruleName, ...at };
  });
  if (problems.length > 0) return { ok: false, problems };
  const over = (kept: Kept | null) => rulesSql(request, { joins, kept, compiled });
  return { ok: true, sql: over(null), passes: passesOf(joins.values()), over };
}

interface CompiledRule {
  readonly ruleName: string;
  readonly sql: string;
  readonly newest: string | null;
  readonly newestColumn: string;
  readonly level: number;
  readonly column: string;
}

/** People with all that is joined to them; level by level the rules, each over those that it names; and their columns. */
function rulesSql(
  { of, entity, extraColumns = [] }: RulesRequest,
  { joins, kept, compiled }: { joins: Work["joins"]; kept: Kept | null; compiled: readonly CompiledRule[] },
): string {
  const joined = tablesOf(joins.values(), kept);
  const people = joinSql(["o.*"], `${name(of)} AS o`, `o.${name(entity)}`, joined);
  const tables: { name: string; sql: string }[] = [...joined, { name: PEOPLE, sql: people }];
  let from = PEOPLE;
  for (let level = 0; compiled.some((rule) => rule.level === level); level += 1) {
    const own = compiled
      .filter((rule) => rule.level === level)
      .flatMap(({ sql, newest, column, newestColumn }) => [
        `${sql} AS ${column}`,
        ...(newest === null ? [] : [`${newest} AS ${newestColumn}`]),
      ]);
    const table = name(`segbook rules ${level + 1}`);
    tables.push({ name: table, sql: `SELECT p.*,\n  ${own.join(",\n  ")}\nFROM ${from} AS p` });
    from = table;
  }
  const passed = [entity, ...extraColumns].map((column) => `p.${name(column)}`);
  const named = compiled.map(({ column, ruleName }) => `p.${column} AS ${name(ruleName)}`);
  const dated = compiled
    .filter(({ newest }) => newest !== null)
    .map(({ newestColumn, ruleName }) => `p.${newestColumn} AS ${name(newestName(ruleName))}`);
  return withSql(tables, `SELECT ${[...passed, ...named, ...dated].join(", ")}\nFROM ${from} AS p`);
}

/** The column that says when the newest event of a rule was. */
export function newestName(rule: string): string {
  return `newest of ${rule}`;
}

const PEOPLE = name("segbook people");

function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** How many rules of the cell must be known before each: those that name none are at 0. */
function levelsOf({ rules, cell }: RulesRequest): Map<string, number> {
  const levels = new Map<string, number>();
  const levelOf = (ruleName: string): number => {
    const known = levels.get(ruleName);
    if (known !== undefined) return known;
    const rule = rules.find((each) => each.name === ruleName)?.rule;
    const own = rule ? reads(rule).segments.filter((segment) => segment.cell === cell) : [];
    const named = own.filter((segment) => rules.some((each) => each.name === segment.name));
    const level = Math.max(-1, ...named.map((segment) => levelOf(segment.name))) + 1;
    levels.set(ruleName, level);
    return level;
  };
  for (const rule of rules) levelOf(rule.name);
  return levels;
}

/** The engine's column names know no upper and lower case. */
function clashesOf({ rules, entity, extraColumns = [] }: RulesRequest): (LanguageProblem & { rule: string })[] {
  return rules.flatMap(({ name: ruleName, rule: { from, to } }, index) => {
    const others = [entity, ...extraColumns, ...rules.slice(0, index).map((rule) => rule.name)];
    const other = others.find((each) => sameName(each, ruleName));
    if (other === undefined) return [];
    const message = `\`${ruleName}\` and \`${other}\` would be two columns of one name.`;
    return [{ code: "duplicate-name", from, to, message, hint: "Give one of them another name.", rule: ruleName }];
  });
}

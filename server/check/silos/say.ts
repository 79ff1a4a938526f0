import { columnPlace } from "../column-place.ts";
import { type Finding, finding } from "../finding.ts";
import { isSpokenOf } from "../spoken-of.ts";
import type { PairFacts } from "./compare.ts";
import type { KeyColumn } from "./keyed.ts";
import type { KeyFacts, SiloFacts } from "./measure.ts";
import { standsForNobody } from "./spelling.ts";

/** A source whose keys are not in that of all keys. */
const IN_MASTER = 0.9;
/** Two sources of all keys that hardly know each other. */
const OF_MASTERS = 0.5;
/** Two sources of events, where nobody says who there is. */
const OF_EVENTS = 0.2;
const MOST_SHOWN = 15;

interface Measured {
  readonly column: KeyColumn;
  readonly facts: KeyFacts;
}

/** What there is to say of the keys; `columns` are those that were measured. */
export function siloFindings(facts: SiloFacts, columns: readonly KeyColumn[]): Finding[] {
  const measured = facts.columns.flatMap((one): Measured[] => {
    const column = columns.find(({ source, column: name }) => source === one.source && name === one.column);
    return column === undefined ? [] : [{ column, facts: one }];
  });
  const sampled = facts.oneOf === 1 ? "" : ` (told from one key in ${facts.oneOf}, picked by its hash)`;
  const unread = facts.unread.flatMap(({ source, why }) => {
    const column = columns.find((one) => one.source === source);
    if (column === undefined) return [];
    const message = `The keys of \`${source}\` could not be compared: ${why}.`;
    return [finding(column.studied, null, { code: "silo-unread", message, hint: "Run the cell: it says more." })];
  });
  const pairs = facts.pairs.flatMap((pair): Paired[] => {
    const one = measured.find(({ facts: { source, key } }) => source === pair.one && key === pair.key);
    const other = measured.find(({ facts: { source, key } }) => source === pair.other && key === pair.key);
    const isEmpty = one?.facts.distinct === 0 || other?.facts.distinct === 0;
    return one === undefined || other === undefined || isEmpty ? [] : [{ pair, one, other }];
  });
  const told = pairs.map((one) => ({ one, findings: apart(one, measured, sampled) }));
  return [
    ...unread,
    ...measured.flatMap((one) => [...withoutKey(one), ...forNobody(one)]),
    ...told.flatMap(({ one, findings }) => [...findings, ...alike(one)]),
    // What is told as apart is told.
    ...matches(
      told.filter(({ findings }) => findings.length === 0).map(({ one }) => one),
      sampled,
    ),
  ];
}

interface Paired {
  readonly pair: PairFacts;
  readonly one: Measured;
  readonly other: Measured;
}

function withoutKey({ column, facts }: Measured): Finding[] {
  if (!column.isEntity || column.isRequired || facts.missing === 0) return [];
  // The keys are read as the files have them: what `where` says of the key may leave those rows out already.
  const { where, on_error: onError } = column.body;
  if (where !== null && isSpokenOf(column.column, where)) return [];
  const message = `${count(facts.missing, "row")} of ${facts.rows.toLocaleString("en")} have no \`${column.column}\` (${share(facts.missing, facts.rows)}).`;
  const setAside = onError === "set_aside" ? "" : " with `on_error: set_aside`";
  const hint = `Write \`${column.column}: {required: true}\`${setAside}, or leave them out with \`where\`.`;
  return [finding(column.studied, columnPlace(column.studied, column.column), { code: "missing-keys", message, hint })];
}

function forNobody({ column, facts }: Measured): Finding[] {
  if (!column.isEntity) return [];
  const { where } = column.body;
  const isLeftOut = (key: string) => where !== null && isSpokenOf(column.column, where) && isSpokenOf(key, where);
  const nobody = facts.suspects.filter((one) => standsForNobody(one, facts) && !isLeftOut(one.key));
  if (nobody.length === 0) return [];
  const shown = nobody.slice(0, 3).map(({ key, rows }) => `\`${key}\` (${count(rows, "row")})`);
  const message = `Keys that stand for nobody: ${shown.join(", ")}${nobody.length > 3 ? ` and ${nobody.length - 3} more` : ""}.`;
  const hint = "Leave them out with `where`, or exclude them in the notebook's head.";
  return [finding(column.studied, columnPlace(column.studied, column.column), { code: "test-keys", message, hint })];
}

/** Sources whose keys meet more seldom than they should. */
function apart({ pair, one, other }: Paired, measured: readonly Measured[], sampled: string): Finding[] {
  const ofOne = pair.matched / one.facts.distinct;
  const ofOther = pair.matched / other.facts.distinct;
  const hasMaster = measured.some(({ facts }) => facts.key === pair.key && facts.isUnique);
  const [less, isApart] =
    one.facts.isUnique === other.facts.isUnique
      ? ([other, Math.max(ofOne, ofOther) < limitFor(one, hasMaster)] as const)
      : one.facts.isUnique
        ? ([other, ofOther < IN_MASTER] as const)
        : ([one, ofOne < IN_MASTER] as const);
  if (!isApart) return [];
  const where = less === other ? one : other;
  const message = `${share(pair.matched, less.facts.distinct)} of the \`${less.column.column}\` here are in \`${where.column.source}\`, and ${share(pair.matched, where.facts.distinct)} of those are here${sampled}.`;
  const hint = "Look whether both mean the same thing by it, and are of the same time and customers.";
  return [
    finding(less.column.studied, columnPlace(less.column.studied, less.column.column), {
      code: "silo-keys",
      message,
      hint,
    }),
  ];
}

function limitFor({ facts }: Measured, hasMaster: boolean): number {
  if (facts.isUnique) return OF_MASTERS;
  // Whom events have in common is up to the people, where a source of all of them can be asked instead.
  return hasMaster ? Number.MIN_VALUE : OF_EVENTS;
}

function alike({ pair, one, other }: Paired): Finding[] {
  if (pair.alike === 0 || pair.example === null) return [];
  const [left, right] = pair.example.map((key) => JSON.stringify(key));
  const message = `${count(pair.alike, "key")} of \`${pair.one}\` would be in \`${pair.other}\` but for case, blanks or leading zeros: ${left} there, ${right} here.`;
  const hint = `Bring \`${one.column.column}\` to one form in both, in a source with \`sql:\` or where the files are made.`;
  return [
    finding(other.column.studied, columnPlace(other.column.studied, other.column.column), {
      code: "keys-alike",
      message,
      hint,
    }),
  ];
}

/** One note a key, in the first source that has it. */
function matches(pairs: readonly Paired[], sampled: string): Finding[] {
  return [...new Set(pairs.map(({ pair }) => pair.key))].flatMap((key) => {
    const own = pairs.filter(({ pair }) => pair.key === key);
    const [first] = own;
    if (first === undefined) return [];
    const shown = own.slice(0, MOST_SHOWN).map(({ pair, one, other }) => {
      const there = share(pair.matched, one.facts.distinct);
      return `${there} of \`${pair.one}\` in \`${pair.other}\` (${share(pair.matched, other.facts.distinct)} the other way)`;
    });
    const more = own.length > MOST_SHOWN ? `; and ${own.length - MOST_SHOWN} more pairs` : "";
    const { column } = first.one;
    const message = `\`${column.column}\` by source: ${shown.join(", ")}${more}${sampled}.`;
    const hint = "Nothing to do where that is as it should be.";
    return [finding(column.studied, columnPlace(column.studied, column.column), { code: "key-match", message, hint })];
  });
}

function count(number: number, what: string): string {
  return `${number.toLocaleString("en")} ${what}${number === 1 ? "" : "s"}`;
}

/** Rounded down, so that 100 % is all. */
function share(part: number, whole: number): string {
  if (part === whole) return "100 %";
  return `${(Math.floor((1000 * part) / whole) / 10).toFixed(1)} %`;
}

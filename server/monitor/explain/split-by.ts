import { rateVariance } from "./binomial.ts";
import { type Added, type Decomposition, decompose, type Part } from "./decompose.ts";

/** The parts of an alert's segment by one column of what it is counted from. */
export interface Column {
  readonly name: string;
  readonly parts: readonly Part[];
}

/** A column with what its parts add. */
export interface Split {
  readonly name: string;
  readonly told: Decomposition;
}

export interface Explained {
  readonly verdict: Decomposition["verdict"];
  /** What is said of it, in this order. */
  readonly causes: readonly string[];
}

/** Parts that are there on one side alone are another mail rather than another mix, where they make up more than this. */
const TURNED_OVER = 0.5;
/** A part stands out where it adds so much of the change, and so much more than its share of the chances. */
const MOST = 0.6;
const BEYOND_SHARE = 0.25;
/** And moves by so many standard errors more than the rest. */
const APART = 3;
/** Parts with less of the chances say nothing about whether all moved. */
const SMALL = 0.05;
/** So many columns are said to be moved throughout. */
const NAMED = 3;

export function splitsOf(columns: readonly Column[]): Split[] {
  return columns.flatMap(({ name, parts }) => {
    const told = decompose(parts);
    return told === null ? [] : [{ name, told }];
  });
}

/**
 * Mix or rate, by the column that most of the change is mix by; and which part most of a change of rates is of. Null where no
 * column has parts that are there before and after. `inflation`: how many times more than a binomial the rates vary.
 */
export function explainBy(splits: readonly Split[], columns: readonly Column[], inflation: number): Explained | null {
  const comparable = splits.filter(({ told }) => common(told) >= TURNED_OVER && told.total !== 0);
  const [first, ...rest] = comparable;
  if (first === undefined) return null;
  const by = rest.reduce((most, one) => (mixed(one) > mixed(most) ? one : most), first);
  const { verdict } = by.told;
  if (verdict === "mix") return { verdict, causes: [`a change of mix by ${wordsOf(by.name)}: ${shifted(by)}`] };
  const causes = verdict === "both" ? [`partly a change of mix by ${wordsOf(by.name)}: ${shifted(by)}`] : [];
  const standing = comparable
    .flatMap((split) => {
      const parts = columns.find(({ name }) => name === split.name)?.parts ?? [];
      const part = standsOut(split, parts, inflation);
      return part === null ? [] : [{ split, part, excess: excess(split.told, part) }];
    })
    .sort((a, b) => b.excess - a.excess)[0];
  if (standing !== undefined) {
    const { total } = standing.split.told;
    const share = (standing.part.mix + standing.part.rate) / total;
    const of = total < 0 ? "fall" : "rise";
    const much = share > 1 ? "" : ` (${Math.round(100 * share)} % of the ${of})`;
    causes.push(`mostly ${called(standing.split.name, standing.part.name)}${much}`);
  }
  const throughout = comparable.filter(
    (split) => split !== standing?.split && split !== (verdict === "both" ? by : null),
  );
  const all = throughout.filter(({ told }) => movedThroughout(told)).slice(0, NAMED);
  if (all.length > 0) causes.push(`all ${listed(all.map(({ name }) => plural(name)))}`);
  return { verdict, causes };
}

/** The least share of the chances, of both sides, that is of parts that are on both. */
function common({ parts }: Decomposition): number {
  const both = parts.filter(({ rateBefore, rateAfter }) => rateBefore !== null && rateAfter !== null);
  const sum = (of: (part: Added) => number) => both.reduce((total, part) => total + of(part), 0);
  return Math.min(
    sum((part) => part.shareBefore),
    sum((part) => part.shareAfter),
  );
}

function mixed({ told }: Split): number {
  return told.mix / told.total;
}

/** The part whose share moved the rate most, of two that did alike the one that grew: `promotion went from 30 % to 55 %`. */
function shifted({ name, told }: Split): string {
  const most = Math.max(...told.parts.map((part) => Math.abs(part.mix)));
  const part =
    told.parts.find(({ mix, shareBefore, shareAfter }) => Math.abs(mix) > most / 2 && shareAfter > shareBefore) ??
    told.parts.find(({ mix }) => Math.abs(mix) === most);
  if (part === undefined) return "";
  const [before, after] = [100 * part.shareBefore, 100 * part.shareAfter];
  const digits = Math.abs(after - before) < 2 ? 1 : 0;
  return `${called(name, part.name)} went from ${before.toFixed(digits)} % to ${after.toFixed(digits)} % of the sends`;
}

function excess({ total }: Decomposition, part: Added): number {
  return (part.mix + part.rate) / total - (part.shareBefore + part.shareAfter) / 2;
}

function standsOut({ told }: Split, parts: readonly Part[], inflation: number): Added | null {
  const [part] = told.parts;
  if (part === undefined || (part.mix + part.rate) / told.total < MOST) return null;
  if (excess(told, part) < BEYOND_SHARE) return null;
  const own = parts.find(({ name }) => name === part.name);
  if (own === undefined || part.rateBefore === null || part.rateAfter === null) return part;
  const others = { before: sumOf(parts, own, "before"), after: sumOf(parts, own, "after") };
  if (others.before.n === 0 || others.after.n === 0) return null;
  const moves = [own, others].map(({ before, after }) => ({
    by: after.x / after.n - before.x / before.n,
    variance: inflation * (rateVariance(before) + rateVariance(after)),
  }));
  const [mine, theirs] = moves;
  if (mine === undefined || theirs === undefined) return null;
  return Math.abs(mine.by - theirs.by) >= APART * Math.sqrt(mine.variance + theirs.variance) ? part : null;
}

function sumOf(parts: readonly Part[], but: Part, side: "before" | "after"): { x: number; n: number } {
  return parts.reduce((sum, part) => (part === but ? sum : { x: sum.x + part[side].x, n: sum.n + part[side].n }), {
    x: 0,
    n: 0,
  });
}

function movedThroughout({ total, parts }: Decomposition): boolean {
  const large = parts.filter((part) => (part.shareBefore + part.shareAfter) / 2 >= SMALL);
  return (
    large.length >= 2 &&
    large.every(({ rateBefore, rateAfter }) =>
      rateBefore === null || rateAfter === null ? false : (rateAfter - rateBefore) * total > 0,
    )
  );
}

function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} and ${last}`;
}

/** A part as it is told of: alone where it says what it is. */
function called(column: string, part: string): string {
  return /^(true|false|-?\d+([.,]\d+)?|\(.*\))$/.test(part) ? `${wordsOf(column)} ${part}` : part;
}

function wordsOf(column: string): string {
  return column.replaceAll("_", " ").trim();
}

/** `campaigns`, for a column that is called `campaign`. */
export function plural(column: string): string {
  const words = wordsOf(column);
  if (/(s|x|z|ch|sh)$/i.test(words)) return /s$/i.test(words) ? words : `${words}es`;
  return /[^aeiou]y$/i.test(words) ? `${words.slice(0, -1)}ies` : `${words}s`;
}

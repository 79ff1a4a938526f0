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
/** A part, or a few together, stand out where they add so much of the change, and so much more than their share of the chances. */
const MOST = 0.6;
const BEYOND_SHARE = 0.25;
const FEW = 3;
/** And move by so many standard errors more than the rest: more for each further part, since there are more such sets that chance can lift. */
const APART = 3;
const FURTHER_APART = 0.5;
/** A part did not move where it falls short of half of the whole's relative change by more standard errors than these. */
const SHORT = 2;
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
  const partsOf = (split: Split) => columns.find(({ name }) => name === split.name)?.parts ?? [];
  const standing = comparable
    .flatMap((split) => {
      const few = standOut(split, partsOf(split), inflation);
      return few === null ? [] : [{ split, few, excess: excess(split.told, few) }];
    })
    .sort((a, b) => b.excess - a.excess)[0];
  if (standing !== undefined) {
    const { total } = standing.split.told;
    const share = addedBy(standing.few) / total;
    const of = total < 0 ? "fall" : "rise";
    const much = share > 1 ? "" : ` (${Math.round(100 * share)} % of the ${of})`;
    causes.push(`${who(standing.split, standing.few)}${much}`);
  }
  const throughout = comparable.filter(
    (split) => split !== standing?.split && split !== (verdict === "both" ? by : null),
  );
  const all = throughout.filter((split) => movedThroughout(split.told, partsOf(split), inflation)).slice(0, NAMED);
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

function addedBy(few: readonly Added[]): number {
  return few.reduce((sum, { mix, rate }) => sum + mix + rate, 0);
}

/** What a few parts add beyond their share of the chances, as a share of the change. */
function excess({ total }: Decomposition, few: readonly Added[]): number {
  return addedBy(few) / total - few.reduce((sum, part) => sum + (part.shareBefore + part.shareAfter) / 2, 0);
}

/** `mostly gmx.de and web.de`, or where those who did not are fewer, `all mail domains but gmail.com`. */
function who({ name, told }: Split, standing: readonly Added[]): string {
  const rest = told.parts.filter((part) => !standing.includes(part));
  const names = (parts: readonly Added[]) => listed(parts.map((part) => called(name, part.name)));
  return standing.length > FEW ? `all ${plural(name)} but ${names(rest)}` : `mostly ${names(standing)}`;
}

/**
 * The parts that make most of the change, each more than its share, with those that moved half as much as they did; null where
 * neither they nor the others are few, or the others moved as they did.
 */
function standOut({ told }: Split, parts: readonly Part[], inflation: number): Added[] | null {
  const leading = told.parts.filter((part) => excess(told, [part]) > 0);
  const enough = leading.findIndex((_, at) => addedBy(leading.slice(0, at + 1)) / told.total >= MOST) + 1;
  if (enough === 0) return null;
  const most = leading.slice(0, enough);
  const few = [...most, ...leading.slice(enough).filter((part) => pace([part]) >= pace(most) / 2)];
  if (few.length > FEW && told.parts.length - few.length > FEW) return null;
  if (excess(told, few) < BEYOND_SHARE) return null;
  if (few.some(({ rateBefore, rateAfter }) => rateBefore === null || rateAfter === null)) return few;
  const named = new Set(few.map(({ name }) => name));
  const mine = sumOf(parts.filter(({ name }) => named.has(name)));
  const theirs = sumOf(parts.filter(({ name }) => !named.has(name)));
  if (theirs.before.n === 0 || theirs.after.n === 0) return null;
  const moves = [mine, theirs].map((sides) => moveOf(sides, inflation));
  const apart = Math.abs((moves[0]?.by ?? 0) - (moves[1]?.by ?? 0));
  const error = Math.sqrt(moves.reduce((sum, { variance }) => sum + variance, 0));
  return apart >= (APART + FURTHER_APART * (Math.min(few.length, told.parts.length - few.length) - 1)) * error
    ? few
    : null;
}

/** What parts add by their share of the chances. */
function pace(parts: readonly Added[]): number {
  return Math.abs(addedBy(parts)) / parts.reduce((sum, part) => sum + (part.shareBefore + part.shareAfter) / 2, 0);
}

function moveOf({ before, after }: Sides, inflation: number): { by: number; variance: number } {
  const by = after.x / after.n - before.x / before.n;
  return { by, variance: inflation * (rateVariance(before) + rateVariance(after)) };
}

type Sides = Pick<Part, "before" | "after">;

function sumOf(parts: readonly Part[]): Sides {
  const sum = (side: "before" | "after") =>
    parts.reduce((total, part) => ({ x: total.x + part[side].x, n: total.n + part[side].n }), { x: 0, n: 0 });
  return { before: sum("before"), after: sum("after") };
}

/** Whether all parts that are large enough moved with the whole, and none by too little for chance to have held it back. */
function movedThroughout({ total, parts: added }: Decomposition, parts: readonly Part[], inflation: number): boolean {
  const whole = sumOf(parts);
  const relative = total / (whole.before.x / whole.before.n);
  const large = added.filter((part) => (part.shareBefore + part.shareAfter) / 2 >= SMALL);
  return (
    large.length >= 2 &&
    large.every(({ name, rateBefore, rateAfter }) => {
      const own = parts.find((part) => part.name === name);
      if (own === undefined || rateBefore === null || rateAfter === null) return false;
      const { by, variance } = moveOf(own, inflation);
      const missing = (relative * rateBefore) / 2 - by;
      return by * total > 0 && missing * Math.sign(total) <= SHORT * Math.sqrt(variance);
    })
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

import { type Guess, guessOf } from "../../../server/figures/sample-margin.ts";
import type { PreviewView } from "../../../server/run/preview/view.ts";
import { type Group, type Item, textOf } from "./model.ts";

/** What one condition or group does. */
export interface ItemTally {
  /** For how many people it holds. */
  readonly keeps: Guess;
  readonly drops: Guess;
  /** How many more the rule would have without it, or fewer where that is negative; null for the whole. */
  readonly without: { readonly change: number; readonly isGuess: boolean; readonly width: number } | null;
  /** How many have no value for it to look at. */
  readonly missing: Guess | null;
}

export interface Tally {
  /** Everybody who may be in the segment. */
  readonly people: Guess;
  readonly size: Guess;
  /** The size without what is muted; the same where nothing is. */
  readonly muted: Guess;
  /** Those of them whom no earlier segment takes; null where all segments count. */
  readonly left: Guess | null;
  readonly items: ReadonlyMap<string, ItemTally>;
}

/** Counts everything of a rule by its conditions' combinations; null while some condition's is not known. */
export function tallyOf(
  root: Group,
  { view, texts, muted }: { view: PreviewView; texts: readonly string[]; muted: ReadonlySet<string> },
): Tally | null {
  const bits = new Map(texts.map((text, n) => [text, n]));
  const compiled = compile(root, bits);
  if (compiled === null) return null;
  const guess = (found: number): Guess =>
    view.sample === null ? exact(found) : guessOf(found, { drawn: view.sample.people, all: view.sample.of });
  const count = (holds: (which: number) => boolean, of: "people" | "earlier" = "people") =>
    view.combinations.reduce((sum, each) => (holds(each.which) ? sum + each[of] : sum), 0);
  const sizeWithout = (ids: ReadonlySet<string>) => count((which) => whole(compiled, which, ids));
  const none = new Set<string>();
  const items = new Map<string, ItemTally>();
  const changeBy = (id: string) => {
    const out = guess(sizeWithout(new Set([...muted, id])));
    const back = guess(sizeWithout(new Set([...muted].filter((each) => each !== id))));
    const width = Math.max(out.high - out.low, back.high - back.low);
    return { change: out.count - back.count, isGuess: view.sample !== null, width };
  };
  const visit = (part: Compiled) => {
    const keeps = count((which) => whole(part, which, none));
    items.set(part.id, {
      keeps: guess(keeps),
      drops: guess(view.people - keeps),
      without: part === compiled ? null : changeBy(part.id),
      missing: part.bit === null ? null : guess(view.conditions[part.bit]?.missing ?? 0),
    });
    part.parts.forEach(visit);
  };
  visit(compiled);
  const size = sizeWithout(none);
  const taken = count((which) => whole(compiled, which, none), "earlier");
  return {
    people: guess(view.people),
    size: guess(size),
    muted: guess(muted.size === 0 ? size : sizeWithout(muted)),
    left: view.exclusive ? guess(size - taken) : null,
    items,
  };
}

interface Compiled {
  readonly id: string;
  readonly negated: boolean;
  readonly how: Group["how"];
  readonly bit: number | null;
  readonly parts: readonly Compiled[];
}

/** What has not been chosen yet is left out; null where a condition is not among those that were counted. */
function compile(item: Item, bits: ReadonlyMap<string, number>): Compiled | null {
  const shape = { id: item.id, negated: item.negations % 2 === 1 };
  if (item.kind === "condition") {
    const bit = item.leaf === null ? undefined : bits.get(textOf(item.leaf));
    return bit === undefined ? null : { ...shape, how: "and", bit, parts: [] };
  }
  const parts: Compiled[] = [];
  for (const part of item.items) {
    if (isEmpty(part)) continue;
    const compiled = compile(part, bits);
    if (compiled === null) return null;
    parts.push(compiled);
  }
  return { ...shape, how: item.how, bit: null, parts };
}

function isEmpty(item: Item): boolean {
  return item.kind === "condition" ? item.leaf === null : item.items.every(isEmpty);
}

/** Whether a rule holds for a combination; one of which nothing is left holds for everybody. */
function whole(part: Compiled, which: number, out: ReadonlySet<string>): boolean {
  return holds(part, which, out) ?? true;
}

/** Null where the part is out. */
function holds(part: Compiled, which: number, out: ReadonlySet<string>): boolean | null {
  if (out.has(part.id)) return null;
  if (part.bit !== null) return ((which >> part.bit) & 1) === 1 ? !part.negated : part.negated;
  const truths = part.parts.map((each) => holds(each, which, out)).filter((truth) => truth !== null);
  if (truths.length === 0) return null;
  const truth = part.how === "and" ? truths.every(Boolean) : truths.some(Boolean);
  return part.negated ? !truth : truth;
}

function exact(count: number): Guess {
  return { count, low: count, high: count };
}

import type { Rule } from "../../language/tree.ts";
import { type Domain, having, isImpossible, known } from "./domain.ts";
import { type Counted, type Fact, factOf, nameOf, stepsOf, type Thing } from "./facts.ts";
import { comparing, holdNothing } from "./intervals.ts";
import type { World } from "./world.ts";

/** A rule that is to hold, or to fail. */
export interface Claim {
  readonly rule: Rule;
  readonly holds: "holds" | "fails";
}

/** Steps of a proof; beyond them nothing is said, so that rules of any size are answered at once. */
const MOST_STEPS = 1_000;

/**
 * Whether no person at all can fit all the claims. True is proved: by the tableau method, AND and OR are taken apart into
 * ways in which the claims may come true, and each of them asks something impossible of some column or count. False says
 * that it is possible, or was not found to be impossible within the limit.
 */
export function areImpossible(
  world: World,
  claims: readonly Claim[],
  of: "anybody" | "whoever is known" = "anybody",
): boolean {
  const search: Search = { world, of, left: MOST_STEPS };
  return !isOpen(search, [...claims], new Map());
}

export function holds(rule: Rule): Claim {
  return { rule, holds: "holds" };
}

export function fails(rule: Rule): Claim {
  return { rule, holds: "fails" };
}

/** Whether everybody who fits the one fits the other. */
export function implies(world: World, one: Rule, other: Rule): boolean {
  return areImpossible(world, [holds(one), fails(other)]);
}

interface Search {
  readonly world: World;
  readonly of: "anybody" | "whoever is known";
  left: number;
}

type State = ReadonlyMap<string, { readonly thing: Thing; readonly domain: Domain }>;

/** Whether some way to fit what is claimed stays open. */
function isOpen(search: Search, claims: Claim[], before: State): boolean {
  let state = before;
  const choices: Claim[][] = [];
  for (let claim = claims.pop(); claim !== undefined; claim = claims.pop()) {
    search.left -= 1;
    if (search.left < 0) return true;
    const { rule, holds: outcome } = claim;
    const parts = partsOf(search.world, claim);
    if (parts !== null) {
      if (parts.all) claims.push(...parts.claims);
      else choices.push(parts.claims);
      continue;
    }
    const next = withLeaf(search, state, rule as Leaf, outcome);
    if (next === null) return false;
    state = next;
  }
  const [first, ...others] = choices;
  if (first === undefined) return !countsClash(state);
  return first.some((part) => isOpen(search, [...others.map(asOne), part], state));
}

/** The choices that are left, as claims again: failing AND and holding OR. */
function asOne(parts: readonly Claim[]): Claim {
  const outcome = parts[0]?.holds ?? "holds";
  const kind = outcome === "holds" ? "or" : "and";
  return { rule: { kind, parts: parts.map(({ rule }) => rule), from: 0, to: 0 }, holds: outcome };
}

/** What a claim comes to: all of some claims, or one of them; null for a condition, which has no parts. */
function partsOf(world: World, { rule, holds: outcome }: Claim): { all: boolean; claims: Claim[] } | null {
  switch (rule.kind) {
    case "not":
      return { all: true, claims: [{ rule: rule.part, holds: outcome === "holds" ? "fails" : "holds" }] };
    case "and":
    case "or": {
      const all = (rule.kind === "and") === (outcome === "holds");
      return { all, claims: rule.parts.map((part) => ({ rule: part, holds: outcome })) };
    }
    case "in segment": {
      const own = ruleOf(world, rule.segment);
      return own && { all: true, claims: [{ rule: own, holds: outcome }] };
    }
    default:
      return null;
  }
}

type Leaf = Parameters<typeof factOf>[1];

function ruleOf({ cell, rules }: World, segment: { readonly cell: string; readonly name: string }): Rule | null {
  return segment.cell === cell ? (rules.find(({ name }) => name === segment.name)?.rule ?? null) : null;
}

function withLeaf({ world, of }: Search, state: State, rule: Leaf, outcome: Claim["holds"]): State | null {
  const fact = factOf(world, rule);
  const follows = rule.kind === "sequence" && outcome === "holds" ? stepsOf(world, rule) : [];
  let next: State | null = withFact(state, fact, outcome, of);
  for (const step of follows) next = next && withFact(next, step, "holds", of);
  return next;
}

function withFact(
  state: State,
  { thing, holding, failing }: Fact,
  outcome: Claim["holds"],
  of: Search["of"],
): State | null {
  const before = state.get(thing.name)?.domain ?? (of === "anybody" ? thing.domain : known(thing.domain));
  const domain = outcome === "holds" ? holding(before) : failing(before);
  return isImpossible(domain) ? null : new Map([...state, [thing.name, { thing, domain }]]);
}

/** Whether more events are asked of some stretch than of one that holds all of it. */
function countsClash(state: State): boolean {
  const counts = [...state.values()].flatMap(({ thing, domain }) =>
    thing.counts === null ? [] : [{ counts: thing.counts, domain }],
  );
  return counts.some((inner) =>
    counts.some((outer) => {
      if (inner === outer || !isWithin(inner.counts, outer.counts)) return false;
      const least = inner.domain.numbers[0]?.low ?? null;
      if (least === null) return false;
      const enough = having(outer.domain, { kind: "numbers", intervals: comparing(">=", least.at) });
      return holdNothing(enough.numbers, 0);
    }),
  );
}

function isWithin(inner: Counted, outer: Counted): boolean {
  const same = inner.step.words === outer.step.words && inner.step.relation === outer.step.relation;
  if (!same || inner.until > outer.until) return false;
  if (outer.from !== null && (inner.from === null || inner.from < outer.from)) return false;
  return outer.step.where === null || nameOf(outer.step.where) === nameOf(inner.step.where);
}

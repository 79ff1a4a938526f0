import type { Rule } from "../../language/tree.ts";
import { areImpossible, type Claim, fails, holds } from "./prove.ts";
import type { World } from "./world.ts";

/** A part of a rule whose outcome is settled by what is written, whatever the data. */
export interface Settled {
  readonly part: Rule;
  readonly outcome: "never" | "always";
  /** By itself; beside the conditions that it is joined to by AND; or where no value of it is missing. */
  readonly how: "alone" | "beside" | "where known";
  /** Two conditions of the part that settle it together; null where it is one, or more of them. */
  readonly because: readonly [Rule, Rule] | null;
}

/** Parts that nobody or everybody fits: the smallest of each kind, in the order of the text. */
export function settledParts(world: World, rule: Rule): Settled[] {
  return settledIn(world, rule, []);
}

function settledIn(world: World, part: Rule, beside: readonly Claim[]): Settled[] {
  const inner = innerOf(world, part, beside);
  if (inner.length > 0) return inner;
  const settled = (outcome: Settled["outcome"], how: Settled["how"], because: Settled["because"] = null) => [
    { part, outcome, how, because },
  ];
  if (areImpossible(world, [holds(part)])) return settled("never", "alone", pairOf(world, part, "holds"));
  if (areImpossible(world, [fails(part)])) return settled("always", "alone", pairOf(world, part, "fails"));
  // Neighbours that can't hold together are told by themselves.
  if (areImpossible(world, beside)) return [];
  if (areImpossible(world, [...beside, holds(part)])) return settled("never", "beside");
  if (areImpossible(world, [...beside, fails(part)])) return settled("always", "beside");
  // Where a rule asks whether a value is there, it means those whose value is not.
  if (asksPresence(part) || !areImpossible(world, [fails(part)], "whoever is known")) return [];
  return settled("always", "where known", pairOf(world, part, "fails", "whoever is known"));
}

function asksPresence(rule: Rule): boolean {
  if (rule.kind === "and" || rule.kind === "or") return rule.parts.some(asksPresence);
  return rule.kind === "not" ? asksPresence(rule.part) : rule.kind === "known";
}

/** Of the parts of a part. Of two that say the same, the later one is idle. */
function innerOf(world: World, part: Rule, beside: readonly Claim[]): Settled[] {
  if (part.kind === "not") return settledIn(world, part.part, []);
  if (part.kind === "or") return part.parts.flatMap((one) => settledIn(world, one, beside));
  if (part.kind !== "and") return [];
  const own = part.parts.flatMap((one) => settledIn(world, one, []));
  if (own.length > 0 || areImpossible(world, [holds(part)])) return own;
  const idle = new Set<Rule>();
  return [...part.parts]
    .reverse()
    .flatMap((one) => {
      const others = part.parts.filter((other) => other !== one && !idle.has(other)).map(holds);
      const found = settledIn(world, one, [...beside, ...others]);
      if (found.some((settled) => settled.part === one)) idle.add(one);
      return found;
    })
    .reverse();
}

/** Two conditions of AND that can't both hold, or of OR that can't both fail. */
function pairOf(
  world: World,
  part: Rule,
  outcome: Claim["holds"],
  of: Parameters<typeof areImpossible>[2] = "anybody",
): readonly [Rule, Rule] | null {
  if (part.kind !== (outcome === "holds" ? "and" : "or")) return null;
  for (const [place, one] of part.parts.entries()) {
    for (const other of part.parts.slice(place + 1)) {
      const claims = [one, other].map((rule) => ({ rule, holds: outcome }));
      if (areImpossible(world, claims, of)) return [one, other];
    }
  }
  return null;
}

import type { Formula } from "./logic.ts";

/** Groups and conditions of a normal form beyond these are counted, not written. */
export const MOST_GROUPS = 100;
export const MOST_ATOMS = 1_000;

export type NormalForm<Atom> =
  | { readonly ok: true; readonly groups: readonly (readonly Atom[])[] }
  /** How many it would take. */
  | { readonly ok: false; readonly groups: number; readonly atoms: number };

/**
 * The formula as ANDs in one OR (`outer: "any"`, disjunctive) or ORs in one AND (`outer: "all"`, conjunctive). Its size is
 * counted first, since it can grow exponentially: of n ORs of two conditions an OR of ANDs takes 2ⁿ groups.
 */
export function normalForm<Atom>(formula: Formula<Atom>, outer: "all" | "any"): NormalForm<Atom> {
  const size = sizeOf(formula, outer);
  if (size.groups > MOST_GROUPS || size.atoms > MOST_ATOMS) return { ok: false, ...size };
  return {
    ok: true,
    groups: distinct(
      groupsOf(formula, outer).map((group) => distinct(group, JSON.stringify)),
      keyOf,
    ),
  };
}

/** Groups, and conditions in all of them; exact up to 2⁵³, then about. */
function sizeOf<Atom>(formula: Formula<Atom>, outer: "all" | "any"): { groups: number; atoms: number } {
  if (formula.kind === "atom") return { groups: 1, atoms: 1 };
  const parts = formula.parts.map((part) => sizeOf(part, outer));
  if (formula.kind === outer) {
    return { groups: sum(parts.map(({ groups }) => groups)), atoms: sum(parts.map(({ atoms }) => atoms)) };
  }
  return parts.reduce(
    (whole, part) => ({
      groups: whole.groups * part.groups,
      atoms: whole.atoms * part.groups + part.atoms * whole.groups,
    }),
    { groups: 1, atoms: 0 },
  );
}

function groupsOf<Atom>(formula: Formula<Atom>, outer: "all" | "any"): (readonly Atom[])[] {
  if (formula.kind === "atom") return [[formula.atom]];
  const parts = formula.parts.map((part) => groupsOf(part, outer));
  if (formula.kind === outer) return parts.flat();
  return parts.reduce<(readonly Atom[])[]>(
    (whole, part) => whole.flatMap((group) => part.map((more) => [...group, ...more])),
    [[]],
  );
}

function keyOf<Atom>(group: readonly Atom[]): string {
  return group
    .map((one) => JSON.stringify(one))
    .sort()
    .join();
}

function distinct<T>(items: readonly T[], key: (item: T) => string): T[] {
  return [...new Map(items.map((item) => [key(item), item])).values()];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

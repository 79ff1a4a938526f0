import { printRule } from "../../../server/language/print-rule.ts";
import type { Rule } from "../../../server/language/tree.ts";

/** A rule without AND, OR and NOT at its top. */
export type Leaf = Exclude<Rule, { readonly kind: "and" | "or" | "not" }>;

/** A rule as it is built: groups in groups, each part known by an id that stays with it wherever it is moved. */
export type Item = Group | Condition;

export interface Group {
  readonly kind: "group";
  readonly id: string;
  /** How many NOTs stand before it. */
  readonly negations: number;
  readonly how: "and" | "or";
  readonly items: readonly Item[];
}

export interface Condition {
  readonly kind: "condition";
  readonly id: string;
  readonly negations: number;
  /** Null while nothing has been chosen: it is then not in the text. */
  readonly leaf: Leaf | null;
  /** As it was written, where it was read from a text and has not been changed since. */
  readonly source: string | null;
}

/** The model of a rule; of a rule that is one condition, a group that holds it alone. Null is no rule yet. */
export function modelOf(rule: Rule | null, text: string | null = null): Group {
  const item = rule === null ? null : itemOf(rule, text);
  if (item?.kind === "group") return item;
  return { kind: "group", id: newId(), negations: 0, how: "and", items: item === null ? [] : [item] };
}

/** The rule of an item; null where nothing in it has been chosen yet. A group of one part is that part. */
export function ruleOf(item: Item): Rule | null {
  const inner = item.kind === "condition" ? item.leaf : partsOf(item);
  if (inner === null) return null;
  let rule: Rule = inner;
  for (let n = 0; n < item.negations; n += 1) rule = { kind: "not", part: rule, ...NOWHERE };
  return rule;
}

/** An id that no other item has. */
export function newId(): string {
  ids += 1;
  return `i${ids}`;
}

/** A condition that is to be chosen, or that has been. */
export function conditionOf(leaf: Leaf | null): Condition {
  return { kind: "condition", id: newId(), negations: 0, leaf, source: null };
}

export function groupOf(how: Group["how"], items: readonly Item[]): Group {
  return { kind: "group", id: newId(), negations: 0, how, items };
}

/** A condition's text, by which equal ones are known. */
export function textOf(leaf: Leaf): string {
  return printRule(leaf);
}

/** Every condition of an item that has been chosen. */
export function conditionsIn(item: Item): (Condition & { readonly leaf: Leaf })[] {
  if (item.kind === "group") return item.items.flatMap(conditionsIn);
  const { leaf } = item;
  return leaf === null ? [] : [{ ...item, leaf }];
}

/** What is built has no place in a text. */
export const NOWHERE = { from: 0, to: 0 };

let ids = 0;

function isLeaf(rule: Rule): rule is Leaf {
  return rule.kind !== "and" && rule.kind !== "or" && rule.kind !== "not";
}

function itemOf(rule: Rule, text: string | null): Item {
  let negations = 0;
  let inner = rule;
  while (inner.kind === "not") {
    negations += 1;
    inner = inner.part;
  }
  const id = newId();
  if (!isLeaf(inner)) {
    return { kind: "group", id, negations, how: inner.kind, items: inner.parts.map((part) => itemOf(part, text)) };
  }
  const source = text === null || inner.to <= inner.from ? null : text.slice(inner.from, inner.to);
  return { kind: "condition", id, negations, leaf: inner, source };
}

function partsOf({ how, items }: Group): Rule | null {
  const parts = items.map(ruleOf).filter((part) => part !== null);
  const [first = null] = parts;
  return parts.length > 1 ? { kind: how, parts, ...NOWHERE } : first;
}

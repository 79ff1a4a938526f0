import type { Duration, Expression, Operand, Quantity, Rule, SegmentName, Step, Window } from "./tree.ts";

export interface Reads {
  /** Columns of the relation that the rule is about. */
  readonly attributes: string[];
  /** Relations whose rows are the events. */
  readonly events: string[];
  readonly segments: { cell: string; name: string }[];
  /** Whether it asks who was in which segment at earlier refreshes. */
  readonly usesHistory: boolean;
  readonly inputs: string[];
  /** Whether the outcome depends on `as_of`. Every event does, since only what happened before it counts. */
  readonly usesTime: boolean;
}

/** What a rule or an expression needs to be computed, each name once, in the order in which it is met. */
export function reads(tree: Rule | Expression): Reads {
  const uses = visit(tree, "attributes");
  const named = (kind: "attribute" | "event" | "input") => [
    ...new Set(uses.flatMap((use) => (use.kind === kind ? [use.name] : []))),
  ];
  const segments = new Map<string, { cell: string; name: string }>();
  for (const use of uses) {
    if (use.kind === "segment") segments.set(JSON.stringify([use.cell, use.name]), { cell: use.cell, name: use.name });
  }
  return {
    attributes: named("attribute"),
    events: named("event"),
    segments: [...segments.values()],
    usesHistory: uses.some((use) => use.kind === "history"),
    inputs: named("input"),
    usesTime: uses.some((use) => use.kind === "time" || (use.kind === "input" && use.name === "as_of")),
  };
}

type Use =
  | { readonly kind: "attribute" | "event" | "input"; readonly name: string }
  | { readonly kind: "segment"; readonly cell: string; readonly name: string }
  | { readonly kind: "time" | "history" };

/** Whose columns a condition speaks of: a person's attributes, or inside WHERE an event's. */
type Columns = "attributes" | "properties";

function visit(node: Rule | Expression, columns: Columns): Use[] {
  const subject: Use[] =
    "subject" in node && columns === "attributes" ? [{ kind: "attribute", name: node.subject.name }] : [];
  switch (node.kind) {
    case "and":
    case "or":
      return node.parts.flatMap((part) => visit(part, columns));
    case "not":
    case "negative":
      return visit(node.part, columns);
    case "arithmetic":
      return [...visit(node.left, columns), ...visit(node.right, columns)];
    case "happened":
      return [...usesOfEvent(node.step, node.window), ...usesOfValues([node.times?.count ?? null])];
    case "sequence": {
      const steps = node.steps.flatMap((step) => usesOfEvent(step, node.window));
      return [...steps, ...usesOfValues([node.within.count])];
    }
    case "since":
    case "gap":
    case "measure":
      return usesOfEvent(node.step, node.window);
    case "measured": {
      const values = node.test.kind === "compare" ? [node.test.value] : [node.test.low, node.test.high];
      return [...usesOfEvent(node.measure.step, node.measure.window), ...usesOfValues(values)];
    }
    case "in segment":
      return [usesOfSegment(node.segment)];
    case "entered":
    case "left":
      return [{ kind: "history" }, { kind: "time" }, ...usesOfWindow(node.window)];
    case "compare":
    case "matches":
      return [...subject, ...usesOfValues([node.value])];
    case "between":
      return [...subject, ...usesOfValues([node.low, node.high])];
    case "among":
      return [...subject, ...usesOfValues(node.values)];
    case "date":
      return [...subject, ...usesOfValues([node.moment])];
    case "ago":
    case "recent":
    case "anniversary":
      return [...subject, ...usesOfDuration(node.duration)];
    case "input":
      return usesOfValues([node]);
    case "number":
    case "known":
      return subject;
  }
}

function usesOfEvent({ relation, where }: Step, window: Window | null): Use[] {
  const conditions = where ? visit(where, "properties") : [];
  return [{ kind: "event", name: relation }, { kind: "time" }, ...conditions, ...usesOfWindow(window)];
}

function usesOfSegment({ cell, name }: SegmentName): Use {
  return { kind: "segment", cell, name };
}

function usesOfWindow(window: Window | null): Use[] {
  if (!window) return [];
  if ("duration" in window) return usesOfDuration(window.duration);
  return usesOfValues("moment" in window ? [window.moment] : [window.low, window.high]);
}

function usesOfDuration({ count }: Duration): Use[] {
  return [{ kind: "time" }, ...usesOfValues([count])];
}

function usesOfValues(values: readonly (Operand | Quantity | null)[]): Use[] {
  return values.flatMap((value) => (value?.kind === "input" ? [{ kind: "input" as const, name: value.name }] : []));
}

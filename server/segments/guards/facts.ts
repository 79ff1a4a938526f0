import { asOf } from "../../language/clock.ts";
import { countOf, stretchOfMoment } from "../../language/sql-value.ts";
import type { ColumnCondition, Comparison, EventCondition, Measure, Rule, Step, Window } from "../../language/tree.ts";
import { kindOf, scaleOfType } from "../../language/types.ts";
import { boundOf, valuesOf } from "./condition-values.ts";
import { ANYTHING, type Domain, having, known, lacking, missing, type Values } from "./domain.ts";
import { comparing } from "./intervals.ts";
import { type World, workOf } from "./world.ts";

/** One thing that a rule speaks of, such as a column or how often an event happened. */
export interface Thing {
  readonly name: string;
  /** What it may be before any rule is asked. */
  readonly domain: Domain;
  /** Which events it counts; null for what is no count. */
  readonly counts: Counted | null;
}

export interface Counted {
  readonly step: Step;
  /** Nanoseconds from the first moment that counts up to, and without, the end; null for none. */
  readonly from: bigint | null;
  readonly until: bigint;
}

/** What a condition without AND, OR and NOT says of a thing, or of itself alone. */
export interface Fact {
  readonly thing: Thing;
  /** What the thing may be where the condition holds, and where it does not. */
  readonly holding: (domain: Domain) => Domain;
  readonly failing: (domain: Domain) => Domain;
}

type Leaf = Exclude<Rule, { readonly kind: "and" | "or" | "not" }>;

export function factOf(world: World, leaf: Leaf): Fact {
  switch (leaf.kind) {
    case "happened":
      return happened(world, leaf);
    case "measured":
      return measured(world, leaf);
    case "sequence":
    case "in segment":
    case "entered":
    case "left":
      return itself(leaf);
    default:
      return column(world, leaf);
  }
}

/** That each step of a sequence has happened, which follows from the sequence. */
export function stepsOf(world: World, { steps, window }: EventCondition & { kind: "sequence" }): Fact[] {
  return steps.map((step) => having1(counting(world, step, window), ">=", "1"));
}

function happened(world: World, { step, times, window }: EventCondition & { kind: "happened" }): Fact {
  const thing = counting(world, step, window);
  if (times === null) return having1(thing, ">=", "1");
  if (times.count === null) return having1(thing, "=", "0");
  const count = countOf(workOf(world), times.count, 0);
  const operator = ({ "at least": ">=", "at most": "<=", exactly: "=", "more than": ">", "fewer than": "<" } as const)[
    times.how as "exactly"
  ];
  return count === null ? itself({ kind: "happened", step, times, window }) : having1(thing, operator, String(count));
}

function having1(thing: Thing, operator: Comparison, at: string): Fact {
  return about(thing, { kind: "numbers", intervals: comparing(operator, at) });
}

function measured(world: World, leaf: EventCondition & { kind: "measured" }): Fact {
  const { measure, test } = leaf;
  const type = typeOf(world, measure);
  const values = valuesOf(world, test, type);
  if (values === null) return itself(leaf);
  if (measure.how === "count") return about(counting(world, measure.step, measure.window), values);
  const isNeverMissing = measure.how === "sum" || measure.how === "distinct";
  const first = isNeverMissing ? known(startOf(type)) : startOf(type);
  const domain =
    measure.how === "distinct" ? having(first, { kind: "numbers", intervals: comparing(">=", "0") }) : first;
  return about({ name: nameOf(measure), domain, counts: null }, values);
}

/** DuckDB's name of the type that a measure has. */
function typeOf({ vocabulary }: World, { how, property, step }: Measure): string {
  if (how === "count" || how === "distinct") return "BIGINT";
  const event = vocabulary.events.find((each) => each.words === step.words && each.relation === step.relation);
  const type = event?.columns.find((each) => each.name === property?.name)?.type ?? "";
  return how === "min" || how === "max" || how === "sum" ? type : "DOUBLE";
}

function counting(world: World, step: Step, window: Window | null): Thing {
  const whole = having({ ...ANYTHING, scale: 0 }, { kind: "numbers", intervals: comparing(">=", "0") });
  return { name: nameOf({ step, window }), domain: whole, counts: countedOf(world, step, window) };
}

function countedOf(world: World, step: Step, window: Window | null): Counted | null {
  if (window === null) return { step, from: null, until: asOf(world.clock).epochNanoseconds };
  const stretch = stretchOfWindow(world, window);
  return stretch && { step, ...stretch };
}

/** The moments that a window lets count, in nanoseconds since 1970; null where its inputs have no value. */
export function stretchOfWindow(world: World, window: Window): Pick<Counted, "from" | "until"> | null {
  const end = asOf(world.clock).epochNanoseconds;
  if ("duration" in window) {
    const bound = boundOf(world, window.duration)?.epochNanoseconds ?? null;
    if (bound === null) return null;
    return window.kind === "last" ? { from: bound, until: end } : { from: null, until: bound };
  }
  const [first, last] = "moment" in window ? [window.moment, null] : [window.low, window.high];
  const start = stretchOfMoment(workOf(world), first);
  if (start === null) return null;
  if (window.kind === "before") return { from: null, until: earlier(start.start.epochNanoseconds, end) };
  if (window.kind === "after") {
    const from = start.end?.epochNanoseconds ?? start.start.epochNanoseconds + 1n;
    return { from, until: end };
  }
  const stop = last === null ? null : stretchOfMoment(workOf(world), last);
  if (stop === null) return null;
  const until = stop.end?.epochNanoseconds ?? stop.start.epochNanoseconds + 1n;
  return { from: start.start.epochNanoseconds, until: earlier(until, end) };
}

function earlier(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

function column(world: World, leaf: ColumnCondition): Fact {
  const type = world.vocabulary.attributes.find(({ name }) => name === leaf.subject.name)?.type ?? "";
  const thing: Thing = { name: `column ${leaf.subject.name}`, domain: startOf(type), counts: null };
  if (leaf.kind === "known") {
    return leaf.negated ? { thing, holding: missing, failing: known } : { thing, holding: known, failing: missing };
  }
  const values = valuesOf(world, leaf, type);
  // What is told by more than the value alone still needs a value, and has one outcome a person.
  return about(thing, values ?? { kind: "test", asks: nameOf(leaf), passes: () => true, isNot: false });
}

function startOf(type: string): Domain {
  const kind = kindOf(type);
  if (kind === "boolean") return { ...ANYTHING, texts: new Set(["true", "false"]) };
  return kind === "number" ? { ...ANYTHING, scale: scaleOfType(type) } : ANYTHING;
}

function about(thing: Thing, values: Values): Fact {
  return { thing, holding: (domain) => having(domain, values), failing: (domain) => lacking(domain, values) };
}

/** A condition of which no more is known than that it holds or not. */
function itself(leaf: object): Fact {
  const domain = { ...ANYTHING, mayBeMissing: false, texts: new Set(["true", "false"]) };
  return about({ name: nameOf(leaf), domain, counts: null }, { kind: "texts", texts: ["true"], isNot: false });
}

/** Equal for trees that differ in nothing but how they are written. */
export function nameOf(tree: unknown): string {
  const notes = new Set(["from", "to", "notation", "marked", "qualified"]);
  return JSON.stringify(tree, (key, value: unknown) => (notes.has(key) ? undefined : value));
}

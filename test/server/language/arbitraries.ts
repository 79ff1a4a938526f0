import fc from "fast-check";
import type {
  ColumnCondition,
  Duration,
  EventCondition,
  Expression,
  Measure,
  Moment,
  NumberValue,
  Operand,
  Quantity,
  Rule,
  SegmentName,
  Step,
  Subject,
  Times,
  Window,
} from "../../../server/language/tree.ts";

/** Trees carry offsets; made-up ones have none to speak of. */
const HERE = { from: 0, to: 0 };

/** What values random trees may hold: borders that random data often meets, or whatever can be written. */
export interface Choices {
  readonly numbers: fc.Arbitrary<string>;
  readonly texts: fc.Arbitrary<string>;
  readonly moments: fc.Arbitrary<string>;
  readonly durations: fc.Arbitrary<Duration>;
  /** Whether inputs stand for some of the values. */
  readonly inputs: boolean;
  /** What IN SEGMENT may name. */
  readonly segments: readonly SegmentName[];
  /** Whether ENTERED and LEFT are among the rules. */
  readonly moves?: "with moves";
}

interface ColumnChoice {
  readonly name: string;
  readonly kind: "number" | "text" | "boolean" | "time";
}

const ATTRIBUTES: readonly ColumnChoice[] = [
  { name: "total_spend", kind: "number" },
  { name: "visits", kind: "number" },
  { name: "score", kind: "number" },
  { name: "country", kind: "text" },
  { name: "subscribed", kind: "boolean" },
  { name: "birthday", kind: "time" },
  { name: "last_purchase", kind: "time" },
  { name: "seen_at", kind: "time" },
  { name: "between days", kind: "number" },
];

interface EventChoice {
  readonly words: string;
  readonly relation: string;
  readonly columns: readonly ColumnChoice[];
}

const EVENTS: readonly EventChoice[] = [
  {
    words: "placed order",
    relation: "orders",
    columns: [
      { name: "amount", kind: "number" },
      { name: "items", kind: "number" },
      { name: "weight", kind: "number" },
      { name: "country", kind: "text" },
      { name: "shipped_at", kind: "time" },
    ],
  },
  {
    words: "viewed product",
    relation: "views",
    columns: [
      { name: "category", kind: "text" },
      { name: "seconds", kind: "number" },
    ],
  },
  { words: "opened email", relation: "mails", columns: [{ name: "campaign", kind: "text" }] },
  { words: "clicked in email", relation: "mails", columns: [{ name: "campaign", kind: "text" }] },
  { words: "not delivered", relation: "mails", columns: [{ name: "campaign", kind: "text" }] },
];

export function rules(choices: Choices): fc.Arbitrary<Rule> {
  const { rule } = fc.letrec<{ rule: Rule }>((tie) => ({
    rule: fc.oneof(
      { maxDepth: 4, depthSize: "small" },
      { arbitrary: leaves(choices), weight: 4 },
      { arbitrary: joined(tie("rule")), weight: 2 },
      { arbitrary: tie("rule").map((part) => ({ kind: "not" as const, part, ...HERE })), weight: 1 },
    ),
  }));
  return rule;
}

function joined(part: fc.Arbitrary<Rule>): fc.Arbitrary<Rule> {
  const kind = fc.constantFrom("and" as const, "or" as const);
  return fc
    .record({ kind, parts: fc.array(part, { minLength: 2, maxLength: 3 }) })
    .map((node) => ({ ...node, ...HERE }));
}

function leaves(choices: Choices): fc.Arbitrary<Rule> {
  const all: fc.Arbitrary<Rule>[] = [
    conditions(choices, ATTRIBUTES),
    happened(choices),
    measured(choices),
    sequences(choices),
  ];
  return fc.oneof(...all, ...segmentConditions(choices));
}

function segmentConditions(choices: Choices): fc.Arbitrary<Rule>[] {
  if (choices.segments.length === 0) return [];
  const segment = fc.constantFrom(...choices.segments);
  const inSegment = segment.map((each) => ({ kind: "in segment" as const, segment: each, ...HERE }));
  const moved = fc
    .record({ kind: fc.constantFrom("entered" as const, "left" as const), segment, window: windows(choices) })
    .map((node) => ({ ...node, ...HERE }));
  return choices.moves ? [inSegment, moved] : [inSegment];
}

function happened(choices: Choices): fc.Arbitrary<EventCondition> {
  return fc
    .record({ step: steps(choices), times: fc.option(times(choices)), window: fc.option(windows(choices)) })
    .map((node) => ({ kind: "happened" as const, ...node, ...HERE }));
}

function times(choices: Choices): fc.Arbitrary<Times> {
  const how = fc.constantFrom(
    "at least" as const,
    "at most" as const,
    "exactly" as const,
    "more than" as const,
    "fewer than" as const,
  );
  const counted = fc.record({ how, count: quantities(choices) }).map((node) => ({ ...node, ...HERE }));
  return fc.oneof(counted, fc.constant({ how: "never" as const, count: null, ...HERE }));
}

function quantities({ inputs }: Choices): fc.Arbitrary<Quantity> {
  const number = fc
    .nat({ max: 4 })
    .map((count) => ({ kind: "number" as const, value: String(count), notation: "plain" as const, ...HERE }));
  return inputs ? fc.oneof(number, fc.constant({ kind: "input" as const, name: "least", ...HERE })) : number;
}

function sequences(choices: Choices): fc.Arbitrary<EventCondition> {
  const step = fc.array(steps(choices), { minLength: 2, maxLength: 4 });
  return fc
    .record({ steps: step, within: choices.durations, window: fc.option(windows(choices)) })
    .map((node) => ({ kind: "sequence" as const, ...node, ...HERE }));
}

function measured(choices: Choices): fc.Arbitrary<EventCondition> {
  const hows = ["count", "sum", "average", "median", "min", "max", "distinct"] as const;
  const sign = fc.constantFrom("=", "!=", "<", "<=", ">", ">=") as fc.Arbitrary<"=">;
  const tests = fc.oneof(
    fc.record({ kind: fc.constant("compare" as const), operator: sign, value: numbers(choices) }),
    fc.record({
      kind: fc.constant("between" as const),
      negated: fc.boolean(),
      low: numbers(choices),
      high: numbers(choices),
    }),
  );
  return fc
    .record({ measure: measures(choices, hows), test: tests })
    .map((node) => ({ kind: "measured" as const, ...node, ...HERE }));
}

/** Measures that give numbers. */
function measures(choices: Choices, hows: readonly Measure["how"][]): fc.Arbitrary<Measure> {
  return fc.constantFrom(...EVENTS).chain((event) => {
    const numeric = event.columns.filter((column) => column.kind === "number");
    const possible = hows.filter((how) => how === "count" || how === "distinct" || numeric.length > 0);
    return fc.constantFrom(...possible).chain((how) => {
      const columns = how === "distinct" ? event.columns : numeric;
      const property =
        how === "count" ? fc.constant(null) : fc.constantFrom(...columns).map((column) => subject(column.name));
      const parts = { property, step: stepsOf(choices, event), window: fc.option(windows(choices)) };
      return fc.record(parts).map((node) => ({ kind: "measure" as const, how, ...node, ...HERE }));
    });
  });
}

function steps(choices: Choices): fc.Arbitrary<Step> {
  return fc.constantFrom(...EVENTS).chain((event) => stepsOf(choices, event));
}

function stepsOf(choices: Choices, event: EventChoice): fc.Arbitrary<Step> {
  const condition: fc.Arbitrary<Rule> = conditions(choices, event.columns);
  const negated = condition.map((part) => ({ kind: "not" as const, part, ...HERE }));
  const where = fc.option(fc.oneof({ arbitrary: condition, weight: 3 }, joined(condition), negated));
  return where.map((each) => ({ words: event.words, relation: event.relation, marked: false, where: each, ...HERE }));
}

function windows(choices: Choices): fc.Arbitrary<Window> {
  const moment = moments(choices);
  return fc.oneof(
    choices.durations.map((duration) => ({ kind: "last" as const, duration, ...HERE })),
    choices.durations.map((duration) => ({ kind: "ago" as const, duration, ...HERE })),
    moment.map((each) => ({ kind: "before" as const, moment: each, ...HERE })),
    moment.map((each) => ({ kind: "after" as const, moment: each, ...HERE })),
    fc.record({ low: moment, high: moment }).map((ends) => ({ kind: "between" as const, ...ends, ...HERE })),
  );
}

function conditions(choices: Choices, columns: readonly ColumnChoice[]): fc.Arbitrary<ColumnCondition> {
  return fc.constantFrom(...columns).chain((column) => conditionsOn(choices, column));
}

function conditionsOn(choices: Choices, { name, kind }: ColumnChoice): fc.Arbitrary<ColumnCondition> {
  const about = { subject: subject(name), ...HERE };
  const negated = fc.boolean();
  const value = valuesOf(choices, kind);
  const equal = fc.constantFrom("=", "!=") as fc.Arbitrary<"=">;
  const order = fc.constantFrom("=", "!=", "<", "<=", ">", ">=") as fc.Arbitrary<"=">;
  const known = negated.map((each) => ({ kind: "known" as const, negated: each, ...about }));
  const compare = fc
    .record({ operator: kind === "boolean" ? equal : order, value })
    .map((node) => ({ kind: "compare" as const, ...node, ...about }));
  const among = fc
    .record({ negated, values: fc.array(value, { minLength: 1, maxLength: 3 }) })
    .map((node) => ({ kind: "among" as const, ...node, ...about }));
  const between = fc
    .record({ negated, low: value, high: value })
    .map((node) => ({ kind: "between" as const, ...node, ...about }));
  if (kind === "boolean") return fc.oneof(known, compare, among);
  if (kind === "number") return fc.oneof(known, compare, among, between);
  if (kind === "text") {
    const how = fc.constantFrom("contains" as const, "starts with" as const, "ends with" as const);
    const matches = fc
      .record({ negated, how, value: choices.texts.map(text) })
      .map((node) => ({ kind: "matches" as const, ...node, ...about }));
    return fc.oneof(known, compare, among, between, matches);
  }
  const ago = fc
    .record({
      operator: fc.constantFrom("<" as const, "<=" as const, ">" as const, ">=" as const),
      duration: choices.durations,
    })
    .map((node) => ({ kind: "ago" as const, ...node, ...about }));
  const date = fc
    .record({ how: fc.constantFrom("before" as const, "after" as const, "on" as const), moment: moments(choices) })
    .map((node) => ({ kind: "date" as const, ...node, ...about }));
  const recent = fc
    .record({ negated, duration: choices.durations })
    .map((node) => ({ kind: "recent" as const, ...node, ...about }));
  const anniversary = choices.durations
    .filter(({ unit }) => unit !== "minute" && unit !== "hour")
    .map((duration) => ({ kind: "anniversary" as const, duration, ...about }));
  return fc.oneof(known, compare, among, between, ago, date, recent, anniversary);
}

function valuesOf(choices: Choices, kind: ColumnChoice["kind"]): fc.Arbitrary<Operand> {
  if (kind === "number") return numbers(choices);
  if (kind === "text") return choices.texts.map(text);
  if (kind === "boolean") return fc.boolean().map((value) => ({ kind: "boolean" as const, value, ...HERE }));
  return moments(choices);
}

function numbers(choices: Choices): fc.Arbitrary<NumberValue> {
  const notation = fc.constantFrom("plain" as const, "money" as const, "percent" as const);
  return fc.record({ value: choices.numbers, notation }).map((node) => ({ kind: "number" as const, ...node, ...HERE }));
}

function moments({ moments: texts, inputs }: Choices): fc.Arbitrary<Moment> {
  const written = texts.map((each) => ({ kind: "moment" as const, text: each, ...HERE }));
  return inputs ? fc.oneof(written, fc.constant({ kind: "input" as const, name: "since", ...HERE })) : written;
}

function text(value: string): Operand {
  return { kind: "text", value, ...HERE };
}

function subject(name: string): Subject {
  return { name, marked: false, ...HERE };
}

export function duration(count: number, unit: Duration["unit"]): Duration {
  return { count: { kind: "number", value: String(count), notation: "plain", ...HERE }, unit, ...HERE };
}

export function expressions(choices: Choices): fc.Arbitrary<Expression> {
  const hows = ["count", "sum", "average", "median", "min", "max", "stddev", "distinct"] as const;
  const unit = fc.constantFrom("minute", "hour", "day", "week", "month", "quarter", "year") as fc.Arbitrary<"day">;
  const which = fc.constantFrom("first" as const, "last" as const);
  const around = { step: steps(choices), window: fc.option(windows(choices)) };
  const since = fc.record({ unit, which, ...around }).map((node) => ({ kind: "since" as const, ...node, ...HERE }));
  const gap = fc.record(around).map((node) => ({ kind: "gap" as const, ...node, ...HERE }));
  const { expression } = fc.letrec<{ expression: Expression }>((tie) => ({
    expression: fc.oneof(
      { maxDepth: 2, depthSize: "small" },
      { arbitrary: measures(choices, hows), weight: 4 },
      { arbitrary: since, weight: 2 },
      { arbitrary: gap, weight: 1 },
      { arbitrary: numbers(choices), weight: 1 },
      {
        arbitrary: fc
          .record({
            operator: fc.constantFrom("+" as const, "-" as const, "*" as const, "/" as const),
            left: tie("expression"),
            right: tie("expression"),
          })
          .map((node) => ({ kind: "arithmetic" as const, ...node, ...HERE })),
        weight: 2,
      },
      { arbitrary: tie("expression").map((part) => ({ kind: "negative" as const, part, ...HERE })), weight: 1 },
    ),
  }));
  return expression;
}

/** The most frequent value of a text column. */
export function commonest(choices: Choices): fc.Arbitrary<Expression> {
  return fc.constantFrom(...EVENTS).chain((event) => {
    const columns = event.columns.filter((column) => column.kind === "text");
    const parts = {
      property: fc.constantFrom(...columns),
      step: stepsOf(choices, event),
      window: fc.option(windows(choices)),
    };
    return fc.record(parts).map(({ property, ...node }) => ({
      kind: "measure" as const,
      how: "most frequent" as const,
      property: subject(property.name),
      ...node,
      ...HERE,
    }));
  });
}

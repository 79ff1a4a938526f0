import { checkRule } from "../../language/check-types.ts";
import type {
  Comparison,
  EventCondition,
  Measure,
  MeasureTest,
  Operand,
  Rule,
  Step,
  Times,
} from "../../language/tree.ts";
import { NEVER, NOWHERE, subject } from "../build.ts";
import { get, isList, isObject, type Json, type JsonObject, shownJson, textOf } from "../json.ts";
import { columnNamed, stepNamed } from "../names.ts";
import { inside, listAt, type Place, type Reading, readEach, unread } from "../reading.ts";
import { COMPARISONS } from "./operators.ts";
import { type Around, readDuration, readQuantity, readValue, readWindow } from "./read-value.ts";

type ReadWhere = (where: Json, place: Place, around: Around) => Rule | null;
type Within = Around & { readonly readWhere: ReadWhere };

export function isEventRule(rule: JsonObject): boolean {
  return get(rule, "measure") !== undefined || ["happened", "then"].includes(textOf(rule, "operator") ?? "");
}

/** An event that happened, a sequence of them, or a number out of them: our extension of the tree. */
export function readEventRule(reading: Reading, rule: JsonObject, place: Place, around: Within): Rule | null {
  const step = readStep(reading, rule, place, around);
  const window = readWindow(reading, rule, place);
  const read = readerOf(rule);
  const condition =
    step === null || window === null ? null : read(reading, { rule, step, window: window ?? null }, place, around);
  if (condition === null) return null;
  const problems = checkRule(condition, reading.vocabulary);
  for (const { code, message, hint } of problems) reading.remarks.error(place.at, { code, message, hint });
  return problems.length > 0 ? null : condition;
}

interface Written {
  readonly rule: JsonObject;
  readonly step: Step;
  readonly window: Measure["window"];
}

function readerOf(rule: JsonObject) {
  if (get(rule, "measure") !== undefined) return readMeasured;
  return textOf(rule, "operator") === "then" ? readSequence : readHappened;
}

function readHappened(reading: Reading, { rule, step, window }: Written, place: Place): EventCondition | null {
  const times = readTimes(reading, get(rule, "value"), inside(place, "value"));
  return times === null ? null : { kind: "happened", step, times: times ?? null, window, ...NOWHERE };
}

function readSequence(
  reading: Reading,
  { rule, step, window }: Written,
  place: Place,
  around: Within,
): EventCondition | null {
  const at = inside(place, "value");
  const list = listAt(reading, get(rule, "value"), at);
  const others =
    list &&
    readEach(list, at, (item, where) =>
      isObject(item) ? readStep(reading, item, where, around) : noStep(reading, item, where),
    );
  const within = readDuration(reading, get(rule, "within"), inside(place, "within"));
  return others && within && { kind: "sequence", steps: [step, ...others], within, window, ...NOWHERE };
}

function readMeasured(
  reading: Reading,
  { rule, step, window }: Written,
  place: Place,
  around: Within,
): EventCondition | null {
  const name = textOf(rule, "measure");
  const how = MEASURES.find((each) => each === name);
  const of = textOf(rule, "of");
  if (how === undefined || (how === "count") !== (of === null))
    return unread(
      reading,
      place.at,
      `\`${name}\`${of === null ? "" : ` of \`${of}\``} is no measure.`,
      `Measures are ${MEASURES.join(", ")}; all but count are \`of\` a column.`,
    );
  const property = of === null ? null : columnNamed(reading, of, { step, at: inside(place, "of").at });
  const measure: Measure = { kind: "measure", how, property, step, window, ...NOWHERE };
  const test = readTest(reading, rule, place, { texts: around.texts, step, measure });
  return test && { kind: "measured", measure, test, ...NOWHERE };
}

function readTest(
  reading: Reading,
  rule: JsonObject,
  place: Place,
  { texts, step, measure }: { texts: Around["texts"]; step: Step; measure: Measure },
): MeasureTest | null {
  const operator = textOf(rule, "operator");
  const value = get(rule, "value");
  const at = inside(place, "value");
  const one = (held: Json | undefined, where: Place): Operand | null =>
    readValue(reading, held, where, { step, texts, subject: measure.property ?? subject("") });
  const comparison: Comparison | undefined = COMPARISONS.find((each) => each === operator);
  if (comparison !== undefined) {
    const operand = one(value, at);
    return operand && { kind: "compare", operator: comparison, value: operand };
  }
  if ((operator !== "between" && operator !== "notBetween") || !isList(value) || value.length !== 2)
    return unread(
      reading,
      place.at,
      `A measure is not asked by ${shownJson(get(rule, "operator"))}.`,
      "Compare it, or ask whether it is between two values.",
    );
  const [low, high] = [one(value[0], inside(at, 0)), one(value[1], inside(at, 1))];
  return low && high && { kind: "between", negated: operator === "notBetween", low, high };
}

function readStep(reading: Reading, value: JsonObject, place: Place, around: Within): Step | null {
  const words = textOf(value, "field");
  if (words === null) return noStep(reading, value, place);
  const relation = textOf(value, "event");
  const exact = reading.vocabulary.events.find((event) => event.words === words && event.relation === relation);
  const found =
    exact === undefined
      ? stepNamed(reading, words, inside(place, "field").at)
      : { ...BARE, words, relation: exact.relation };
  const step = { ...found, marked: get(value, "marked") === true };
  const where = get(value, "where");
  if (where === undefined || where === null) return step;
  const conditions = around.readWhere(where, inside(place, "where"), { step, texts: around.texts });
  return conditions && { ...step, where: conditions };
}

function noStep(reading: Reading, value: Json, { at }: Place): null {
  return unread(reading, at, `An event was expected, not ${shownJson(value)}.`, 'Write {"field": "placed order"}.');
}

/** `undefined` for at least once. */
function readTimes(reading: Reading, value: Json | undefined, place: Place): Times | null | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  const how = isObject(value) ? textOf(value, "how") : null;
  if (how === "never") return NEVER;
  const known = HOWS.find((each) => each === how);
  if (!isObject(value) || known === undefined)
    return unread(
      reading,
      place.at,
      `${shownJson(value)} is no number of times.`,
      'Write {"how": "at least", "count": 3}.',
    );
  const count = readQuantity(reading, get(value, "count"), inside(place, "count"));
  return count && { how: known, count, ...NOWHERE };
}

const BARE = { marked: false, where: null, ...NOWHERE };
const HOWS = ["at least", "at most", "exactly", "more than", "fewer than"] as const;
const MEASURES = ["count", "sum", "average", "median", "min", "max", "distinct"] as const;

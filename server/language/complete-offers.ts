import type { Compared, Hope } from "./hope.ts";
import { printColumn, printName } from "./print-name.ts";
import { isTime, kindOf as kindOfType, type TypeKind } from "./types.ts";
import type { Column, EventWord, InputValue, Vocabulary } from "./vocabulary.ts";

/** What an offer puts in, and what is said of it. */
export interface Offering {
  /** What is written; it ends with a space where something must follow. */
  readonly text: string;
  readonly label: string;
  readonly kind: "attribute" | "event" | "property" | "segment" | "input" | "value" | "word";
  /** Its type, or where it is from. */
  readonly detail: string;
}

interface Knowledge {
  readonly vocabulary: Vocabulary;
  readonly values: (column: string, relation: string | null) => readonly string[];
}

/** What can be written where something is hoped for. */
export function offersFor(hope: Hope, known: Knowledge): Offering[] {
  const { vocabulary } = known;
  switch (hope.slot) {
    case "condition":
      return [...attributes(vocabulary.attributes), ...events(vocabulary), ...words(CONDITIONS)];
    case "feature":
      return words(FEATURES);
    case "event":
      return events(vocabulary);
    case "segment":
      return segments(vocabulary);
    case "property":
      return properties(hope.event);
    case "measured":
      return measured(hope.how, vocabulary);
    case "operator":
      return operators(kindOf(hope.compared, vocabulary), hope.negated);
    case "value":
      return values(hope.compared, known);
    case "moment":
      return inputs(vocabulary, "moment");
    case "count":
      return inputs(vocabulary, "number");
    case "unit": {
      const kind = hope.compared === undefined ? null : kindOf(hope.compared, vocabulary);
      return kind === null || isTime(kind) ? words(UNITS.map((unit) => [`${unit}${hope.tail}`, ""] as const)) : [];
    }
    case "where":
      return words([["where ", "conditions on the event's columns"]]);
    case "times":
      return words(TIMES);
    case "window":
      return words(WINDOWS);
    case "words":
      return words(hope.words.map((word) => [word === "ago" || word === "times" ? word : `${word} `, ""] as const));
  }
}

type Phrase = readonly [text: string, detail: string];

const UNITS = ["days", "weeks", "months", "hours", "minutes", "quarters", "years"] as const;

/** Of an event, in a rule and in a feature. */
const MEASURES: readonly Phrase[] = [
  ["count of ", "how many of an event"],
  ["sum of ", "of a column of an event"],
  ["average of ", "of a column of an event"],
  ["median of ", "of a column of an event"],
  ["min of ", "of a column of an event"],
  ["max of ", "of a column of an event"],
];

const CONDITIONS: readonly Phrase[] = [
  ["not ", "the opposite of a condition"],
  ...MEASURES,
  ["distinct ", "how many different values"],
  ["in segment ", "who is in another segment"],
  ["entered segment ", "who came into a segment in a window"],
  ["left segment ", "who left a segment in a window"],
];

const FEATURES: readonly Phrase[] = [
  ["days since last ", "calendar days from the newest event"],
  ["days since first ", "calendar days from the oldest event"],
  ...MEASURES,
  ["stddev of ", "of a column of an event"],
  ["distinct ", "how many different values"],
  ["most frequent ", "the commonest value"],
  ["average days between ", "the usual gap between events"],
  ["weeks since last ", "days since the newest event, over 7"],
];

const TIMES: readonly Phrase[] = [
  ["at least ", "this often or more"],
  ["at most ", "this often or less, also never"],
  ["exactly ", "this often"],
  ["more than ", "more often, or longer ago"],
  ["fewer than ", "less often, also never"],
  ["never", "not once"],
];

const WINDOWS: readonly Phrase[] = [
  ["in last ", "a window up to as_of"],
  ["more than ", "longer ago"],
  ["before ", "a date"],
  ["after ", "a date"],
  ["between ", "two dates, both included"],
];

const COMPARISONS: readonly Phrase[] = [
  ["> ", "more"],
  [">= ", "as much or more"],
  ["< ", "less"],
  ["<= ", "as much or less"],
  ["= ", "the same"],
  ["!= ", "another, and not missing"],
];

const KNOWN: readonly Phrase[] = [
  ["is known", "is there"],
  ["is not known", "is missing"],
];

const NEGATABLE: Readonly<Record<"text" | "number" | "time", readonly Phrase[]>> = {
  text: [
    ["in (", "one of a list"],
    ["contains ", "a text inside"],
    ["starts with ", "a text at the start"],
    ["ends with ", "a text at the end"],
  ],
  number: [
    ["between ", "two numbers, both included"],
    ["in (", "one of a list"],
  ],
  time: [
    ["in last ", "a stretch up to as_of"],
    ["between ", "two dates, both included"],
  ],
};

/** Operators that fit a type; all of them where it is not known. */
function operators(kind: TypeKind | null, negated: "not" | "plain"): Offering[] {
  const { text, number, time } = NEGATABLE;
  const middle = kind === null ? [...number, ...text, ...time] : isTime(kind) ? time : kind === "text" ? text : number;
  const fits = kind === "boolean" || kind === "other" ? [] : middle;
  if (negated === "not") return words(fits);
  const compared = COMPARISONS.filter(([sign]) => kind !== "other" && (kind !== "boolean" || /^!?= /.test(sign)));
  const equal = kind === "text" ? [...compared].reverse() : compared;
  const dated: readonly Phrase[] =
    kind === null || isTime(kind)
      ? [
          ["before ", "a date"],
          ["after ", "a date"],
          ["on ", "a date"],
          ["more than ", "longer ago"],
          ["anniversary in next ", "its day of the year comes soon"],
        ]
      : [];
  const nots = fits.map(([phrase, detail]) => [`not ${phrase}`, `the opposite: ${detail}`] as const);
  return words([...equal, ...fits, ...dated, ...KNOWN, ...nots]);
}

function values(compared: Compared | null, known: Knowledge): Offering[] {
  const { vocabulary } = known;
  const kind = kindOf(compared, vocabulary);
  if (kind === "boolean") return words(["true", "false"].map((word) => [word, ""] as const));
  if (isTimeKind(kind)) return [...inputs(vocabulary, "moment"), ...inputs(vocabulary, "number")];
  const fitting = inputs(vocabulary, kind === "number" ? "number" : kind === "text" ? "text" : "any");
  if (compared === null || kind === "number") return fitting;
  const relation = compared.event?.relation ?? null;
  const from = `${compared.name}${compared.event ? ` of ${compared.event.words}` : ""}`;
  const texts = known.values(compared.name, relation).map((value): Offering => {
    const text = `'${value.replaceAll("'", "''")}'`;
    return { text, label: text, kind: "value", detail: from };
  });
  return [...texts, ...fitting];
}

/** A column's kind of type, null where that is not known; a measure is a number. */
function kindOf(compared: Compared | null, vocabulary: Vocabulary): TypeKind | null {
  if (compared === null || compared.name === "") return "number";
  const columns = compared.event?.columns ?? vocabulary.attributes;
  const type = columns.find((column) => column.name === compared.name)?.type;
  return type === undefined ? null : kindOfType(type);
}

function isTimeKind(kind: TypeKind | null): boolean {
  return kind !== null && isTime(kind);
}

function attributes(columns: readonly Column[]): Offering[] {
  return columns.map(({ name, type }) => ({
    text: `${printColumn(name)} `,
    label: name,
    kind: "attribute",
    detail: type.toLowerCase(),
  }));
}

function properties({ columns, words: of }: EventWord): Offering[] {
  return columns.map(({ name, type }) => ({
    text: `${printColumn(name)} `,
    label: name,
    kind: "property",
    detail: `${type.toLowerCase()}, of ${of}`,
  }));
}

function events({ events }: Vocabulary): Offering[] {
  return events.map(({ words, relation }) => ({
    text: `${printName(words)} `,
    label: words,
    kind: "event",
    detail: relation,
  }));
}

/** `amount of placed order`, for every column that the measure can be taken of. */
function measured(how: string, { events }: Vocabulary): Offering[] {
  const ofEveryType = how === "distinct" || how === "most frequent";
  return events.flatMap(({ words, columns }) =>
    columns
      .filter(
        ({ type }) =>
          ofEveryType ||
          kindOfType(type) === "number" ||
          ((how === "min" || how === "max") && isTimeKind(kindOfType(type))),
      )
      .map(({ name, type }): Offering => {
        const text = `${printColumn(name)} of ${printName(words)} `;
        return { text, label: text.trim(), kind: "property", detail: type.toLowerCase() };
      }),
  );
}

function segments({ segments }: Vocabulary): Offering[] {
  return segments.map(({ cell, name }) => {
    const several = segments.some((other) => other.name === name && other.cell !== cell);
    const text = several ? `${cell}.${printName(name)}` : printName(name);
    return { text: `${text} `, label: several ? `${cell}.${name}` : name, kind: "segment", detail: cell };
  });
}

function inputs({ inputs }: Vocabulary, wanted: "moment" | "number" | "text" | "any"): Offering[] {
  return inputs
    .filter((input) => wanted === "any" || giving(input) === wanted)
    .map(({ name, type, value }) => ({
      text: `$${name}`,
      label: `$${name}`,
      kind: "input",
      detail: value === null ? type : `${type}, now ${value}`,
    }));
}

function giving({ type, value }: InputValue): "moment" | "number" | "text" | "boolean" {
  if (type === "date" || type === "timestamp") return "moment";
  if (type === "choice") return typeof value === "number" ? "number" : "text";
  return type;
}

function words(phrases: readonly Phrase[]): Offering[] {
  return phrases.map(([text, detail]) => ({ text, label: text.trim(), kind: "word", detail }));
}

import { literal } from "../../language/quote.ts";
import { type DecimalMark, fromText } from "./convert.ts";

/** A type that a column of text may turn out to have. The first one that fits every value is taken. */
export interface Candidate {
  readonly type: string;
  /** SQL that is true where a text is written as a value of the type always is. */
  fits(text: string, mark: DecimalMark): string;
}

const match = (text: string, pattern: string) => `regexp_full_match(${text}, ${literal(pattern)})`;

/** Texts that a number would not give back, such as `007`, `+49…` or ids beyond a BIGINT, stay text. */
const INTEGER = "-?(?:0|[1-9]\\d{0,17})";
/** A double holds so many digits before its point. */
const WHOLE_PART = "-?(?:0|[1-9]\\d{0,14})";

const valid = (text: string, type: string, pattern: string) =>
  `(${match(text, pattern)} AND ${fromText(text, type, null)} IS NOT NULL)`;

const DATE = "\\d{4}-\\d{2}-\\d{2}";
const CLOCK = "\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,6})?)?";

export const CANDIDATES: readonly Candidate[] = [
  { type: "BOOLEAN", fits: (text) => `lower(${text}) IN ('true', 'false')` },
  { type: "BIGINT", fits: (text) => match(text, INTEGER) },
  {
    type: "DOUBLE",
    fits(text, mark) {
      const point = mark === "," ? "," : "\\.";
      const group = mark === "," ? "\\." : ",";
      const whole = mark === null ? WHOLE_PART : `(?:${WHOLE_PART}|-?[1-9]\\d{0,2}(?:${group}\\d{3})+)`;
      return match(text, `(?:${whole}(?:${point}\\d+)?|-?${point}\\d+)(?:[eE][-+]?\\d{1,3})?`);
    },
  },
  { type: "DATE", fits: (text) => valid(text, "DATE", DATE) },
  { type: "TIMESTAMP", fits: (text) => valid(text, "TIMESTAMP", `${DATE}(?:[T ]${CLOCK})?`) },
  {
    type: "TIMESTAMP WITH TIME ZONE",
    fits: (text) => valid(text, "TIMESTAMP WITH TIME ZONE", `${DATE}[T ]${CLOCK} ?(?:Z|[-+]\\d{2}(?::?\\d{2})?)`),
  },
];

/** How many values a column of a file has, and how many of them fit each candidate. */
export interface Tally {
  readonly present: number;
  readonly fitting: ReadonlyMap<string, number>;
}

/** The type of all the values; null where there are none. */
export function typeOf({ present, fitting }: Tally): string | null {
  if (present === 0) return null;
  return CANDIDATES.find(({ type }) => fitting.get(type) === present)?.type ?? "VARCHAR";
}

/** The type that nearly all values have, where a few stand in the way; null where no type comes near. */
export function nearlyType({ present, fitting }: Tally): string | null {
  if (typeOf({ present, fitting }) !== "VARCHAR") return null;
  const near = CANDIDATES.map(({ type }) => ({ type, share: (fitting.get(type) ?? 0) / present }));
  const best = near.reduce((a, b) => (b.share > a.share ? b : a));
  return best.share >= 0.99 ? best.type : null;
}

/** What the columns of several files, each with a tally of its own, come to together. */
export function added(tallies: readonly Tally[]): Tally {
  const fitting = new Map<string, number>();
  for (const tally of tallies) {
    for (const [type, count] of tally.fitting) fitting.set(type, (fitting.get(type) ?? 0) + count);
  }
  return { present: tallies.reduce((sum, tally) => sum + tally.present, 0), fitting };
}

/** A type that holds the values of both exactly; null where there is none. */
export function commonType(a: string, b: string): string | null {
  if (a === b) return a;
  const order = WIDENING.find((types) => types.includes(a) && types.includes(b));
  if (order === undefined) return null;
  return order.indexOf(a) > order.indexOf(b) ? a : b;
}

const WIDENING = [
  ["TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT"],
  ["UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT"],
  ["TINYINT", "SMALLINT", "INTEGER", "DOUBLE"],
  ["FLOAT", "DOUBLE"],
  ["DATE", "TIMESTAMP"],
];

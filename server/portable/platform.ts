import { fromDouble } from "../language/decimal.ts";
import { stretchOf } from "../language/moment.ts";
import { printRule } from "../language/print-rule.ts";
import type { Duration, Moment, NumberValue, Rule, Step, Times } from "../language/tree.ts";
import { kindOf, type TypeKind } from "../language/types.ts";
import type { Vocabulary } from "../language/vocabulary.ts";
import { eventOf } from "./names.ts";
import type { Remarks } from "./remark.ts";

/** What a rule is written for on a platform. */
export interface Platform {
  readonly name: string;
  readonly vocabulary: Vocabulary;
  /** IANA name of the notebook's zone. */
  readonly zone: string;
  readonly remarks: Remarks;
  /** Our names → theirs. */
  readonly map: ReadonlyMap<string, string>;
}

/** Says that the platform can't say something; gives null, so that it can stand for what would have been written. */
export function unsaid(platform: Platform, rule: Rule, what: string, hint: string): null {
  return platform.remarks.error(printRule(rule), {
    code: "not-said-there",
    message: `${platform.name} does not say ${what}.`,
    hint,
  });
}

/** Their name of an attribute or a property. */
export function columnName({ map }: Platform, name: string): string {
  return map.get(name) ?? name;
}

/** Their id of an event or a segment; the name itself, with a note, where nobody has said it. */
export function idOf({ name: platform, map, remarks }: Platform, what: "event" | "segment", name: string): string {
  const mapped = map.get(name);
  if (mapped !== undefined) return mapped;
  remarks.note(name, {
    code: "name-for-id",
    message: `${platform} knows ${what}s by ids; \`${name}\` stands in its place.`,
    hint: `Say the id: --map '${name}=id'.`,
  });
  return name;
}

/** A number as JSON's; null where its digits are too many for one. */
export function jsonNumber(platform: Platform, rule: Rule, { value }: NumberValue): number | null {
  const double = Number(value);
  if (fromDouble(double) === value) return double;
  return unsaid(platform, rule, `${value} exactly`, "It has more digits than JSON's numbers.");
}

/** Counts and lengths are whole numbers by now: inputs have been given their values. */
export function countOf({ count }: Duration): number {
  return count.kind === "number" ? Number(count.value) : 0;
}

/** Where a date or time begins and ends, in milliseconds since 1970; `end` is `start` for a point of time. */
export function spanOf(platform: Platform, moment: Moment): { start: number; end: number; isDay: boolean } {
  const stretch = stretchOf(moment.kind === "moment" ? moment.text : "", platform.zone);
  const start = stretch?.start.epochMilliseconds ?? Number.NaN;
  return { start, end: stretch?.end?.epochMilliseconds ?? start, isDay: stretch?.end != null };
}

/** How often it happened at least and at most; null for no limit. */
export function rangeOf(times: Times | null): { least: number; most: number | null } {
  if (times === null) return { least: 1, most: null };
  const count = times.count?.kind === "number" ? Number(times.count.value) : 0;
  switch (times.how) {
    case "never":
      return { least: 0, most: 0 };
    case "at least":
      return { least: count, most: null };
    case "more than":
      return { least: count + 1, most: null };
    case "at most":
      return { least: 0, most: count };
    case "fewer than":
      return { least: 0, most: count - 1 };
    case "exactly":
      return { least: count, most: count };
  }
}

/** What a column of the people, or of an event, holds. */
export function kindOfColumn({ vocabulary }: Platform, name: string, step: Step | null): TypeKind {
  const columns = step === null ? vocabulary.attributes : (eventOf(vocabulary, step)?.columns ?? []);
  return kindOf(columns.find((column) => column.name === name)?.type ?? "");
}

import type { Unit } from "./tree.ts";

/** The language's own words. A name that holds one of them is printed in backticks. */
export const KEYWORDS: ReadonlySet<string> = new Set(
  `and or not between in contains starts ends with is known before after on the last next ago anniversary
   where at least most exactly more than fewer less times time never then within of since first
   sum average median min max distinct count stddev frequent days segment entered left event attribute true false
   minute minutes hour hours day week weeks month months quarter quarters year years`.split(/\s+/),
);

/**
 * Phrases that end a name that is not known, so that the rest of the text can still be read. Words that mean something
 * only together, as AT LEAST does, leave a column called `at` alone.
 */
export const BREAKS: readonly string[] =
  `and|or|not|between|in|contains|starts with|ends with|is|before|after|on|where|at least|at most|exactly|more than|fewer than|less than|never|then|within|of|anniversary`.split(
    "|",
  );

export const MEASURES = ["sum", "average", "median", "min", "max", "distinct"] as const;

const UNITS = ["minute", "hour", "day", "week", "month", "quarter", "year"] as const;

/** The unit that a word stands for, singular or plural, in any case. */
export function unitOf(word: string): Unit | null {
  const lower = word.toLowerCase();
  return UNITS.find((unit) => lower === unit || lower === `${unit}s`) ?? null;
}

/** A name's words, by which names are compared: `Total Spend`, `total_spend` and `total-spend` are one. */
export function wordsOf(name: string): string[] {
  return name
    .normalize("NFC")
    .toLowerCase()
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== "");
}

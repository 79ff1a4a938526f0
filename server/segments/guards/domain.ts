import { ALL, both, holdNothing, type Intervals, without } from "./intervals.ts";

/** What a thing that a rule speaks of may still be: missing, and which values. */
export interface Domain {
  readonly mayBeMissing: boolean;
  /** Digits behind the point that its numbers have; null where they have any number of them. */
  readonly scale: number | null;
  readonly numbers: Intervals;
  /** The only texts that it may be; null for any. */
  readonly texts: ReadonlySet<string> | null;
  readonly denied: ReadonlySet<string>;
  /** Tests on its text that have a known outcome, by what they ask. */
  readonly tests: ReadonlyMap<string, Tested>;
}

export interface Tested {
  readonly passes: (text: string) => boolean;
  readonly wanted: boolean;
}

/** Values of one thing, as a condition singles them out. */
export type Values =
  | { readonly kind: "numbers"; readonly intervals: Intervals }
  | { readonly kind: "texts"; readonly texts: readonly string[]; readonly isNot: boolean }
  | {
      readonly kind: "test";
      readonly asks: string;
      readonly passes: (text: string) => boolean;
      readonly isNot: boolean;
    }
  | { readonly kind: "none" };

/** A thing of which nothing is known yet. */
export const ANYTHING: Domain = {
  mayBeMissing: true,
  scale: null,
  numbers: ALL,
  texts: null,
  denied: new Set(),
  tests: new Map(),
};

/** The thing has one of the values; what is missing has none. */
export function having(domain: Domain, values: Values): Domain {
  return among({ ...domain, mayBeMissing: false }, values);
}

/** The thing has none of the values: another one, or it is missing. */
export function lacking(domain: Domain, values: Values): Domain {
  switch (values.kind) {
    case "numbers":
      return among(domain, { kind: "numbers", intervals: without(values.intervals) });
    case "none":
      return domain;
    default:
      return among(domain, { ...values, isNot: !values.isNot });
  }
}

export function known(domain: Domain): Domain {
  return { ...domain, mayBeMissing: false };
}

export function missing(domain: Domain): Domain {
  return { ...domain, numbers: [], texts: new Set() };
}

/** Whether it can be nothing at all, not even missing. */
export function isImpossible(domain: Domain): boolean {
  if (domain.mayBeMissing) return false;
  const { texts, denied, tests } = domain;
  if (holdNothing(domain.numbers, domain.scale)) return true;
  if (texts === null) return false;
  const fits = (text: string) => [...tests.values()].every(({ passes, wanted }) => passes(text) === wanted);
  return ![...texts].some((text) => !denied.has(text) && fits(text));
}

function among(domain: Domain, values: Values): Domain {
  switch (values.kind) {
    case "none":
      return missing(domain);
    case "numbers":
      return { ...domain, numbers: both(domain.numbers, values.intervals) };
    case "texts": {
      const { texts } = domain;
      if (values.isNot) return { ...domain, denied: new Set([...domain.denied, ...values.texts]) };
      return { ...domain, texts: new Set(values.texts.filter((text) => texts === null || texts.has(text))) };
    }
    case "test": {
      const wanted = !values.isNot;
      // Asked twice with two outcomes, no text will do.
      if (domain.tests.get(values.asks)?.wanted === !wanted) return missing(domain);
      return { ...domain, tests: new Map([...domain.tests, [values.asks, { passes: values.passes, wanted }]]) };
    }
  }
}

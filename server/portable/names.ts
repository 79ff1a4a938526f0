import { findColumn } from "../language/find-name.ts";
import { nearest } from "../language/nearest.ts";
import type { SegmentName, Step, Subject } from "../language/tree.ts";
import type { Column, EventWord, Vocabulary } from "../language/vocabulary.ts";
import { wordsOf } from "../language/words.ts";
import { NOWHERE, subject } from "./build.ts";
import type { Remarks, UnknownName } from "./remark.ts";

/** Their names, and what they are called here. */
export interface Names {
  readonly vocabulary: Vocabulary;
  /** Theirs → ours. */
  readonly map: ReadonlyMap<string, string>;
  readonly remarks: Remarks;
  readonly unknown: UnknownName[];
}

/** A column by their name; one that is not there is told, and stands in for itself so that the rest can be read. */
export function columnNamed(names: Names, theirs: string, { step, at }: { step: Step | null; at: string }): Subject {
  const columns = step === null ? names.vocabulary.attributes : propertiesOf(names, step);
  const found = findColumn(columns, ours(names, theirs));
  if (found !== null) return subject(found.name);
  const what = step === null ? "attribute" : "property";
  const known = columns.map(({ name }) => name);
  // Of an event that is not known itself nothing can be said.
  const isKnown = step === null || eventOf(names.vocabulary, step) !== null;
  if (isKnown) missing(names, { what, theirs, at, known });
  return subject(theirs);
}

export function stepNamed(names: Names, theirs: string, at: string): Step {
  const wanted = wordsOf(ours(names, theirs)).join(" ");
  const { events } = names.vocabulary;
  const found = events.find((event) => wordsOf(event.words).join(" ") === wanted);
  if (found === undefined) missing(names, { what: "event", theirs, at, known: events.map(({ words }) => words) });
  return { words: found?.words ?? theirs, relation: found?.relation ?? "", marked: false, where: null, ...NOWHERE };
}

export function segmentNamed(names: Names, theirs: string, at: string): SegmentName {
  const wanted = ours(names, theirs);
  const { segments } = names.vocabulary;
  const same = (one: { cell: string; name: string }) => one.name === wanted || `${one.cell}.${one.name}` === wanted;
  const found = segments.filter(same);
  const [first] = found;
  if (first === undefined) missing(names, { what: "segment", theirs, at, known: segments.map(({ name }) => name) });
  if (found.length > 1) {
    names.remarks.error(at, {
      code: "ambiguous-segment",
      message: `Several cells have a segment \`${wanted}\`.`,
      hint: `Say which: --map '${theirs}=${first?.cell}.${first?.name}'.`,
    });
  }
  const isTwofold = segments.filter((one) => one.name === first?.name).length > 1;
  return { cell: first?.cell ?? "", name: first?.name ?? theirs, qualified: isTwofold, ...NOWHERE };
}

/** The column itself, for its type. */
export function columnOf(names: Names, { name }: Subject, step: Step | null): Column | null {
  const columns = step === null ? names.vocabulary.attributes : propertiesOf(names, step);
  return columns.find((column) => column.name === name) ?? null;
}

export function eventOf(vocabulary: Vocabulary, { words, relation }: Step): EventWord | null {
  return vocabulary.events.find((event) => event.words === words && event.relation === relation) ?? null;
}

function propertiesOf({ vocabulary }: Names, step: Step): readonly Column[] {
  return eventOf(vocabulary, step)?.columns ?? [];
}

function ours({ map }: Names, theirs: string): string {
  return map.get(theirs) ?? theirs;
}

type Missing = Omit<UnknownName, "near">;

function missing({ remarks, unknown, map }: Names, { what, theirs, at, known }: Missing): void {
  const called = map.get(theirs) ?? theirs;
  const near = nearest(called, known);
  if (!unknown.some((one) => one.what === what && one.theirs === theirs))
    unknown.push({ what, theirs, at, near, known: [...new Set(known)] });
  const meant = near.length > 0 ? `Did you mean ${near.map((name) => `\`${name}\``).join(" or ")}? ` : "";
  remarks.error(at, {
    code: `unknown-${what}`,
    message: `The notebook has no ${what} \`${called}\`.`,
    hint: `${meant}Say what it is called here: --map '${theirs}=${near[0] ?? "name"}'.`,
  });
}

import { kindOf } from "../../../server/language/types.ts";
import { wordsOf } from "../../../server/language/words.ts";
import { freshCondition } from "./column-operators.ts";
import { keyOf } from "./event-fields.ts";
import { freshEvent, freshStep, mannerOf, stepOf, withManner, withStep } from "./event-manners.ts";
import { type Knows, typeIn } from "./knows.ts";
import { type Leaf, NOWHERE } from "./model.ts";
import { segmentNamed } from "./segment-fields.ts";

/** What a condition can be about, under one heading. */
export interface Subjects {
  readonly heading: string;
  readonly choices: readonly { readonly id: string; readonly label: string }[];
}

/** Everything that a condition can be about. */
export function subjectsOf({ vocabulary }: Knows): readonly Subjects[] {
  const { events, attributes, segments } = vocabulary;
  const all = [
    {
      heading: "What people did",
      choices: events.map((event) => ({ id: `event ${keyOf(event)}`, label: event.words })),
    },
    {
      heading: "What is known of them",
      choices: attributes.map(({ name }) => ({ id: `attribute ${name}`, label: name })),
    },
    { heading: "Segments", choices: segments.length === 0 ? [] : [{ id: "segment", label: "another segment" }] },
  ];
  return all.filter(({ choices }) => choices.length > 0);
}

/** What a condition is about now; null where it has not been chosen. */
export function subjectOf(leaf: Leaf | null): { id: string; label: string } | null {
  if (leaf === null) return null;
  if ("segment" in leaf) return { id: "segment", label: "another segment" };
  if ("subject" in leaf) return { id: `attribute ${leaf.subject.name}`, label: leaf.subject.name };
  const step = stepOf(leaf);
  return { id: `event ${keyOf(step)}`, label: step.words };
}

/** The condition about something else, asked the same way where that can be. */
export function aboutAnother(leaf: Leaf | null, id: string, knows: Knows): Leaf | null {
  const { vocabulary } = knows;
  if (id === "segment") {
    const [first] = vocabulary.segments;
    return first === undefined ? null : { kind: "in segment", segment: segmentNamed(first, knows), ...NOWHERE };
  }
  const event = vocabulary.events.find((each) => `event ${keyOf(each)}` === id);
  if (event !== undefined) {
    const step = { ...freshStep(event), marked: isAmbiguous(event.words, knows) };
    if (leaf === null || "segment" in leaf || "subject" in leaf) return withStep(freshEvent(event), step);
    const manner = mannerOf(leaf).id;
    const moved = withStep(leaf, step);
    // A measure of a column that the other event lacks is taken of another column.
    const lacks =
      moved.kind === "measured" &&
      moved.measure.property !== null &&
      !event.columns.some(({ name }) => name === moved.measure.property?.name);
    return lacks ? withManner({ ...moved, measure: { ...moved.measure, property: null } }, manner, event) : moved;
  }
  const attribute = vocabulary.attributes.find(({ name }) => `attribute ${name}` === id);
  if (attribute === undefined) return leaf;
  const subject = { name: attribute.name, marked: isAmbiguous(attribute.name, knows), ...NOWHERE };
  const kind = kindOf(attribute.type);
  if (leaf === null || !("subject" in leaf)) return freshCondition(subject, kind);
  const isSame = typeIn(vocabulary.attributes, leaf.subject.name) === kind;
  return isSame ? { ...leaf, subject } : freshCondition(subject, kind);
}

/** A word that is both an event and an attribute takes `event` or `attribute` before it. */
function isAmbiguous(name: string, { vocabulary }: Knows): boolean {
  const words = wordsIn(name);
  const isEvent = vocabulary.events.some((event) => wordsIn(event.words) === words);
  return isEvent && vocabulary.attributes.some((column) => wordsIn(column.name) === words);
}

function wordsIn(name: string): string {
  return wordsOf(name).join(" ");
}

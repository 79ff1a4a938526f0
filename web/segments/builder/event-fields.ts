import { html, nothing } from "lit";
import type { EventCondition, Measure, Operand, Rule, Step } from "../../../server/language/tree.ts";
import type { TypeKind } from "../../../server/language/types.ts";
import type { EventWord } from "../../../server/language/vocabulary.ts";
import { choiceField, word } from "./choice-field.ts";
import { operandField } from "./column-fields.ts";
import { durationField, quantityField } from "./duration-field.ts";
import {
  freshStep,
  mannerOf,
  mannersFor,
  measurable,
  stepOf,
  windowOf,
  withManner,
  withStep,
  withWindow,
} from "./event-manners.ts";
import { eventOf, type Knows, offeredBy, typeIn } from "./knows.ts";
import { TESTS, testOf, withTest } from "./measure-tests.ts";
import { NOWHERE } from "./model.ts";
import { whereFields } from "./where-fields.ts";
import { windowField } from "./window-field.ts";

/** What is asked of an event: how, of which of them, and when; the event itself is chosen before it. */
export function eventFields(condition: EventCondition, knows: Knows, changed: (condition: EventCondition) => void) {
  const step = stepOf(condition);
  const event = eventOf(knows.vocabulary, step);
  return html`${choiceField({
    label: `What of ${step.words}`,
    value: mannerOf(condition),
    choices: mannersFor(event),
    disabled: knows.readOnly,
    chosen: (id) => changed(withManner(condition, id, event)),
  })}
  ${counting(condition, knows, changed)} ${measuring(condition, knows, { event, changed })}
  ${condition.kind === "sequence" ? sequence(condition, knows, changed) : whereOf(step, event, knows, (where) => changed(withStep(condition, { ...step, where })))}
  ${windowField(windowOf(condition), knows, {
    column: event === null ? null : offeredBy(event, event.at),
    range: "open",
    changed: (window) => changed(withWindow(condition, window)),
  })}`;
}

function counting(condition: EventCondition, knows: Knows, changed: (condition: EventCondition) => void) {
  if (condition.kind !== "happened" || condition.times?.count == null) return nothing;
  const { times } = condition;
  return html`${quantityField(times.count ?? { kind: "number", value: "1", notation: "plain", ...NOWHERE }, knows, {
    label: "How many times",
    changed: (count) => changed({ ...condition, times: { ...times, count } }),
  })}
  ${word("times")}`;
}

function measuring(
  condition: EventCondition,
  knows: Knows,
  { event, changed }: { event: EventWord | null; changed: (condition: EventCondition) => void },
) {
  if (condition.kind !== "measured") return nothing;
  const { measure, test } = condition;
  const kind = kindOfMeasure(measure, event);
  const value = (operand: Operand, label: string, put: (value: Operand) => EventCondition) =>
    operandField(operand, knows, { kind, column: null, label, changed: (next) => changed(put(next)) });
  return html`${propertyField(measure, knows, {
    event,
    changed: (name) =>
      changed({ ...condition, measure: { ...measure, property: { name, marked: false, ...NOWHERE } } }),
  })}
  ${choiceField({
    label: "How it is compared",
    value: testOf(test),
    choices: TESTS,
    disabled: knows.readOnly,
    chosen: (id) => changed({ ...condition, test: withTest(test, id) }),
  })}
  ${
    test.kind === "compare"
      ? value(test.value, "Compared with", (next) => ({ ...condition, test: { ...test, value: next } }))
      : html`${value(test.low, "Least", (low) => ({ ...condition, test: { ...test, low } }))} ${word("and")}
        ${value(test.high, "Most", (high) => ({ ...condition, test: { ...test, high } }))}`
  }`;
}

function propertyField(
  { how, property, step }: Measure,
  knows: Knows,
  { event, changed }: { event: EventWord | null; changed: (name: string) => void },
) {
  if (property === null) return nothing;
  return choiceField({
    label: `Column of ${step.words}`,
    value: { id: property.name, label: property.name },
    choices: measurable(event?.columns ?? [], how).map(({ name }) => ({ id: name, label: name })),
    disabled: knows.readOnly,
    chosen: changed,
  });
}

/** The events that follow, each with its own conditions, and how soon. */
function sequence(
  condition: EventCondition & { kind: "sequence" },
  knows: Knows,
  changed: (condition: EventCondition) => void,
) {
  const { steps } = condition;
  const put = (next: readonly Step[]) => changed({ ...condition, steps: next });
  const words = knows.vocabulary.events.map((event) => ({ id: keyOf(event), label: event.words, event }));
  return html`${steps.map((step, place) => {
    const event = eventOf(knows.vocabulary, step);
    const where = whereOf(step, event, knows, (next) => put(steps.with(place, { ...step, where: next })));
    if (place === 0) return where;
    return html`<span class="one">
      ${word("then")}
      ${choiceField({
        label: `Step ${place + 1}`,
        value: { id: keyOf(step), label: step.words },
        choices: words,
        disabled: knows.readOnly,
        chosen: (id) => {
          const chosen = words.find((each) => each.id === id)?.event;
          if (chosen !== undefined) put(steps.with(place, freshStep(chosen)));
        },
      })}
      ${where}
      ${
        steps.length <= 2 || knows.readOnly
          ? nothing
          : html`<button class="drop" aria-label=${`Remove step ${place + 1}`} @click=${() => put(steps.toSpliced(place, 1))}>×</button>`
      }
    </span>`;
  })}
  ${knows.readOnly ? nothing : html`<button class="add" @click=${() => put([...steps, ...steps.slice(-1)])}>then …</button>`}
  ${word("within")}
  ${durationField(condition.within, knows, { label: "Within", changed: (within) => changed({ ...condition, within }) })}`;
}

function whereOf(step: Step, event: EventWord | null, knows: Knows, put: (where: Rule | null) => void) {
  return event === null ? nothing : whereFields(step.where, knows, { event, put });
}

/** Names an event among all. */
export function keyOf({ words, relation }: { words: string; relation: string }): string {
  return `${relation} ${words}`;
}

function kindOfMeasure({ how, property }: Measure, event: EventWord | null): TypeKind {
  if ((how !== "min" && how !== "max") || property === null) return "number";
  return typeIn(event?.columns ?? [], property.name);
}

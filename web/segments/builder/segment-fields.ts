import { html } from "lit";
import type { SegmentCondition, SegmentName } from "../../../server/language/tree.ts";
import type { Vocabulary } from "../../../server/language/vocabulary.ts";
import { choiceField, word } from "./choice-field.ts";
import { DAYS } from "./column-operators.ts";
import type { Knows } from "./knows.ts";
import { NOWHERE } from "./model.ts";
import { windowField } from "./window-field.ts";

const HOW = [
  { id: "in segment", label: "is in" },
  { id: "entered", label: "entered" },
  { id: "left", label: "left" },
];

/** Which segment, and whether one is in it, came into it or left it. */
export function segmentFields(
  condition: SegmentCondition,
  knows: Knows,
  changed: (condition: SegmentCondition) => void,
) {
  const { segment } = condition;
  const choices = knows.vocabulary.segments.map(({ cell, name }) => ({
    id: JSON.stringify([cell, name]),
    label: cell === knows.cell ? name : `${name} (${cell})`,
  }));
  const id = JSON.stringify([segment.cell, segment.name]);
  return html`${choiceField({
    label: "How a segment is asked",
    value: HOW.find((each) => each.id === condition.kind) ?? { id: condition.kind, label: condition.kind },
    choices: HOW,
    disabled: knows.readOnly,
    chosen: (how) => changed(withHow(condition, how)),
  })}
  ${word("segment")}
  ${choiceField({
    label: "Segment",
    value: choices.find((each) => each.id === id) ?? { id, label: segment.name },
    choices,
    disabled: knows.readOnly,
    chosen: (chosen) => {
      const found = knows.vocabulary.segments.find((each) => JSON.stringify([each.cell, each.name]) === chosen);
      if (found !== undefined) changed({ ...condition, segment: segmentNamed(found, knows) });
    },
  })}
  ${
    condition.kind === "in segment"
      ? ""
      : windowField(condition.window, knows, {
          column: null,
          range: "bounded",
          changed: (window) => changed(window === null ? condition : { ...condition, window }),
        })
  }`;
}

/** A segment's name as a rule writes it: with its cell only where another cell has one of that name. */
export function segmentNamed(
  { cell, name }: { cell: string; name: string },
  { vocabulary }: { vocabulary: Vocabulary },
): SegmentName {
  const isOne = vocabulary.segments.filter((each) => each.name === name).length === 1;
  return { cell, name, qualified: !isOne, ...NOWHERE };
}

function withHow(condition: SegmentCondition, how: string): SegmentCondition {
  const { segment } = condition;
  if (how !== "entered" && how !== "left") return { kind: "in segment", segment, ...NOWHERE };
  const window =
    condition.kind === "in segment" ? { kind: "last" as const, duration: DAYS, ...NOWHERE } : condition.window;
  return { kind: how, segment, window, ...NOWHERE };
}

import { html } from "lit";
import type { Duration, Moment, Operand, Quantity, Unit } from "../../../server/language/tree.ts";
import type { OfferedColumn } from "../../state/offered-values.ts";
import { choiceField } from "./choice-field.ts";
import type { Knows } from "./knows.ts";
import "./operand.ts";

const UNITS: readonly Unit[] = ["minute", "hour", "day", "week", "month", "quarter", "year"];

/** So many units. */
export function durationField(
  duration: Duration,
  knows: Knows,
  { label, changed }: { label: string; changed: (duration: Duration) => void },
) {
  return html`${quantityField(duration.count, knows, { label, changed: (count) => changed({ ...duration, count }) })}
  ${choiceField({
    label: `Unit of ${label}`,
    value: { id: duration.unit, label: `${duration.unit}s` },
    choices: UNITS.map((unit) => ({ id: unit, label: `${unit}s` })),
    disabled: knows.readOnly,
    chosen: (unit) => changed({ ...duration, unit: UNITS.find((each) => each === unit) ?? duration.unit }),
  })}`;
}

/** A whole number that is not below 0, or an input that holds one. */
export function quantityField(
  count: Quantity,
  knows: Knows,
  { label, changed }: { label: string; changed: (count: Quantity) => void },
) {
  return html`<seg-operand
    kind="number"
    label=${label}
    .value=${count}
    .inputs=${knows.vocabulary.inputs}
    ?disabled=${knows.readOnly}
    @operand=${(event: CustomEvent<{ value: Operand }>) => {
      event.stopPropagation();
      const { value } = event.detail;
      if (value.kind === "input" || (value.kind === "number" && /^\d+$/.test(value.value))) changed(value);
    }}
  ></seg-operand>`;
}

/** A day or a moment. */
export function momentField(
  moment: Moment,
  knows: Knows,
  { label, column, changed }: { label: string; column: OfferedColumn | null; changed: (moment: Moment) => void },
) {
  return html`<seg-operand
    kind="timestamp"
    label=${label}
    .value=${moment}
    .inputs=${knows.vocabulary.inputs}
    .offered=${knows.offered}
    .column=${column}
    ?disabled=${knows.readOnly}
    @operand=${(event: CustomEvent<{ value: Operand }>) => {
      event.stopPropagation();
      const { value } = event.detail;
      if (value.kind === "input" || value.kind === "moment") changed(value);
    }}
  ></seg-operand>`;
}

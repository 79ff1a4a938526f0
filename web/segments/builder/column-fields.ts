import { html } from "lit";
import type { ColumnCondition, Operand } from "../../../server/language/tree.ts";
import { isTime, type TypeKind } from "../../../server/language/types.ts";
import type { OfferedColumn } from "../../state/offered-values.ts";
import { choiceField, word } from "./choice-field.ts";
import { freshValue, operatorOf, operatorsFor, withOperator } from "./column-operators.ts";
import { durationField, momentField } from "./duration-field.ts";
import type { Knows } from "./knows.ts";
import "./operand.ts";

/** How a column is compared, and with what; the column itself is chosen before it. */
export function columnFields(
  condition: ColumnCondition,
  knows: Knows,
  { kind, column, changed }: { kind: TypeKind; column: OfferedColumn; changed: (condition: ColumnCondition) => void },
) {
  const about = condition.subject.name;
  return html`${choiceField({
    label: `How ${about} is compared`,
    value: operatorOf(condition),
    choices: operatorsFor(kind),
    disabled: knows.readOnly,
    chosen: (id) => changed(withOperator(condition, id, kind)),
  })}
  ${operands(condition, knows, { kind, column, changed })}`;
}

interface Around {
  readonly kind: TypeKind;
  readonly column: OfferedColumn;
  readonly changed: (condition: ColumnCondition) => void;
}

function operands(condition: ColumnCondition, knows: Knows, { kind, column, changed }: Around) {
  const about = condition.subject.name;
  const one = (value: Operand, label: string, put: (value: Operand) => ColumnCondition) =>
    operandField(value, knows, { kind: kindFor(kind, value), column, label, changed: (next) => changed(put(next)) });
  switch (condition.kind) {
    case "compare":
      return one(condition.value, `Value of ${about}`, (value) => ({ ...condition, value }));
    case "matches":
      return one(condition.value, `Text in ${about}`, (value) => ({ ...condition, value }));
    case "between":
      return html`${one(condition.low, `Least ${about}`, (low) => ({ ...condition, low }))} ${word("and")}
      ${one(condition.high, `Most ${about}`, (high) => ({ ...condition, high }))}`;
    case "among":
      return amongFields(condition, knows, { kind, column, changed });
    case "date":
      return momentField(condition.moment, knows, {
        label: `Date of ${about}`,
        column,
        changed: (moment) => changed({ ...condition, moment }),
      });
    case "ago":
      return html`${durationField(condition.duration, knows, {
        label: "How long ago",
        changed: (duration) => changed({ ...condition, duration }),
      })}
      ${word("ago")}`;
    case "recent":
      return durationField(condition.duration, knows, {
        label: "How long back",
        changed: (duration) => changed({ ...condition, duration }),
      });
    case "anniversary":
      return durationField(condition.duration, knows, {
        label: "How soon",
        changed: (duration) => changed({ ...condition, duration }),
      });
    case "known":
      return "";
  }
}

function amongFields(condition: ColumnCondition & { kind: "among" }, knows: Knows, { kind, column, changed }: Around) {
  const { values } = condition;
  const put = (next: readonly Operand[]) => changed({ ...condition, values: next });
  return html`${values.map(
    (value, place) => html`<span class="one">
      ${operandField(value, knows, {
        kind: kindFor(kind, value),
        column,
        label: `Value ${place + 1} of ${condition.subject.name}`,
        changed: (next) => put(values.with(place, next)),
      })}
      ${
        values.length === 1 || knows.readOnly
          ? ""
          : html`<button
              class="drop"
              aria-label=${`Take value ${place + 1} out`}
              @click=${() => put(values.toSpliced(place, 1))}
            >
              ×
            </button>`
      }
    </span>`,
  )}
  ${knows.readOnly ? "" : html`<button class="add" @click=${() => put([...values, freshValue(kind)])}>Add a value</button>`}`;
}

/** A value compared with what is of a type that is not known keeps its own. */
function kindFor(kind: TypeKind, value: Operand): TypeKind {
  if (kind !== "other") return kind;
  if (value.kind === "number" || value.kind === "boolean") return value.kind;
  return value.kind === "moment" ? "timestamp" : "text";
}

export function operandField(
  value: Operand,
  knows: Knows,
  {
    kind,
    column,
    label,
    changed,
  }: { kind: TypeKind; column: OfferedColumn | null; label: string; changed: (value: Operand) => void },
) {
  return html`<seg-operand
    kind=${isTime(kind) ? "timestamp" : kind}
    label=${label}
    .value=${value}
    .inputs=${knows.vocabulary.inputs}
    .offered=${knows.offered}
    .column=${column}
    ?disabled=${knows.readOnly}
    @operand=${(event: CustomEvent<{ value: Operand }>) => {
      event.stopPropagation();
      changed(event.detail.value);
    }}
  ></seg-operand>`;
}

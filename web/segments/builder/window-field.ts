import { html } from "lit";
import type { Window } from "../../../server/language/tree.ts";
import type { OfferedColumn } from "../../state/offered-values.ts";
import { choiceField, word } from "./choice-field.ts";
import { durationField, momentField } from "./duration-field.ts";
import type { Knows } from "./knows.ts";
import { WINDOWS, withWindowKind } from "./windows.ts";

/** When an event counts. `open` where it may count at any time. */
export function windowField(
  window: Window | null,
  knows: Knows,
  {
    column,
    range,
    changed,
  }: { column: OfferedColumn | null; range: "open" | "bounded"; changed: (window: Window | null) => void },
) {
  const kind = window?.kind ?? "any";
  const choices = WINDOWS.filter(({ id }) => range === "open" || id !== "any");
  return html`${choiceField({
    label: "When",
    value: choices.find(({ id }) => id === kind) ?? { id: kind, label: kind },
    choices,
    disabled: knows.readOnly,
    chosen: (id) => changed(withWindowKind(window, id)),
  })}
  ${window === null ? "" : bounds(window, knows, { column, changed })}`;
}

function bounds(
  window: Window,
  knows: Knows,
  { column, changed }: { column: OfferedColumn | null; changed: (window: Window) => void },
) {
  if ("duration" in window) {
    const label = window.kind === "last" ? "How long back" : "How long ago";
    return durationField(window.duration, knows, { label, changed: (duration) => changed({ ...window, duration }) });
  }
  if ("moment" in window) {
    const label = window.kind === "before" ? "Before" : "After";
    return momentField(window.moment, knows, { label, column, changed: (moment) => changed({ ...window, moment }) });
  }
  return html`${momentField(window.low, knows, { label: "From", column, changed: (low) => changed({ ...window, low }) })}
  ${word("and")}
  ${momentField(window.high, knows, { label: "To", column, changed: (high) => changed({ ...window, high }) })}`;
}

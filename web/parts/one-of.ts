import { html } from "lit";
import "./button.ts";

/** Quiet buttons of which one is pressed; the group around them has the name. */
export function oneOf<Value extends string>(
  entries: readonly (readonly [Value, string])[],
  now: Value,
  choose: (value: Value) => void,
) {
  return entries.map(
    ([value, words]) =>
      html`<seg-button kind="quiet" .pressed=${value === now} @click=${() => choose(value)}>${words}</seg-button>`,
  );
}

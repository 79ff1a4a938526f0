import { css } from "lit";

/** What the small forms of the inbox share. */
export const formStyle = css`
  :host {
    display: block;
    font: var(--size-2) / 1.5 var(--font);
  }
  form {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--gap-2) var(--gap-3);
  }
  label {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    color: var(--ink-2);
  }
  .long input {
    width: min(46ch, 60vw);
  }
`;

/** What the keys of a small form do: Enter sends it, Escape leaves it. */
export function formKey(does: { readonly send: (event: Event) => void; readonly leave: () => void }) {
  return (event: KeyboardEvent): void => {
    // A form of several fields without a button of its own does not send itself.
    if (event.key === "Enter" && event.target instanceof HTMLInputElement) does.send(event);
    if (event.key !== "Escape") return;
    event.preventDefault();
    does.leave();
  };
}

import { html, LitElement, nothing, type PropertyValues } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { AlertAction } from "../../../server/run/alerts/view.ts";
import "../../parts/button.ts";
import { emit } from "../../parts/emit.ts";
import { base } from "../../theme/base.ts";
import { field } from "../../theme/field.ts";
import { formKey, formStyle } from "./small-form.ts";

/** What may be said of an alert in words. */
export type Said = "known_cause" | "false_alarm" | "snooze";

const WORDS: Readonly<Record<Said, { readonly label: string; readonly hint: string; readonly button: string }>> = {
  known_cause: { label: "Cause", hint: "what it was", button: "Known cause" },
  false_alarm: { label: "Why", hint: "why it is none", button: "False alarm" },
  snooze: { label: "Note", hint: "if you like", button: "Snooze" },
};

const DAY = 86_400_000;

/** A reason for what is done about an alert. Events: `act` with the action, `cancel`. */
@customElement("seg-act-form")
export class SegActForm extends LitElement {
  static override styles = [base, field, formStyle];

  @property() said: Said = "known_cause";

  override updated(changed: PropertyValues<this>): void {
    if (changed.has("said")) this.renderRoot.querySelector("input")?.focus();
  }

  override render() {
    const { label, hint, button } = WORDS[this.said];
    // An alert sleeps until a day of the clock, however old its newest period is.
    const inDays = (days: number) => new Date(Date.now() + days * DAY).toISOString().slice(0, 10);
    return html`<form @submit=${this.#submit} @keydown=${this.#key}>
      ${
        this.said === "snooze"
          ? html`<label>Until <input name="until" type="date" required min=${inDays(1)} .value=${inDays(7)} /></label>`
          : nothing
      }
      <label class="long">${label} <input name="note" maxlength="300" placeholder=${hint} autocomplete="off" /></label>
      <seg-button kind="primary" @click=${this.#submit}>${button}</seg-button>
      <seg-button kind="quiet" @click=${() => emit(this, "cancel", null)}>Cancel</seg-button>
    </form>`;
  }

  readonly #submit = (event: Event): void => {
    event.preventDefault();
    const form = this.renderRoot.querySelector("form");
    if (form === null || !form.reportValidity()) return;
    const given = new FormData(form);
    const note = String(given.get("note") ?? "").trim();
    const action: AlertAction =
      this.said === "snooze"
        ? { do: "snooze", until: String(given.get("until")), note }
        : { do: "acknowledge", reason: this.said, note };
    emit(this, "act", action);
  };

  readonly #key = formKey({ send: this.#submit, leave: () => emit(this, "cancel", null) });
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-act-form": SegActForm;
  }
}

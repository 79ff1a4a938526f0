import { html, LitElement, nothing } from "lit";
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

const WEEK = 7 * 86_400_000;

/** A reason for what is done about an alert. Events: `act` with the action, `cancel`. */
@customElement("seg-act-form")
export class SegActForm extends LitElement {
  static override styles = [base, field, formStyle];

  @property() said: Said = "known_cause";
  /** Milliseconds since 1970, from which a snooze is counted. */
  @property({ type: Number }) now = 0;

  override firstUpdated(): void {
    this.renderRoot.querySelector("input")?.focus();
  }

  override render() {
    const { label, hint, button } = WORDS[this.said];
    const day = (weeks: number) => new Date(this.now + weeks * WEEK).toISOString().slice(0, 10);
    return html`<form @submit=${this.#submit} @keydown=${this.#key}>
      ${
        this.said === "snooze"
          ? html`<label>Until <input name="until" type="date" required min=${day(0)} .value=${day(1)} /></label>`
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

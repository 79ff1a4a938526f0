import { css, html, LitElement } from "lit";
import { customElement, property } from "lit/decorators.js";
import { metricWords } from "../../../server/figures/alert-words.ts";
import type { Scope } from "../../../server/monitor/life/model.ts";
import type { AnnotationText } from "../../../server/run/alerts/view.ts";
import "../../parts/button.ts";
import { emit } from "../../parts/emit.ts";
import { base } from "../../theme/base.ts";
import { field } from "../../theme/field.ts";
import { formKey, formStyle } from "./small-form.ts";

/** Something that happened outside the data, for one of several scopes. Events: `annotate` with the text, `cancel`. */
@customElement("seg-annotate")
export class SegAnnotate extends LitElement {
  static override styles = [
    base,
    field,
    formStyle,
    css`
      form {
        padding: var(--gap-3) 14px;
      }
    `,
  ];

  /** From the narrowest to the widest; the first is offered first. */
  @property({ attribute: false }) scopes: readonly Scope[] = [];
  /** The period that is offered, `YYYY-MM-DD`. */
  @property() period = "";

  override firstUpdated(): void {
    this.renderRoot.querySelector("input")?.focus();
  }

  override render() {
    return html`<form @submit=${this.#submit} @keydown=${this.#key} aria-label="Annotate">
      <label class="long"
        >What happened <input name="text" required maxlength="300" placeholder="new sender domain" autocomplete="off"
      /></label>
      <label>on <input name="from" type="date" required .value=${this.period} /></label>
      <label>to <input name="to" type="date" /></label>
      <label
        >for
        <select name="scope">
          ${this.scopes.map((scope, index) => html`<option value=${index}>${scopeWords(scope)}</option>`)}
        </select></label
      >
      <label><input name="rebaseline" type="checkbox" /> start evidence anew there</label>
      <seg-button kind="primary" @click=${this.#submit}>Annotate</seg-button>
      <seg-button kind="quiet" @click=${() => emit(this, "cancel", null)}>Cancel</seg-button>
    </form>`;
  }

  readonly #submit = (event: Event): void => {
    event.preventDefault();
    const form = this.renderRoot.querySelector("form");
    if (form === null || !form.reportValidity()) return;
    const given = new FormData(form);
    const scope = this.scopes[Number(given.get("scope"))];
    if (scope === undefined) return;
    const annotation: AnnotationText = {
      scope,
      from: String(given.get("from")),
      to: String(given.get("to") ?? "") || null,
      text: String(given.get("text")).trim(),
      rebaseline: given.get("rebaseline") === "on",
    };
    emit(this, "annotate", annotation);
  };

  readonly #key = formKey({ send: this.#submit, leave: () => emit(this, "cancel", null) });
}

/** `everything`, `all of watch`, `VIP`, `VIP, click rate`. */
export function scopeWords({ cell, segment, metric }: Scope): string {
  if (segment !== null) return metric === null ? segment : `${segment}, ${metricWords(metric)}`;
  if (metric !== null) return `every ${metricWords(metric)}`;
  return cell === null ? "everything" : `all of ${cell}`;
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-annotate": SegAnnotate;
  }
}

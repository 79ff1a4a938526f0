import { css, html, LitElement, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import { own } from "../../server/notebook/own.ts";
import type { InputView } from "../../server/run/view.ts";
import "../parts/button.ts";
import "../parts/input.ts";
import { repeat } from "lit/directives/repeat.js";
import { withCode } from "../parts/problem.ts";
import type { InputValue } from "../state/inputs.ts";
import type { Session } from "../state/session.ts";
import { Watch } from "../state/watchable.ts";
import { base } from "../theme/base.ts";

/** The notebook's inputs as controls; a change plans anew and runs again what showed a result. */
@customElement("seg-inputs")
export class SegInputs extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: flex;
        flex-wrap: wrap;
        align-items: end;
        gap: var(--gap-3);
        margin-bottom: var(--gap-4);
        font: var(--size-2) / 1.5 var(--font);
      }
      .faults {
        display: flex;
        flex: 1 0 100%;
        justify-content: space-between;
        align-items: start;
        gap: var(--gap-3);
        padding: var(--gap-2) 14px;
        border-radius: var(--radius);
        background: var(--failed-soft);
        color: var(--ink);
      }
      :host([empty]) {
        display: none;
      }
    `,
  ];

  @property({ attribute: false }) session: Session | null = null;
  @property({ type: Boolean, reflect: true }) empty = false;

  constructor() {
    super();
    new Watch(this, () => [this.session]);
  }

  override willUpdate(): void {
    const { session } = this;
    this.empty = (session?.plan?.inputs.length ?? 0) + (session?.addressFaults.length ?? 0) === 0;
  }

  override render() {
    const { session } = this;
    if (session === null) return nothing;
    const inputs = session.plan?.inputs ?? [];
    const changed = inputs.filter((input) => own(session.values, input.id) !== undefined);
    return html`${this.#faults(session)}
    ${repeat(
      inputs,
      (input) => input.id,
      (input) => html`<seg-input
          .type=${input.type}
          .label=${input.label}
          .value=${own(session.values, input.id) ?? input.value}
          .min=${input.min}
          .max=${input.max}
          .step=${input.step}
          .options=${input.options}
          @change=${(event: CustomEvent<{ value: InputValue }>) => this.#changed(session, input, event)}
        ></seg-input>`,
    )}
      ${
        changed.length === 0
          ? nothing
          : html`<seg-button kind="quiet" @click=${() => this.#reset(session, changed)}>Back to the notebook's values</seg-button>`
      }`;
  }

  #faults(session: Session) {
    const { addressFaults } = session;
    if (addressFaults.length === 0) return nothing;
    const many = addressFaults.length > 1;
    return html`<div class="faults" role="alert">
      <span
        >The address says ${many ? "values" : "a value"} that can't be; the notebook's own ${many ? "stand" : "stands"} instead.
        ${addressFaults.map((fault) => html`<br />${withCode(fault)}`)}</span
      >
      <seg-button kind="quiet" @click=${() => session.forgetAddressFaults()}>Dismiss</seg-button>
    </div>`;
  }

  #changed(session: Session, input: InputView, event: CustomEvent<{ value: InputValue }>): void {
    // The native event of the control inside says the same without a value.
    if (!(event instanceof CustomEvent) || event.detail === null) return;
    void session.setInput(input, event.detail.value);
  }

  #reset(session: Session, changed: readonly InputView[]): void {
    for (const input of changed) if (input.fallback !== null) void session.setInput(input, input.fallback);
    // The button that was pressed goes.
    this.renderRoot.querySelector("seg-input")?.focus();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-inputs": SegInputs;
  }
}

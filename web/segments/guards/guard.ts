import { css, html, LitElement, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { Cell } from "../../../server/notebook/model.ts";
import type { FindingView } from "../../../server/run/view.ts";
import { inBody } from "../../notebook/body-problems.ts";
import "../../parts/button.ts";
import { emit } from "../../parts/emit.ts";
import "../../parts/problem.ts";
import { base } from "../../theme/base.ts";
import { field } from "../../theme/field.ts";

/** One finding that can be accepted with a reason, or that is. Events: `accept` with `{ reason }`, `withdraw`, `show-problem`. */
@customElement("seg-guard")
export class SegGuard extends LitElement {
  static override styles = [
    base,
    field,
    css`
      :host {
        display: block;
        font: var(--size-2) / 1.5 var(--font);
      }
      form {
        display: flex;
        flex-wrap: wrap;
        align-items: end;
        gap: var(--gap-2);
        padding: 4px 14px 8px 36px;
      }
      label {
        display: grid;
        flex: 1 1 220px;
        gap: 3px;
        color: var(--ink-2);
        font-size: var(--size-1);
      }
    `,
  ];

  @property({ attribute: false }) finding: FindingView | null = null;
  /** The cell that it is found in. */
  @property({ attribute: false }) cell: Cell | null = null;
  @property({ type: Boolean }) readOnly = false;
  /** Whether the reason is being asked for. */
  @state() private asking = false;

  override render() {
    const { finding } = this;
    if (finding === null) return nothing;
    const { accepted, message } = finding;
    const [placed] = this.cell === null ? [] : inBody([finding], this.cell);
    const at = placed ?? { ...finding, line: null, column: null };
    const shown = accepted === null ? at : { ...at, severity: "note" as const, hint: `Accepted: ${accepted.reason}` };
    return html`<seg-problem .problem=${shown} @place=${() => emit(this, "show-problem", finding)}>
        ${
          this.readOnly
            ? nothing
            : html`<seg-button
                slot="action"
                kind="quiet"
                label=${`${accepted === null ? "Accept" : "Take back"}: ${message}`}
                .expanded=${accepted === null ? this.asking : null}
                @click=${this.#act}
                >${accepted === null ? "Accept…" : "Take back"}</seg-button
              >`
        }
      </seg-problem>
      ${accepted === null && this.asking ? this.#form() : nothing}`;
  }

  override updated(changed: Map<PropertyKey, unknown>): void {
    if (changed.get("asking") === false && this.asking) this.renderRoot.querySelector("input")?.focus();
  }

  #form() {
    return html`<form @submit=${this.#submit} @keydown=${this.#key}>
      <label>Why it is meant to be so <input name="reason" required autocomplete="off" /></label>
      <seg-button kind="primary" @click=${() => this.renderRoot.querySelector("form")?.requestSubmit()}>Accept</seg-button>
      <seg-button @click=${this.#leave}>Leave it</seg-button>
    </form>`;
  }

  readonly #act = (): void => {
    if (this.finding?.accepted === null) this.asking = !this.asking;
    else emit(this, "withdraw", null);
  };

  readonly #submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const reason = this.renderRoot.querySelector("input")?.value.trim() ?? "";
    if (reason === "") return;
    this.#leave();
    emit(this, "accept", { reason });
  };

  readonly #key = (event: KeyboardEvent): void => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    this.#leave();
  };

  /** The focus goes back to the button that asked. */
  readonly #leave = (): void => {
    this.asking = false;
    this.renderRoot.querySelector("seg-button")?.focus();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-guard": SegGuard;
  }
}

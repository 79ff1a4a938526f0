import { css, html, LitElement, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { ScoreOutcome } from "../../../server/figures/score-outcome.ts";
import "../../parts/button.ts";
import { emit } from "../../parts/emit.ts";
import { base } from "../../theme/base.ts";
import { field } from "../../theme/field.ts";

const WITHIN = "28 days";

/** Chooses what the bands of a score are judged by. Event: `outcome` with it, or null where there is to be none. */
@customElement("seg-outcome-chooser")
export class SegOutcomeChooser extends LitElement {
  static override styles = [
    base,
    field,
    css`
      :host {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--gap-2);
        font: var(--size-2) / 1.5 var(--font);
        color: var(--ink-2);
      }
      label {
        display: flex;
        align-items: center;
        gap: var(--gap-2);
      }
      input {
        width: 9ch;
      }
    `,
  ];

  /** Events in words, and columns of `of` that may be an outcome. */
  @property({ attribute: false }) events: readonly string[] = [];
  @property({ attribute: false }) columns: readonly string[] = [];
  @property({ attribute: false }) outcome: ScoreOutcome = null;
  @state() private chosen: string | null = null;
  @state() private within: string | null = null;

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (!changed.has("outcome")) return;
    this.chosen = null;
    this.within = null;
  }

  override render() {
    const own = choiceOf(this.outcome);
    const chosen = this.chosen ?? own ?? "";
    const events = [...new Set([...(own?.startsWith("event ") ? [own.slice(6)] : []), ...this.events])];
    return html`<label
        >Outcome
        <select
          @change=${(event: Event) => {
            this.chosen = (event.target as HTMLSelectElement).value;
          }}
        >
          <option value="" ?selected=${chosen === ""}>none</option>
          <optgroup label="Events after the score">
            ${events.map((words) => this.#option(`event ${words}`, words, chosen))}
          </optgroup>
          <optgroup label="Columns, no later than the score">
            ${this.columns.map((name) => this.#option(`column ${name}`, name, chosen))}
          </optgroup>
        </select></label
      >${
        chosen.startsWith("event ")
          ? html`<label
              >within
              <input
                .value=${this.#within}
                aria-label="How long after the score"
                aria-invalid=${this.#isStretch ? "false" : "true"}
                @input=${(event: Event) => {
                  this.within = (event.target as HTMLInputElement).value;
                }}
            /></label>`
          : nothing
      }${
        this.#isNew(chosen)
          ? html`<seg-button ?disabled=${!this.#isStretch} @click=${() => emit(this, "outcome", this.#made(chosen))}
              >${chosen === "" ? "Judge by nothing" : "Judge the bands by it"}</seg-button
            >`
          : nothing
      }`;
  }

  #option(value: string, words: string, chosen: string) {
    return html`<option value=${value} ?selected=${value === chosen}>${words}</option>`;
  }

  get #within(): string {
    const { outcome } = this;
    return this.within ?? (outcome !== null && "event" in outcome ? outcome.within : WITHIN);
  }

  get #isStretch(): boolean {
    return /^\s*[1-9]\d*\s+(minute|hour|day|week)s?\s*$/i.test(this.#within);
  }

  #isNew(chosen: string): boolean {
    return JSON.stringify(this.#made(chosen)) !== JSON.stringify(this.outcome);
  }

  #made(chosen: string): ScoreOutcome {
    if (chosen.startsWith("event ")) return { event: chosen.slice(6), within: this.#within.trim() };
    return chosen.startsWith("column ") ? { column: chosen.slice(7) } : null;
  }
}

function choiceOf(outcome: ScoreOutcome): string | null {
  if (outcome === null) return null;
  return "event" in outcome ? `event ${outcome.event}` : `column ${outcome.column}`;
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-outcome-chooser": SegOutcomeChooser;
  }
}

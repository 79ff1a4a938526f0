import { html, LitElement, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import { type Around, columnName, missingFor, rolesOf, unfitFor } from "../../../server/language/ready/choose.ts";
import { READY, type ReadyFeature, type ReadySet } from "../../../server/language/ready/features.ts";
import { candidatesOf, ROLES, type Role, type Roles } from "../../../server/language/ready/roles.ts";
import "../../parts/button.ts";
import { emit } from "../../parts/emit.ts";
import { base } from "../../theme/base.ts";
import { field } from "../../theme/field.ts";
import { pickerStyle } from "./picker-style.ts";

export interface SetState {
  readonly around: Around;
  readonly roles: Roles;
  readonly picked: ReadonlySet<string>;
  readonly categories: readonly { readonly value: string; readonly on: boolean }[];
}

/** One set of ready features: what they are made of, and which are picked. Events: `pick-feature`, `pick-role`, `pick-category`. */
@customElement("seg-feature-set")
export class SegFeatureSet extends LitElement {
  static override styles = [base, field, pickerStyle];

  @property({ attribute: false }) name: ReadySet = "web";
  @property() label = "";
  /** Days of the window; null for all time. */
  @property({ attribute: false }) days: number | null = null;
  @property({ attribute: false }) state: SetState | null = null;

  override render() {
    const { state } = this;
    if (state === null) return nothing;
    const features = READY.filter(({ set }) => set === this.name);
    const roles = [...new Set(features.flatMap(rolesOf))];
    const ready = features.filter((feature) => this.#unready(feature, state) === null).map(({ id }) => id);
    const isAll = ready.length > 0 && ready.every((id) => state.picked.has(id));
    return html`<fieldset>
      <legend>${this.label}</legend>
      ${
        state.around.events.length === 0
          ? nothing
          : html`<div class="roles">${roles.map((role) => this.#role(role, state))}</div>`
      }
      ${
        ready.length < 2
          ? nothing
          : html`<seg-button
              class="all"
              kind="quiet"
              @click=${() => emit(this, "pick-feature", { ids: ready, on: !isAll })}
              >${isAll ? "None of them" : "All of them"}</seg-button
            >`
      }
      <div class="features">${features.map((feature) => this.#feature(feature, state))}</div>
    </fieldset>`;
  }

  #role(role: Role, { roles, around }: SetState) {
    const { label, takes, of, without } = ROLES[role];
    const candidates = candidatesOf(role, roles, around.events);
    // A column is asked for once there is something that it is of.
    if (takes === "column" && (of === null || roles[of] === undefined || candidates.length === 0)) return nothing;
    const none = without ?? (candidates.length === 0 ? "none in this notebook" : "none");
    return html`<label class="role"
      >${label}
      <select
        ?disabled=${candidates.length === 0}
        @change=${(event: Event) => emit(this, "pick-role", { role, name: (event.target as HTMLSelectElement).value })}
      >
        <option value="" ?selected=${roles[role] === undefined}>${none}</option>
        ${candidates.map((name) => html`<option value=${name} ?selected=${name === roles[role]}>${name}</option>`)}
      </select></label
    >`;
  }

  #feature(feature: ReadyFeature, state: SetState) {
    const { id, label, about } = feature;
    const unready = this.#unready(feature, state);
    const isOn = state.picked.has(id) && unready === null;
    return html`<div>
      <label class="feature ${unready === null ? "" : "off"}">
        <input
          type="checkbox"
          name=${id}
          .checked=${isOn}
          ?disabled=${unready !== null}
          @change=${(event: Event) =>
            emit(this, "pick-feature", { ids: [id], on: (event.target as HTMLInputElement).checked })}
        />
        <span><b>${label}</b> ${about}${unready === null ? nothing : html` <em>${unready}</em>`}</span>
      </label>
      ${feature.each !== undefined && isOn ? this.#values(state) : nothing}
    </div>`;
  }

  #values({ categories }: SetState) {
    return html`<fieldset class="values">
      <legend class="spoken">Categories</legend>
      ${categories.map(
        ({ value, on }) =>
          html`<label
            ><input
              type="checkbox"
              .checked=${on}
              @change=${(event: Event) =>
                emit(this, "pick-category", { value, on: (event.target as HTMLInputElement).checked })}
            />${value}</label
          >`,
      )}
      <label
        >other
        <input
          size="12"
          autocomplete="off"
          aria-label="Another category"
          @change=${(event: Event) => {
            const input = event.target as HTMLInputElement;
            if (input.value.trim() !== "") emit(this, "pick-category", { value: input.value.trim(), on: true });
            input.value = "";
          }}
      /></label>
    </fieldset>`;
  }

  /** Why a feature can't be picked; null where it can. */
  #unready(feature: ReadyFeature, { roles, around }: SetState): string | null {
    const missing = missingFor(feature, roles).map((role) => ROLES[role].label.toLowerCase());
    if (missing.length > 0) return `Needs: ${missing.join(", ")}.`;
    const unfit = unfitFor(feature, roles, around);
    if (unfit !== null) return unfit;
    return feature.each === undefined && around.columns.includes(columnName(feature, "", this.days))
      ? "In the cell already."
      : null;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-feature-set": SegFeatureSet;
  }
}

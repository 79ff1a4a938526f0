import { html, LitElement, nothing, type PropertyValues } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { choose } from "../../../server/language/ready/choose.ts";
import { READY, type ReadySet } from "../../../server/language/ready/features.ts";
import { rfmColumns } from "../../../server/language/ready/rfm-columns.ts";
import { guessRoles, type Role, type Roles } from "../../../server/language/ready/roles.ts";
import type { Problem } from "../../../server/notebook/model.ts";
import { Knowledge } from "../../notebook/completing/knowledge.ts";
import "../../parts/button.ts";
import "../../parts/dialog.ts";
import { emit } from "../../parts/emit.ts";
import "../../parts/problem.ts";
import { withReadyFeatures, writtenIn } from "../../state/ready-features.ts";
import type { Session } from "../../state/session.ts";
import { Watch } from "../../state/watchable.ts";
import { base } from "../../theme/base.ts";
import { field as fieldStyle } from "../../theme/field.ts";
import "./picker-set.ts";
import { pickerStyle } from "./picker-style.ts";
import { previewOf } from "./preview.ts";

const SETS: readonly (readonly [set: ReadySet, label: string])[] = [
  ["web", "Web"],
  ["purchases", "Purchases"],
  ["engagement", "Engagement"],
];

const WINDOWS = [30, 60, 90, 180, 365];

/** Ready features to be written into a features cell. Events: `change-text` with the text, `close`. */
@customElement("seg-feature-picker")
export class SegFeaturePicker extends LitElement {
  static override styles = [base, fieldStyle, pickerStyle];

  @property({ attribute: false }) session: Session | null = null;
  /** The features cell that they go to; null where it is closed. */
  @property({ attribute: false }) cell: string | null = null;
  @state() private picked: ReadonlySet<string> = new Set();
  /** What the reader chose for roles; an empty text leaves one out. */
  @state() private chosen: Roles = {};
  @state() private days: number | null = null;
  @state() private categories: readonly string[] | null = null;
  @state() private rfm = false;
  @state() private problem: Problem | null = null;

  constructor() {
    super();
    new Watch(this, () => [this.session]);
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("cell") || this.cell === null) return;
    this.picked = new Set();
    this.chosen = {};
    this.categories = null;
    this.rfm = false;
    this.problem = null;
  }

  override render() {
    const { session, cell } = this;
    return html`<seg-dialog
      heading=${cell === null ? "Add features" : `Add features to ${cell}`}
      .open=${cell !== null}
      @close=${(event: Event) => {
        event.stopPropagation();
        emit(this, "close", null);
      }}
    >
      ${session === null || cell === null ? nothing : html`<div class="form">${this.#form(session, cell)}</div>`}
    </seg-dialog>`;
  }

  #form(session: Session, cell: string) {
    const knows = new Knowledge(session, cell);
    const { events } = knows;
    const roles = guessRoles(events, this.chosen);
    const { entity } = session.notebook.head;
    const ids = session.notebook.cells.map(({ id }) => id);
    const written = writtenIn(session.notebook, cell);
    const ofTemplate = this.rfm || written.hasTemplate ? rfmColumns : [];
    const around = { events, entity, ids, columns: [...written.columns, ...ofTemplate] };
    const categories = this.#categories(knows, roles);
    const shares = categories.filter(({ on }) => on).map(({ value }) => value);
    const chosen = choose({ picked: [...this.picked], roles, days: this.days, categories: shares }, around);
    const rfm = this.#rfm(written, roles);
    const count = chosen.columns.length + (rfm !== null && this.rfm ? rfmColumns.length : 0);
    const set = { roles, picked: this.picked, categories, around };
    return html`${
      events.length === 0
        ? html`<p class="none">
              This notebook has no events yet. Say in a source what its rows are, as <code>event: placed order</code> with
              <code>at:</code> its time column, and they can be counted here.
            </p>`
        : nothing
    }
      <label class="window">
        Counted over
        <select
          @change=${(event: Event) => {
            const value = Number((event.target as HTMLSelectElement).value);
            this.days = value === 0 ? null : value;
          }}
        >
          <option value="0">all time</option>
          ${WINDOWS.map((days) => html`<option value=${days} ?selected=${days === this.days}>the last ${days} days</option>`)}
        </select>
      </label>
      <div
        @pick-feature=${(event: CustomEvent<{ ids: readonly string[]; on: boolean }>) => this.#pick(event.detail)}
        @pick-role=${(event: CustomEvent<{ role: Role; name: string }>) => this.#role(event.detail)}
        @pick-category=${(event: CustomEvent<{ value: string; on: boolean }>) => this.#category(event.detail, categories)}
      >
        ${SETS.map(
          ([name, label]) =>
            html`<seg-feature-set .name=${name} .label=${label} .days=${this.days} .state=${set}></seg-feature-set>`,
        )}
      </div>
      ${this.#template(written, roles)} ${previewOf(session, { chosen, rfm: this.rfm ? rfm : null })}
      ${this.problem === null ? nothing : html`<seg-problem .problem=${this.problem}></seg-problem>`}
      <div class="acts">
        <seg-button kind="quiet" @click=${() => emit(this, "close", null)}>Cancel</seg-button>
        <seg-button
          kind="primary"
          ?disabled=${count === 0}
          @click=${() => this.#add(session, { cell, chosen, rfm: this.rfm ? rfm : null })}
          >${count === 0 ? "Add features" : count === 1 ? "Add 1 feature" : `Add ${count} features`}</seg-button
        >
      </div>`;
  }

  /** What `template: rfm` would be of; null where the cell has a template or something is missing. */
  #rfm({ hasTemplate }: { hasTemplate: boolean }, { order, amount }: Roles) {
    return hasTemplate || order === undefined || amount === undefined ? null : { event: order, amount };
  }

  #template(written: { hasTemplate: boolean }, roles: Roles) {
    const rfm = this.#rfm(written, roles);
    const about = written.hasTemplate
      ? "In the cell already."
      : rfm === null
        ? "Needs an order and an amount."
        : `Recency, frequency and monetary of ${rfm.event} by ${rfm.amount}, each in fifths, and the ten groups.`;
    return html`<fieldset>
      <legend>RFM</legend>
      <label class="feature ${rfm === null ? "off" : ""}">
        <input
          type="checkbox"
          .checked=${this.rfm && rfm !== null}
          ?disabled=${rfm === null}
          @change=${(event: Event) => {
            this.rfm = (event.target as HTMLInputElement).checked;
          }}
        />
        <span><b>Scores and groups</b> ${about}</span>
      </label>
    </fieldset>`;
  }

  /** Values that may get a share of their own: those that are known, the first few chosen. */
  #categories(knows: Knowledge, { order, category }: Roles): { value: string; on: boolean }[] {
    const relation = knows.events.find(({ words }) => words === order)?.relation;
    if (relation === undefined || category === undefined) return [];
    const known = knows.values(category, relation).slice(0, MOST_CATEGORIES);
    const values = [...new Set([...known, ...(this.categories ?? [])])];
    const chosen = this.categories ?? known.slice(0, FIRST_CATEGORIES);
    return values.map((value) => ({ value, on: chosen.includes(value) }));
  }

  #pick({ ids, on }: { ids: readonly string[]; on: boolean }): void {
    const known = new Set(READY.map(({ id }) => id));
    const next = new Set(this.picked);
    for (const id of ids) if (on && known.has(id)) next.add(id);
    if (!on) for (const id of ids) next.delete(id);
    this.picked = next;
    this.problem = null;
  }

  #role({ role, name }: { role: Role; name: string }): void {
    this.chosen = { ...this.chosen, [role]: name };
    if (role === "order" || role === "category") this.categories = null;
  }

  #category({ value, on }: { value: string; on: boolean }, now: readonly { value: string; on: boolean }[]): void {
    const others = now.filter((one) => one.on && one.value !== value).map((one) => one.value);
    this.categories = on ? [...others, value] : others;
  }

  #add(session: Session, addition: Parameters<typeof withReadyFeatures>[1]): void {
    const text = withReadyFeatures(session.notebook, addition);
    if (typeof text !== "string") {
      this.problem = text;
      return;
    }
    emit(this, "change-text", { label: `Added features to ${addition.cell}`, text, run: addition.cell });
    emit(this, "close", null);
  }
}

/** Of so many categories each may have a share; the first of them have one unless the reader says otherwise. */
const MOST_CATEGORIES = 20;
const FIRST_CATEGORIES = 8;

declare global {
  interface HTMLElementTagNameMap {
    "seg-feature-picker": SegFeaturePicker;
  }
}

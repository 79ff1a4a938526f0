import { css, html, LitElement, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import { emit } from "../../parts/emit.ts";
import { Watch } from "../../state/watchable.ts";
import { base } from "../../theme/base.ts";
import { columnFields } from "./column-fields.ts";
import { eventFields } from "./event-fields.ts";
import { fieldStyle } from "./field-style.ts";
import { type Knows, typeIn } from "./knows.ts";
import type { Leaf } from "./model.ts";
import { segmentFields } from "./segment-fields.ts";
import { aboutAnother, subjectOf, subjectsOf } from "./subjects.ts";

/** One condition as fields that read like a sentence. Event: `leaf` with the changed condition. */
@customElement("seg-condition")
export class SegCondition extends LitElement {
  static override styles = [
    base,
    fieldStyle,
    css`
      :host {
        display: block;
        font: var(--size-2) / 1.5 var(--font);
      }
      .line,
      .where,
      .one,
      .inner {
        display: flex;
        flex-wrap: wrap;
        align-items: flex-start;
        gap: 4px 6px;
        min-width: 0;
      }
      .one,
      .inner {
        display: inline-flex;
      }
      .where {
        padding: 2px 0 2px 8px;
        border-left: 2px solid var(--line-strong);
      }
      .inner {
        padding: 2px 6px;
        border: 1px solid var(--line);
        border-radius: 6px;
      }
      select {
        max-width: 24ch;
      }
      .subject {
        font-weight: 600;
      }
      .drop,
      .not {
        min-height: 26px;
        padding: 0 6px;
        border: 1px solid transparent;
        border-radius: 5px;
        background: none;
        color: var(--ink-3);
        font: var(--size-2) / 1.5 var(--font);
        cursor: pointer;
      }
      .drop:hover,
      .not:hover {
        background: var(--sunk);
        color: var(--ink);
      }
      .not[aria-pressed="true"] {
        border-color: var(--line-strong);
        color: var(--ink);
        font-weight: 600;
      }
    `,
  ];

  @property({ attribute: false }) leaf: Leaf | null = null;
  @property({ attribute: false }) knows: Knows | null = null;

  constructor() {
    super();
    new Watch(this, () => [this.knows?.offered]);
  }

  /** The fields before an update, and which of them had the focus. */
  #held: { readonly fields: readonly HTMLElement[]; readonly at: number } | null = null;

  override willUpdate(): void {
    const fields = this.#stops;
    const active = this.shadowRoot?.activeElement;
    const at = active instanceof HTMLElement ? fields.indexOf(active) : -1;
    this.#held = at < 0 ? null : { fields, at };
  }

  /** What was added by its button gets the focus; what took a removed field's place does too. */
  override updated(): void {
    const held = this.#held;
    this.#held = null;
    const from = held?.fields[held.at];
    if (held === null || from === undefined) return;
    const stops = this.#stops;
    const added = stops.find((field) => field.localName === "select" && !held.fields.includes(field));
    if (from.classList.contains("add") && added !== undefined) added.focus();
    else if (!from.isConnected) (added ?? stops[Math.min(held.at, stops.length - 1)])?.focus();
  }

  get #stops(): readonly HTMLElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLElement>("select, button, input, seg-operand")];
  }

  override render() {
    const { leaf, knows } = this;
    if (knows === null) return nothing;
    const subject = subjectOf(leaf);
    const subjects = subjectsOf(knows);
    const isKnown = subjects.some(({ choices }) => choices.some(({ id }) => id === subject?.id));
    return html`<div class="line">
      <select
        class="subject"
        aria-label="What it is about"
        ?disabled=${knows.readOnly}
        .value=${subject?.id ?? ""}
        @change=${(event: Event) => this.#about((event.target as HTMLSelectElement).value)}
      >
        ${subject === null ? html`<option value="" selected disabled>Choose what it is about</option>` : nothing}
        ${subject !== null && !isKnown ? html`<option value=${subject.id} selected>${subject.label}</option>` : nothing}
        ${subjects.map(
          ({ heading, choices }) => html`<optgroup label=${heading}>
            ${choices.map(({ id, label }) => html`<option value=${id} ?selected=${id === subject?.id}>${label}</option>`)}
          </optgroup>`,
        )}
      </select>
      ${leaf === null ? nothing : this.#fields(leaf, knows)}
    </div>`;
  }

  /** The first field gets the focus. */
  override focus(): void {
    void this.updateComplete.then(() => this.renderRoot.querySelector("select")?.focus());
  }

  #fields(leaf: Leaf, knows: Knows) {
    const changed = (next: Leaf) => this.#changed(next);
    if ("segment" in leaf) return segmentFields(leaf, knows, changed);
    if (!("subject" in leaf)) return eventFields(leaf, knows, changed);
    const kind = typeIn(knows.vocabulary.attributes, leaf.subject.name);
    const column = { relation: knows.of, column: leaf.subject.name, where: null };
    return columnFields(leaf, knows, { kind, column, changed });
  }

  #about(id: string): void {
    const { knows } = this;
    const leaf = knows === null ? null : aboutAnother(this.leaf, id, knows);
    if (leaf !== null) this.#changed(leaf);
  }

  #changed(leaf: Leaf): void {
    this.leaf = leaf;
    emit(this, "leaf", { leaf });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-condition": SegCondition;
  }
}

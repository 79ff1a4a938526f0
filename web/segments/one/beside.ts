import { css, html, LitElement, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { SegmentRef } from "../../../server/segments/profile/view.ts";
import "../../parts/button.ts";
import { emit } from "../../parts/emit.ts";
import { base } from "../../theme/base.ts";
import { field } from "../../theme/field.ts";

/** The server compares no more. */
const MOST = 6;

/** Which other segments are put beside those that are looked at, and which are taken away. Event: `show` with `{ segments }`. */
@customElement("seg-beside")
export class SegBeside extends LitElement {
  static override styles = [
    base,
    field,
    css`
      :host {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--gap-2);
        margin: 0 0 var(--gap-3);
        font: var(--size-2) / 1.5 var(--font);
      }
      label {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px var(--gap-2);
        max-width: 100%;
        color: var(--ink-2);
      }
      select {
        max-width: 100%;
      }
    `,
  ];

  @property({ attribute: false }) segments: readonly SegmentRef[] = [];
  /** All of the notebook. */
  @property({ attribute: false }) known: readonly SegmentRef[] = [];

  override render() {
    const { segments } = this;
    const others = this.known.filter((one) => !segments.some((shown) => isSame(one, shown)));
    const show = (chosen: readonly SegmentRef[]) => emit(this, "show", { segments: chosen });
    const add = (event: Event) => {
      const select = event.target as HTMLSelectElement;
      const other = others[Number(select.value)];
      select.value = "";
      if (other !== undefined) show([...segments, { cell: other.cell, name: other.name }]);
    };
    if (segments.length === 0 && others.length === 0) return html`<p>This notebook has no segments yet.</p>`;
    return html`${
      segments.length < MOST && others.length > 0
        ? html`<label
            >${segments.length === 0 ? "Look at" : "Compare with"}
            <select @change=${add} .value=${""}>
              <option value="">a segment…</option>
              ${others.map(({ cell, name }, index) => html`<option value=${index}>${name} (${cell})</option>`)}
            </select>
          </label>`
        : nothing
    }
    ${
      segments.length < 2
        ? nothing
        : segments.map(
            (segment) => html`<seg-button kind="quiet" @click=${() => show(segments.filter((one) => one !== segment))}
              >Without ${segment.name}</seg-button
            >`,
          )
    }`;
  }
}

function isSame(one: SegmentRef, other: SegmentRef): boolean {
  return one.cell === other.cell && one.name === other.name;
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-beside": SegBeside;
  }
}

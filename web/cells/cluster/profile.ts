import { css, html, LitElement, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { Heat } from "../../../server/figures/heatmap-rows.ts";
import "../../parts/heatmap.ts";
import { oneOf } from "../../parts/one-of.ts";
import { base } from "../../theme/base.ts";

const MEASURES = [
  ["means", "Means"],
  ["medians", "Medians"],
] as const;

/** Clusters against columns by means or by medians. Event: `ask`, as of the heatmap. */
@customElement("seg-cluster-profile")
export class SegClusterProfile extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        min-width: 0;
      }
      .measure {
        display: flex;
        justify-content: flex-end;
        gap: 2px;
        margin-bottom: 4px;
      }
    `,
  ];

  @property({ attribute: false }) means: Heat | null = null;
  @property({ attribute: false }) medians: Heat | null = null;
  @property() label = "Profile";
  /** Where a cluster's name leads; null for nowhere. */
  @property({ attribute: false }) page: ((name: string) => string) | null = null;
  @state() private measure: (typeof MEASURES)[number][0] = "means";

  override render() {
    const heat = this[this.measure];
    if (heat === null) return nothing;
    return html`<div class="measure" role="group" aria-label="What the profile shows">
        ${oneOf(MEASURES, this.measure, (measure) => {
          this.measure = measure;
        })}
      </div>
      <seg-heatmap
        .heat=${heat}
        measure=${this.measure}
        kind="segment"
        label=${this.label}
        .page=${this.page}
      ></seg-heatmap>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-cluster-profile": SegClusterProfile;
  }
}

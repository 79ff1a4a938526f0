import { css, html, LitElement } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { formatNumber, formatPercent } from "../../../server/figures/format.ts";
import { type NaturalBreaks, naturalBreaks } from "../../../server/figures/natural-breaks.ts";
import { type ScoreCount, weighted } from "../../../server/figures/score-bands.ts";
import "../../parts/button.ts";
import { emit } from "../../parts/emit.ts";
import { base } from "../../theme/base.ts";
import { field } from "../../theme/field.ts";

const CHOICES = [2, 3, 4, 5, 6] as const;

/** Borders where the scores part by themselves, for a number of bands. Event: `take` with the breaks. */
@customElement("seg-natural-breaks")
export class SegNaturalBreaks extends LitElement {
  static override styles = [
    base,
    field,
    css`
      :host {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--gap-2);
        margin-top: var(--gap-2);
        padding: var(--gap-2) var(--gap-3);
        border-radius: var(--radius);
        background: var(--sunk);
        color: var(--ink-2);
        font: var(--size-2) / 1.5 var(--font);
        font-variant-numeric: tabular-nums;
      }
    `,
  ];

  @property({ attribute: false }) counts: readonly ScoreCount[] = [];
  /** How many bands to begin with. */
  @property({ attribute: false }) classes = 3;
  @state() private chosen: number | null = null;
  readonly #found = new Map<number, NaturalBreaks | null>();

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has("counts")) this.#found.clear();
  }

  override render() {
    const classes = this.chosen ?? Math.max(CHOICES[0], Math.min(CHOICES[CHOICES.length - 1] ?? 6, this.classes || 3));
    const found = this.#breaks(classes);
    return html`<label
        >Natural breaks in
        <select
          @change=${(event: Event) => {
            this.chosen = Number((event.target as HTMLSelectElement).value);
          }}
        >
          ${CHOICES.map((number) => html`<option ?selected=${number === classes} value=${number}>${number} bands</option>`)}
        </select></label
      >${
        found === null
          ? html`<span>There are fewer different scores than that.</span>`
          : html`<span
                >from ${[...found.from]
                  .reverse()
                  .map((border) => formatNumber(border))
                  .join(", ")}. They explain
                ${formatPercent(found.fit, { digits: 1 })} of how scores differ (goodness of variance fit).</span
              ><seg-button @click=${() => emit(this, "take", found)}>Take these borders</seg-button>`
      }`;
  }

  #breaks(classes: number): NaturalBreaks | null {
    if (!this.#found.has(classes)) this.#found.set(classes, naturalBreaks(weighted(this.counts), classes));
    return this.#found.get(classes) ?? null;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-natural-breaks": SegNaturalBreaks;
  }
}

import { css, html, LitElement } from "lit";
import { customElement, property } from "lit/decorators.js";
import { metricWords } from "../../server/figures/alert-words.ts";
import { NO_FILTER, STANDINGS, type Standing, type WallFilter } from "../../server/figures/series-wall.ts";
import { emit } from "../parts/emit.ts";
import { base } from "../theme/base.ts";
import { field } from "../theme/field.ts";

const STANDING_WORDS: Readonly<Record<Standing, string>> = {
  any: "however they stand",
  drifts: "that drift",
  measured: "opens measured otherwise",
  decided: "acknowledged or snoozed",
  confirmed: "drift, confirmed",
  alert: "drift, at alert",
  watch: "watched closely",
  paused: "paused",
  steady: "steady",
  learning: "learning",
};

/** What is wanted of a wall, and what that comes to. Events: `filter` with the filter, `into` for the focus to go on. */
@customElement("seg-wall-filter")
export class SegWallFilter extends LitElement {
  static override styles = [
    base,
    field,
    css`
      :host {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--gap-2) var(--gap-3);
        margin: 0 0 var(--gap-2);
        font: var(--size-2) / 1.5 var(--font);
      }
      label {
        display: inline-flex;
        align-items: center;
        gap: 6px;
        color: var(--ink-2);
      }
      input {
        width: 20ch;
      }
      kbd {
        padding: 0 5px;
        border: 1px solid var(--line-strong);
        border-radius: 4px;
        color: var(--ink-3);
        font: var(--size-1) / 1.5 var(--mono);
      }
      p {
        margin: 0 0 0 auto;
        color: var(--ink-2);
        font-variant-numeric: tabular-nums;
      }
      @media (max-width: 640px) {
        p {
          width: 100%;
        }
        kbd {
          display: none;
        }
      }
    `,
  ];

  @property({ attribute: false }) filter: WallFilter = NO_FILTER;
  @property({ attribute: false }) metrics: readonly string[] = [];
  /** What is left, in words. */
  @property() words = "";

  override render() {
    const { text, metric, standing } = this.filter;
    return html`<label
        >Segment
        <input
          type="search"
          placeholder="any name"
          autocomplete="off"
          spellcheck="false"
          .value=${text}
          @input=${(event: Event) => this.#change({ text: (event.target as HTMLInputElement).value })}
          @keydown=${this.#key}
        /><kbd aria-hidden="true">/</kbd></label
      >
      <label
        >Metric
        <select @change=${(event: Event) => this.#change({ metric: (event.target as HTMLSelectElement).value || null })}>
          <option value="" ?selected=${metric === null}>all</option>
          ${this.metrics.map((each) => html`<option value=${each} ?selected=${metric === each}>${metricWords(each)}</option>`)}
        </select></label
      >
      <label
        >Series
        <select
          @change=${(event: Event) => this.#change({ standing: (event.target as HTMLSelectElement).value as Standing })}
        >
          ${STANDINGS.map(
            (each) => html`<option value=${each} ?selected=${standing === each}>${STANDING_WORDS[each]}</option>`,
          )}
        </select></label
      >
      <p role="status">${this.words}</p>`;
  }

  override focus(): void {
    this.renderRoot.querySelector("input")?.focus();
  }

  #change(part: Partial<WallFilter>): void {
    emit(this, "filter", { ...this.filter, ...part });
  }

  #key(event: KeyboardEvent): void {
    const leaves = event.key === "Enter" || event.key === "ArrowDown" || event.key === "Escape";
    if (!leaves || event.isComposing) return;
    event.preventDefault();
    if (event.key === "Escape") this.#change({ text: "" });
    emit(this, "into", null);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-wall-filter": SegWallFilter;
  }
}

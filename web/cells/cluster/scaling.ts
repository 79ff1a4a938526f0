import { css, html, LitElement, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import {
  hasLongTail,
  type ScaledColumn,
  type StageShape,
  TRANSFORM_WORDS,
} from "../../../server/figures/cluster-scaling.ts";
import { formatNumber } from "../../../server/figures/format.ts";
import "../../parts/button.ts";
import { emit } from "../../parts/emit.ts";
import "../../parts/shape.ts";
import { base } from "../../theme/base.ts";
import { field } from "../../theme/field.ts";

/**
 * Each column before and after it is made comparable, and what would bring in a tail that is long even then.
 * Event: `transform` with `{ columns }`, what is to be done to which.
 */
@customElement("seg-cluster-scaling")
export class SegClusterScaling extends LitElement {
  static override styles = [
    base,
    field,
    css`
      :host {
        display: block;
        font: var(--size-2) / 1.5 var(--font);
        color: var(--ink);
      }
      ul {
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li {
        display: grid;
        grid-template-columns: minmax(130px, 1.2fr) repeat(3, minmax(0, 1fr));
        gap: var(--gap-2) var(--gap-4);
        align-items: start;
        padding: var(--gap-2) 0;
        border-top: 1px solid var(--line);
      }
      li:first-child {
        border-top: 0;
      }
      b {
        display: block;
        font-weight: 600;
        overflow-wrap: anywhere;
      }
      .stage {
        color: var(--ink-2);
        font-size: var(--size-1);
      }
      .long {
        color: var(--stale);
        font-weight: 600;
      }
      label {
        display: block;
        color: var(--ink-2);
        font-size: var(--size-1);
      }
      .all {
        margin: 0 0 var(--gap-2);
      }
      @media (max-width: 760px) {
        li {
          grid-template-columns: repeat(2, minmax(0, 1fr));
        }
        .name {
          grid-column: 1 / -1;
        }
      }
    `,
  ];

  @property({ attribute: false }) columns: readonly ScaledColumn[] = [];
  /** How columns are scaled: `robust scale`. */
  @property() scale = "";
  /** Columns whose transform the text gives. */
  @property({ attribute: false }) written: readonly string[] = [];
  @property() label = "Columns before and after scaling";
  @property({ type: Boolean, attribute: "read-only" }) readOnly = false;

  override render() {
    const proposed = this.columns.filter((column) => column.proposed !== null);
    const tails = this.columns.filter(({ compared }) => hasLongTail(compared));
    const words =
      tails.length === 0
        ? "No column that is compared has a long tail."
        : `${tails.map(({ column }) => column).join(", ")}: a long tail hides behind the scaling, and a few people decide the distances.`;
    return html`<p class="all">
        ${words}
        ${
          proposed.length > 1 && !this.readOnly
            ? html`<seg-button @click=${() => this.#take(proposed)}>Bring in all ${proposed.length} tails</seg-button>`
            : nothing
        }
      </p>
      <ul aria-label=${this.label}>
        ${this.columns.map((column) => this.#column(column))}
      </ul>`;
  }

  #column(scaled: ScaledColumn) {
    const { column, given, compared, proposed } = scaled;
    const how = `${TRANSFORM_WORDS[compared.transform] ?? compared.transform}${this.scale === "" ? "" : `, ${this.scale}`}`;
    return html`<li>
      <div class="name"><b>${column}</b>${this.#transform(scaled)}</div>
      ${this.#stage(column, given, "before")} ${this.#stage(column, compared, `after: ${how}`)}
      ${
        proposed === null
          ? html`<span></span>`
          : html`<div>
              ${this.#stage(column, proposed, `proposed: ${TRANSFORM_WORDS[proposed.transform] ?? proposed.transform}`)}
              ${
                this.readOnly
                  ? nothing
                  : html`<seg-button
                      label=${`Take ${proposed.transform} for ${column}`}
                      @click=${() => this.#take([scaled])}
                      >Take ${proposed.transform}</seg-button
                    >`
              }
            </div>`
      }
    </li>`;
  }

  #transform({ column, compared }: ScaledColumn) {
    const byDefault = this.written.includes(column) || compared.transform === "none" ? "" : " (by default)";
    if (this.readOnly)
      return html`<span class="stage">compared by ${TRANSFORM_WORDS[compared.transform]}${byDefault}</span>`;
    return html`<label
      >compared${byDefault}
      <select
        aria-label=${`How ${column} is compared`}
        @change=${(event: Event) => {
          const transform = (event.target as HTMLSelectElement).value;
          emit(this, "transform", { columns: [{ column, transform }] });
        }}
      >
        ${Object.entries(TRANSFORM_WORDS).map(
          ([transform, words]) =>
            html`<option value=${transform} ?selected=${transform === compared.transform}>${words}</option>`,
        )}
      </select></label
    >`;
  }

  #stage(column: string, shape: StageShape, words: string) {
    const skewness = formatNumber(shape.skewness, { digits: 1 });
    const ends = [shape.low, shape.high].map((value) => short(value));
    return html`<div>
      <seg-shape
        .bars=${shape.bars}
        .ends=${ends}
        label=${`${column} ${words}: from ${ends[0]} to ${ends[1]}, skewness ${skewness}`}
      ></seg-shape>
      <span class="stage"
        >${words}; <span class=${hasLongTail(shape) ? "long" : ""}>skewness ${skewness}${hasLongTail(shape) ? ", a long tail" : ""}</span></span
      >
    </div>`;
  }

  #take(columns: readonly ScaledColumn[]): void {
    emit(this, "transform", {
      columns: columns.flatMap(({ column, proposed }) =>
        proposed === null ? [] : [{ column, transform: proposed.transform }],
      ),
    });
  }
}

function short(value: number): string {
  const size = Math.abs(value);
  return formatNumber(value, { atMost: size >= 100 ? 0 : size >= 1 ? 1 : 2 });
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-cluster-scaling": SegClusterScaling;
  }
}

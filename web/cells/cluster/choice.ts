import { css, html, LitElement, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import { type Choice, type ChoiceRow, type Measure, silhouetteWords } from "../../../server/figures/cluster-choice.ts";
import { formatNumber } from "../../../server/figures/format.ts";
import "../../parts/button.ts";
import { emit } from "../../parts/emit.ts";
import "../../parts/scroll-frame.ts";
import { base } from "../../theme/base.ts";
import { figuresTable } from "../../theme/figures-table.ts";

/** More than people keep apart. */
const MANY = 7;

/**
 * What there is to choose a number of clusters by: each measure for each, beside that of columns in random order, and a
 * recommendation in words. Event: `take` with `{ k }`.
 */
@customElement("seg-cluster-choice")
export class SegClusterChoice extends LitElement {
  static override styles = [
    base,
    figuresTable,
    css`
      .reason {
        margin: 0 0 var(--gap-2);
        max-width: 90ch;
        color: var(--ink);
      }
      tbody th {
        min-width: 13ch;
      }
      tr.now > * {
        background: var(--accent-soft);
      }
      .best::before {
        content: "best ";
        color: var(--ink-3);
        font-size: var(--size-1);
      }
      .said {
        display: inline-block;
        margin-left: 6px;
        color: var(--ink-2);
        font-size: var(--size-1);
      }
      small {
        display: block;
        color: var(--ink-3);
        font-size: var(--size-1);
      }
      .note {
        margin: var(--gap-2) 0 0;
        max-width: 90ch;
        color: var(--ink-3);
        font-size: var(--size-1);
      }
    `,
  ];

  @property({ attribute: false }) choice: Choice | null = null;
  /** The number of clusters that there are. */
  @property({ type: Number }) k = 0;
  /** Whether the text leaves the number open. */
  @property({ type: Boolean }) open = false;
  @property() label = "Numbers of clusters";
  @property({ type: Boolean, attribute: "read-only" }) readOnly = false;

  override render() {
    const { choice } = this;
    if (choice === null) return nothing;
    return html`<p class="reason">${choice.reason}</p>
      <seg-scroll-frame label=${this.label}>
        <table>
          <caption class="spoken">${this.label}</caption>
          <thead>
            <tr>
              <th scope="col">Clusters</th>
              <th scope="col">Stability</th>
              <th scope="col">Silhouette</th>
              ${choice.isSampled ? html`<th scope="col">of a sample</th>` : nothing}
              <th scope="col">the same, columns shuffled</th>
              <th scope="col">Calinski–Harabasz</th>
              <th scope="col">Davies–Bouldin<small>less is better</small></th>
            </tr>
          </thead>
          <tbody>
            ${choice.rows.map((row) => this.#row(row, choice))}
          </tbody>
        </table>
      </seg-scroll-frame>
      <p class="note">
        Stability is how far clusterings of half samples agree, 1 at best. ${silhouetteWords(choice)}${
          this.open
            ? `; the text leaves the number open, and the cell takes the ${choice.recommended === null ? "smallest" : "recommended one"}`
            : ""
        }.
      </p>`;
  }

  #row(row: ChoiceRow, choice: Choice) {
    const isNow = row.k === this.k;
    return html`<tr class=${isNow ? "now" : ""}>
      <th scope="row">
        ${
          this.readOnly
            ? html`${row.k}`
            : html`<seg-button
                kind="quiet"
                .pressed=${isNow}
                label=${`${row.k} clusters`}
                @click=${() => emit(this, "take", { k: row.k })}
                >${row.k}</seg-button
              >`
        }<span class="said"
          >${[
            ...(row.k === choice.recommended ? ["recommended"] : []),
            ...(isNow ? ["as it is cut"] : []),
            ...(row.k > MANY ? ["more than people keep apart"] : []),
          ].join(", ")}</span
        >
      </th>
      ${this.#cell(row, choice, "stability", 2)} ${this.#cell(row, choice, "silhouette", 2)}
      ${choice.isSampled ? html`<td>${figure(row.sampled, 2)}</td>` : nothing}
      <td>${figure(row.shuffled, 2)}</td>
      ${this.#cell(row, choice, "calinskiHarabasz", 0)} ${this.#cell(row, choice, "daviesBouldin", 2)}
    </tr>`;
  }

  #cell(row: ChoiceRow, { best }: Choice, measure: Measure, digits: number) {
    return html`<td class=${best[measure] === row.k ? "best" : ""}>${figure(row[measure], digits)}</td>`;
  }
}

function figure(value: number | null, digits: number): string {
  return value === null ? "—" : formatNumber(value, { digits });
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-cluster-choice": SegClusterChoice;
  }
}

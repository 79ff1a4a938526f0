import { css, html, nothing, svg } from "lit";
import { customElement, state } from "lit/decorators.js";
import type { ColumnSummary } from "../../server/run/view.ts";
import "../parts/bars.ts";
import { formatCount, formatNumber } from "../../server/figures/format.ts";
import { field, type SegmentSize, segmentSizes } from "../../server/figures/segmentation.ts";
import { Summary } from "../state/relation.ts";
import type { KindOnPage } from "./kinds.ts";
import { CellOutput } from "./output.ts";
import { templates } from "./templates.ts";
import "./people.ts";
import { notRun } from "./relation-table.ts";

/** Points for behaviours: the bands, how the scores spread, what each rule gives, and who has what. */
export const score: KindOnPage = {
  purpose: "Points for behaviours, bands by thresholds",
  language: "yaml",
  foldedWhenFresh: false,
  rows: "people",
  manner: () => "",
  template: templates.score,
  output: ({ session, cell, view }) =>
    html`<seg-score-output .session=${session} .cell=${cell} .view=${view}></seg-score-output>`,
};

@customElement("seg-score-output")
export class SegScoreOutput extends CellOutput {
  static override styles = [
    ...CellOutput.styles,
    css`
      .two {
        display: grid;
        grid-template-columns: minmax(0, 2fr) minmax(180px, 1fr);
        gap: var(--gap-4);
      }
      svg {
        display: block;
        width: 100%;
        height: 84px;
      }
      rect {
        fill: var(--accent);
        opacity: 0.75;
      }
      .ends {
        display: flex;
        justify-content: space-between;
        color: var(--ink-3);
        font-size: var(--size-1);
        font-variant-numeric: tabular-nums;
      }
      ul {
        margin: 0;
        padding: var(--gap-2) 14px;
        border-top: 1px solid var(--line);
        list-style: none;
        color: var(--ink-2);
      }
      b {
        display: inline-block;
        min-width: 3.5ch;
        color: var(--ink);
        font-variant-numeric: tabular-nums;
      }
      @media (max-width: 700px) {
        .two {
          grid-template-columns: minmax(0, 1fr);
        }
      }
    `,
  ];

  @state() private only: string | null = null;
  readonly #summary = new Summary(this, () => this.reading());
  #sizes: readonly SegmentSize[] = [];

  override willUpdate(): void {
    const summary = this.#summary.value;
    if (summary !== null && this.view?.state === "fresh") this.#sizes = segmentSizes(this.view, summary, summary.rows);
  }

  override render() {
    const { view } = this;
    const summary = this.#summary.value;
    if (summary === null || view === null) return notRun(this, this.#summary);
    const scores = summary.columns.find((column) => column.name === "score");
    return html`<div class="pad two">
        <div>
          <h3>Bands</h3>
          <seg-bars
            .bars=${this.#sizes.map(({ name, people, share }) => ({ name, count: people, share: share ?? 0 }))}
            label=${`Bands of ${view.id}`}
            @ask=${(event: CustomEvent<{ name: string }>) => {
              this.only = event.detail.name;
            }}
          ></seg-bars>
        </div>
        <div>
          <h3>Scores of ${formatCount(summary.rows)} people</h3>
          ${scores === undefined ? nothing : histogram(scores)}
        </div>
      </div>
      ${this.#points(view.body, view.words)}
      <seg-people
        .session=${this.session}
        .cell=${this.cell}
        .view=${view}
        column="band"
        .sizes=${this.#sizes}
        .only=${this.only}
        @only=${(event: CustomEvent<{ name: string | null }>) => {
          this.only = event.detail.name;
        }}
      ></seg-people>`;
  }

  /** `+10 placed an order after 1 Oct 2026`, one line a rule. */
  #points(body: unknown, words: Record<string, string>) {
    const points = field(body, "points");
    if (!Array.isArray(points)) return nothing;
    return html`<ul>
      ${points.map((point: unknown, place) => {
        const add = Number(field(point, "add"));
        const sentence = words[`points_${place + 1}`] ?? String(field(point, "when"));
        return html`<li><b>${add >= 0 ? "+" : "−"}${formatNumber(Math.abs(add))}</b> ${sentence}</li>`;
      })}
    </ul>`;
  }
}

function histogram(scores: ColumnSummary) {
  const bars = scores.histogram;
  const most = Math.max(1, ...bars);
  const label = `From ${scores.min ?? 0} to ${scores.max ?? 0}, mean ${formatNumber(scores.mean ?? 0, { atMost: 1 })}`;
  return html`<svg viewBox="0 0 ${Math.max(1, bars.length)} 40" preserveAspectRatio="none" role="img" aria-label=${label}>
      ${bars.map((rows, place) => {
        const height = rows === 0 ? 0 : Math.max(0.6, (rows / most) * 40);
        return svg`<rect x=${place + 0.06} width="0.88" y=${40 - height} height=${height} />`;
      })}
    </svg>
    <div class="ends" aria-hidden="true">
      <span>${scores.min ?? ""}</span><span>mean ${formatNumber(scores.mean ?? 0, { atMost: 1 })}</span><span>${scores.max ?? ""}</span>
    </div>`;
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-score-output": SegScoreOutput;
  }
}

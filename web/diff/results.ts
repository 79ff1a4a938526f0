import { css, html, LitElement, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import { formatCount } from "../../server/figures/format.ts";
import { formatMoment } from "../../server/figures/format-time.ts";
import type { CellComparison, CompareView } from "../../server/run/compare/view.ts";
import "../parts/button.ts";
import "../parts/problem.ts";
import { withCode } from "../parts/problem.ts";
import "../parts/progress.ts";
import type { Comparison } from "../state/comparison.ts";
import { Watch } from "../state/watchable.ts";
import { base } from "../theme/base.ts";
import "./relation.ts";

/** What the change does to the results; both sides are run when it is asked for. */
@customElement("seg-diff-results")
export class SegDiffResults extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        margin-top: var(--gap-5);
      }
      h2 {
        margin: 0 0 4px;
        font-size: var(--size-4);
        font-weight: 600;
      }
      p {
        max-width: 68ch;
        margin: 0 0 var(--gap-3);
        color: var(--ink-2);
        font-size: var(--size-2);
      }
      article {
        margin: 0 0 var(--gap-3);
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--card);
        box-shadow: var(--shadow);
        overflow: hidden;
      }
      h3 {
        margin: 0;
        padding: 8px 14px;
        color: var(--ink-2);
        font-size: var(--size-2);
        font-weight: 400;
      }
      h3 b {
        color: var(--ink);
        font: 600 var(--size-2) var(--mono);
      }
      code {
        font: 0.95em var(--mono);
      }
      seg-diff-relation {
        border-top: 1px solid var(--line);
      }
    `,
  ];

  @property({ attribute: false }) comparison: Comparison | null = null;

  constructor() {
    super();
    new Watch(this, () => [this.comparison]);
  }

  override render() {
    const { comparison } = this;
    if (comparison === null) return nothing;
    return html`<section aria-label="What it does to the results">
      <h2 tabindex="-1">What it does to the results</h2>
      ${this.#body(comparison)}
    </section>`;
  }

  #body(comparison: Comparison) {
    const { progress, data, dataProblem } = comparison;
    if (progress !== null) {
      const { cells, finished, cell } = progress;
      return html`<seg-progress
        .value=${cells === 0 ? null : finished / cells}
        label=${cell === null ? "Starting" : `Running both: ${cell}`}
        detail=${cells === 0 ? "" : `${formatCount(finished)} of ${formatCount(cells)} steps`}
        stop="Cancel"
        @stop=${() => {
          comparison.cancel();
          this.#keepFocus();
        }}
      ></seg-progress>`;
    }
    if (data !== null) return this.#results(data);
    const compare = () => {
      void comparison.compareResults();
      this.#keepFocus();
    };
    const run = html`<seg-button @click=${compare}>Run both and compare</seg-button>`;
    if (dataProblem !== null)
      return html`<seg-problem .problem=${dataProblem}><span slot="action">${run}</span></seg-problem>`;
    return html`<p>Both versions are run on today's data, with one moment for both; what has been computed before is found.</p>
      ${run}`;
  }

  /** The button that was pressed goes; what takes its place is read from its heading. */
  #keepFocus(): void {
    this.renderRoot.querySelector("h2")?.focus({ preventScroll: true });
  }

  #results(data: CompareView) {
    const { asOf, cells, problems } = data;
    const moment =
      asOf.before === asOf.after
        ? `As of ${formatMoment(asOf.after)}.`
        : `As of ${formatMoment(asOf.before)} before, of ${formatMoment(asOf.after)} after.`;
    const same = cells.filter(({ state }) => state === "same").map(({ after }) => after ?? "");
    const others = cells.filter(({ state }) => state !== "same");
    return html`<p role="status">
        ${others.length === 0 ? "Nothing: every cell yields the same." : `${differWords(others)}.`} ${moment}
      </p>
      ${[...problems.before, ...problems.after].map((problem) => html`<seg-problem .problem=${problem}></seg-problem>`)}
      ${others.map((cell) => this.#cell(cell))}
      ${same.length === 0 ? nothing : html`<p>The same: ${same.map((id, at) => html`${at > 0 ? ", " : ""}<code>${id}</code>`)}</p>`}`;
  }

  #cell(cell: CellComparison) {
    const { kind, before, after, state, why, problems, relations } = cell;
    const renamed = before !== null && after !== null && before !== after ? `, renamed from \`${before}\`` : "";
    const words = { same: "", differs: "", added: "is new", removed: "is gone", unknown: "is not known" }[state];
    return html`<article aria-label=${`${kind} ${after ?? before}`}>
      <h3>${kind} <b>${after ?? before}</b> ${withCode(`${words}${renamed}`)}${why === null ? nothing : withCode(`. ${why}`)}</h3>
      ${problems.map((problem) => html`<seg-problem .problem=${problem}></seg-problem>`)}
      ${relations.map((relation) => html`<seg-diff-relation .relation=${relation}></seg-diff-relation>`)}
    </article>`;
  }
}

function differWords(cells: readonly CellComparison[]): string {
  const unknown = cells.filter(({ state }) => state === "unknown").length;
  const differ = cells.length - unknown;
  const one = `${differ === 1 ? "One cell yields" : `${formatCount(differ)} cells yield`} something else`;
  return unknown === 0 ? one : `${one}, ${formatCount(unknown)} could not be compared`;
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-diff-results": SegDiffResults;
  }
}

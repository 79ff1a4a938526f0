import { css, html, LitElement, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { keyed } from "lit/directives/keyed.js";
import { formatCount, formatNumber, formatPercent, MISSING } from "../../../server/figures/format.ts";
import type { Contribution, RuleContribution } from "../../../server/figures/score-contribution.ts";
import type { Cell } from "../../../server/notebook/model.ts";
import "../../parts/button.ts";
import "../../parts/scroll-frame.ts";
import "../../segments/builder/builder.ts";
import { type WrittenRule, writtenRules } from "../../segments/written-rules.ts";
import type { Session } from "../../state/session.ts";
import { base } from "../../theme/base.ts";
import { tableStyle } from "./table-style.ts";

/**
 * The rules of a score, each once: what it gives to how many, in all and in each band, and what it decides. One at a time
 * opens in the builder below.
 */
@customElement("seg-score-rules")
export class SegScoreRules extends LitElement {
  static override styles = [
    base,
    tableStyle,
    css`
      td.act {
        padding: 0 0 0 4px;
        text-align: right;
      }
      seg-rule-builder {
        margin-top: var(--gap-2);
      }
    `,
  ];

  @property({ attribute: false }) session: Session | null = null;
  @property({ attribute: false }) cell: Cell | null = null;
  @property({ attribute: false }) contribution: Contribution = { bands: [], rules: [] };
  @property() label = "What each rule gives";
  /** The rule that is built; as `points_1` is called. */
  @state() private open: string | null = null;

  override render() {
    const { bands, rules: counted } = this.contribution;
    const { session, cell } = this;
    // What stands in the text now; what was planned last where that can't be read.
    const written = cell === null ? null : writtenRules(cell);
    const rules = written?.map((rule, place) => ({ rule, figures: counted[place] ?? null })) ?? [];
    const rows = written === null ? counted.map((figures) => ({ rule: null, figures })) : rules;
    const built = written?.find(({ name }) => name === this.open);
    return html`<seg-scroll-frame label=${this.label}>
      <table>
        <caption class="spoken">${this.label}</caption>
        <thead>
          <tr>
            <th scope="col">Rule</th>
            <th scope="col" class="number">People</th>
            <th scope="col" class="number">Points</th>
            <th scope="col">Of all points</th>
            ${bands.map((band) => html`<th scope="col" class="number">Mean, ${band}</th>`)}
            <th scope="col" class="number">Without it, another band</th>
            <td></td>
          </tr>
        </thead>
        <tbody>
          ${rows.map(({ rule, figures }) => this.#row(rule, figures))}
        </tbody>
      </table>
    </seg-scroll-frame>
    ${
      built === undefined
        ? nothing
        : keyed(
            built.name,
            html`<seg-rule-builder
              .session=${session}
              .cell=${cell}
              .rule=${{ name: built.name, path: built.path }}
              @close=${() => this.#toggle(built.name)}
            ></seg-rule-builder>`,
          )
    }`;
  }

  #row(rule: WrittenRule | null, figures: RuleContribution | null) {
    const words = figures?.words ?? rule?.text ?? "";
    const means = figures?.means ?? this.contribution.bands.map(() => null);
    const share = figures?.share ?? null;
    return html`<tr>
      <th scope="row" class="rule">${figures === null ? nothing : html`<b>${signed(figures.add)}</b>`}${words}</th>
      <td class="number">${figure(figures?.people, formatCount)}</td>
      <td class="number">${figure(figures?.points, (points) => formatNumber(points, { atMost: 2 }))}</td>
      <td>
        <span class="with-bar"
          ><span class="track" aria-hidden="true"><i style="width:${(share ?? 0) * 100}%"></i></span
          >${figure(share, (value) => formatPercent(value, { digits: 1 }))}</span
        >
      </td>
      ${means.map((mean) => html`<td class="number">${figure(mean, (value) => formatNumber(value, { digits: 2 }))}</td>`)}
      <td class="number">${figure(figures?.moved, formatCount)}</td>
      <td class="act">${rule === null ? nothing : this.#button(rule, words)}</td>
    </tr>`;
  }

  #button({ name }: WrittenRule, words: string) {
    return html`<seg-button
      kind="quiet"
      data-rule=${name}
      label=${`Edit rule: ${words}`}
      .expanded=${this.open === name}
      @click=${() => this.#toggle(name)}
      >Edit rule</seg-button
    >`;
  }

  /** The focus goes into the builder, and back to its button. */
  #toggle(name: string): void {
    const isOpen = this.open !== name;
    this.open = isOpen ? name : null;
    const wanted = isOpen ? "seg-rule-builder" : `[data-rule="${name}"]`;
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(wanted)?.focus());
  }
}

function figure(value: number | null | undefined, words: (value: number) => string): string {
  return value === null || value === undefined ? MISSING : words(value);
}

function signed(add: number): string {
  return `${add >= 0 ? "+" : "−"}${formatNumber(Math.abs(add))}`;
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-score-rules": SegScoreRules;
  }
}

import { css, html, LitElement, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import { formatNumber, MISSING } from "../../server/figures/format.ts";
import type { ConditionAnswer, SegmentAnswer } from "../../server/segments/person/view.ts";
import { base } from "../theme/base.ts";

const GROUPS = { and: "all of these", or: "at least one of these", not: "not this" } as const;

/** Why a person is in a segment or not: condition by condition, with what was asked and what was found. */
@customElement("seg-why")
export class SegWhy extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        font: var(--size-2) / 1.5 var(--font);
      }
      ul {
        margin: 0;
        padding: 0;
        list-style: none;
      }
      ul ul {
        margin-left: 7px;
        padding-left: 14px;
        border-left: 1px solid var(--line);
      }
      li {
        padding: 2px 0;
      }
      .line {
        display: grid;
        grid-template-columns: 1.4em minmax(0, 1fr);
        gap: 0 4px;
      }
      .mark {
        color: var(--down);
        font-weight: 600;
      }
      .holds > .line > .mark {
        color: var(--fresh);
      }
      .group {
        color: var(--ink-2);
      }
      .found {
        display: block;
        color: var(--ink-2);
        font-variant-numeric: tabular-nums;
      }
      b {
        font-weight: 600;
      }
      p {
        margin: 0 0 4px;
        color: var(--ink-2);
      }
    `,
  ];

  @property({ attribute: false }) answer: SegmentAnswer | null = null;

  override render() {
    const { answer } = this;
    if (answer === null) return nothing;
    const kept = keptOutWords(answer);
    return html`${kept === null ? nothing : html`<p>${kept}</p>`}
      ${
        answer.why === null
          ? answer.keptOut === null
            ? html`<p>It has no rule: it takes whoever is in none of the others.</p>`
            : nothing
          : html`<ul>
              ${condition(answer.why)}
            </ul>`
      }`;
  }
}

function condition(answer: ConditionAnswer): unknown {
  const says = answer.holds ? "holds" : "fails";
  const mark = html`<span class="mark" aria-hidden="true">${answer.holds ? "✓" : "✕"}</span>`;
  const spoken = html`<span class="spoken">${answer.holds ? "Holds: " : "Does not hold: "}</span>`;
  const parts =
    answer.parts.length === 0
      ? nothing
      : html`<ul>
        ${answer.parts.map(condition)}
      </ul>`;
  if (answer.kind === "condition") {
    return html`<li class=${says}>
      <div class="line">
        ${mark}<span>${spoken}${answer.words}${answer.found === null ? nothing : html`<span class="found">${foundWords(answer.found)}</span>`}</span>
      </div>
      ${parts}
    </li>`;
  }
  return html`<li class=${says}>
    <div class="line">${mark}<span class="group">${spoken}${GROUPS[answer.kind]}</span></div>
    ${parts}
  </li>`;
}

function foundWords({ what, value }: NonNullable<ConditionAnswer["found"]>) {
  const written =
    value === null
      ? "missing"
      : typeof value === "number"
        ? formatNumber(value, { atMost: 4 })
        : typeof value === "boolean"
          ? value
            ? "yes"
            : "no"
          : value || MISSING;
  return html`${what}: <b>${written}</b>`;
}

/** What keeps somebody out whatever the rule says; null where nothing does. */
function keptOutWords({ keptOut }: SegmentAnswer): string | null {
  if (keptOut === null) return null;
  if (keptOut.by === "exclude") return "Kept out by the head's exclude, whatever the rule says.";
  if (keptOut.by === "segment")
    return `In ${keptOut.segment}, which comes first: whoever fits several is in the first.`;
  return `Not in ${keptOut.relation}, the relation that the cell is about.`;
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-why": SegWhy;
  }
}

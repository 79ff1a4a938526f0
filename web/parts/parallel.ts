import { css, html, LitElement, svg } from "lit";
import { customElement, property } from "lit/decorators.js";
import { glyphPath, groupDash } from "../../server/figures/glyphs.ts";
import {
  PARALLEL_EDGE as EDGE,
  type ParallelFrame,
  type ParallelLine,
  parallelFrame,
  parallelPath,
  parallelWords,
  parallelX,
  parallelY,
  rangeWords,
} from "../../server/figures/parallel-drawing.ts";
import { base } from "../theme/base.ts";
import { ThemeColours } from "../theme/colours.ts";
import { MeasuredWidth } from "./measured-width.ts";
import "./scroll-frame.ts";

const HEIGHT = 220;
/** Room for the numbers at both ends. */
const SIDE = 26;

/** Groups as lines over columns that stand side by side: where a line is high the group is above everybody. */
@customElement("seg-parallel")
export class SegParallel extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        font: var(--size-2) / 1.4 var(--font);
        color: var(--ink);
      }
      .plot {
        min-width: calc(var(--columns) * 84px);
      }
      svg {
        display: block;
      }
      .plot > svg {
        width: 100%;
      }
      path {
        fill: none;
        stroke-width: 1.75;
        stroke-linejoin: round;
      }
      .axis {
        stroke: var(--line);
        stroke-width: 1;
      }
      .everybody {
        stroke: var(--line-strong);
        stroke-width: 1;
      }
      text {
        font: 600 var(--size-1) var(--font);
        font-variant-numeric: tabular-nums;
        fill: var(--ink);
      }
      .heads {
        display: grid;
        grid-template-columns: repeat(var(--columns), minmax(0, 1fr));
        color: var(--ink-2);
        font-size: var(--size-1);
        text-align: center;
      }
      .heads span {
        padding: 0 4px;
        overflow-wrap: anywhere;
      }
      .legend {
        display: flex;
        flex-wrap: wrap;
        gap: 2px var(--gap-3);
        margin-bottom: 6px;
        color: var(--ink-2);
      }
      .legend span {
        display: inline-flex;
        align-items: center;
        gap: 5px;
      }
      p {
        margin: 6px 0 0;
        font-size: var(--size-1);
        color: var(--ink-3);
      }
    `,
  ];

  @property({ attribute: false }) columns: readonly string[] = [];
  @property({ attribute: false }) lines: readonly ParallelLine[] = [];
  @property() label = "Profiles";

  readonly #width = new MeasuredWidth(this, { of: ".plot", first: 640, least: 160 });
  readonly #colours = new ThemeColours(this);

  override render() {
    const { columns, lines } = this;
    const width = this.#width.value;
    const frame = parallelFrame(lines, { columns: columns.length, width, height: HEIGHT });
    const x = (place: number) => parallelX(place, frame);
    const y = (value: number) => parallelY(value, frame);
    return html`<div class="legend">${lines.map((line) => this.#legend(line))}</div>
      <seg-scroll-frame label=${this.label}>
        <div class="plot" style="--columns:${columns.length}">
          <svg viewBox="0 0 ${width} ${HEIGHT}" height=${HEIGHT} role="img" aria-label=${parallelWords(this.label, columns, lines)}>
            ${columns.map((_, place) => svg`<path class="axis" d=${`M${x(place)} ${EDGE / 2}V${HEIGHT - EDGE / 2}`} />`)}
            <path class="everybody" d=${`M0 ${HEIGHT / 2}H${width}`} />
            ${lines.map((line) => this.#line(line, frame))}
            ${this.#numbers(0, "end", x(0) - SIDE / 2, y)}
            ${this.#numbers(columns.length - 1, "start", x(columns.length - 1) + SIDE / 2, y)}
          </svg>
          <div class="heads" aria-hidden="true">${columns.map((column) => html`<span>${column}</span>`)}</div>
        </div>
      </seg-scroll-frame>
      <p>${rangeWords(frame)}</p>`;
  }

  #line(line: ParallelLine, frame: ParallelFrame) {
    const { group } = line;
    const { path, points } = parallelPath(line, frame);
    const colour = this.#colours.at(group - 1);
    return svg`<path d=${path} stroke=${colour} stroke-dasharray=${groupDash(group)} />
      ${points.map((at) => svg`<path d=${glyphPath(group, at.x, at.y, 3.6)} style="fill:${colour}" stroke="var(--card)" />`)}`;
  }

  /** Each line's number at one end, moved apart where they would touch. */
  #numbers(place: number, anchor: "start" | "end", x: number, y: (value: number) => number) {
    const placed = this.lines
      .flatMap(({ group, values }) => {
        const value = values[place] ?? null;
        return value === null ? [] : [{ group, y: y(value) }];
      })
      .sort((a, b) => a.y - b.y);
    let above = Number.NEGATIVE_INFINITY;
    return placed.map(({ group, y: own }) => {
      above = Math.max(own, above + 11);
      return svg`<text x=${x} y=${above + 4} text-anchor=${anchor}>${group}</text>`;
    });
  }

  #legend({ name, group }: ParallelLine) {
    const colour = this.#colours.at(group - 1);
    return html`<span
      ><svg width="34" height="14" aria-hidden="true">
        <path d="M0 7H34" stroke=${colour} stroke-dasharray=${groupDash(group)} />
        <path d=${glyphPath(group, 17, 7, 3.6)} style="fill:${colour}" /></svg
      >${name.endsWith(` ${group}`) ? name : `${group} ${name}`}</span
    >`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-parallel": SegParallel;
  }
}

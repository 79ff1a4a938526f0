import { css, html, LitElement, nothing, svg } from "lit";
import { customElement, property } from "lit/decorators.js";
import { formatCount, MISSING } from "../../../server/figures/format.ts";
import { drawTogether } from "../../../server/figures/history-together.ts";
import { momentWords } from "../../../server/figures/settings.ts";
import type { HistoryView, SegmentPoint } from "../../../server/segments/history/view.ts";
import type { SegmentRef } from "../../../server/segments/profile/view.ts";
import { MeasuredWidth } from "../../parts/measured-width.ts";
import "../../parts/scroll-frame.ts";
import { base } from "../../theme/base.ts";
import { ThemeColours } from "../../theme/colours.ts";
import { recordedStyle } from "./recorded-style.ts";

const HEIGHT = 180;
const EDGE = 6;
/** Between the names of two lines. */
const APART = 16;

/** Lines are told apart by more than their colour. */
const DASHES = ["none", "7 3", "2 3", "10 3 2 3", "5 5", "1 4"];

/** The sizes of several segments at each refresh in one drawing, each line with its name, and as a table. */
@customElement("seg-recorded-together")
export class SegRecordedTogether extends LitElement {
  static override styles = [
    base,
    recordedStyle,
    css`
      .plot {
        display: grid;
        grid-template-columns: minmax(0, 1fr) fit-content(38%);
      }
      .drawing {
        min-width: 0;
      }
      .names {
        position: relative;
        display: grid;
        height: ${HEIGHT}px;
        padding-left: 6px;
      }
      .names span {
        grid-area: 1 / 1;
        position: relative;
        height: ${APART}px;
        overflow: hidden;
        color: var(--ink);
        font-size: var(--size-1);
        line-height: ${APART}px;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      td.size {
        text-align: right;
      }
      .line {
        stroke-width: 2;
      }
    `,
  ];

  @property({ attribute: false }) history: HistoryView | null = null;
  @property({ attribute: false }) segments: readonly SegmentRef[] = [];
  @property() zone = "UTC";
  readonly #width = new MeasuredWidth(this, { of: ".drawing", first: 600, least: 140 });
  readonly #colours = new ThemeColours(this);

  override render() {
    const { history } = this;
    if (history === null) return nothing;
    const points = this.segments.map(
      (segment) => history.segments.find((one) => isSame(one, segment))?.points ?? history.refreshes.map(() => null),
    );
    if (points.every((own) => own.every((point) => point === null))) {
      return html`<p class="none">
        No refresh has recorded them yet. “Refresh” in the notebook's menu, or <code>run --refresh</code>, records who is in.
      </p>`;
    }
    return html`${this.#plot(history, points)} ${this.#table(history, points)}`;
  }

  #plot({ refreshes }: HistoryView, points: readonly (readonly (SegmentPoint | null)[])[]) {
    const width = this.#width.value;
    const { lines, most } = drawTogether(refreshes, points, { width, height: HEIGHT, edge: EDGE, apart: APART });
    const drawn = lines.map((line, index) => {
      const colour = this.#colours.at(index);
      return svg`<path class="line" d=${line.line} style="stroke:${colour};stroke-dasharray:${DASHES[index % DASHES.length] ?? "none"}" />
        ${line.places.map(({ x, y }) => svg`<circle class="mark" cx=${x} cy=${y} r="3.5" style="fill:${colour}" />`)}`;
    });
    return html`<div class="plot" aria-hidden="true">
      <div class="drawing">
        <svg viewBox="0 0 ${width} ${HEIGHT}" height=${HEIGHT}>${drawn}</svg>
        <div class="ends">
          <span>${this.#moment(refreshes[0]?.asOf)}</span>
          <span>0 to ${formatCount(most)} people</span>
          <span>${refreshes.length > 1 ? this.#moment(refreshes.at(-1)?.asOf) : ""}</span>
        </div>
      </div>
      <div class="names">
        ${this.segments.map(({ name }, index) => {
          const y = lines[index]?.labelY ?? null;
          return y === null ? nothing : html`<span style="top:${Math.round(y - APART / 2)}px">${name}</span>`;
        })}
      </div>
    </div>`;
  }

  #table({ refreshes }: HistoryView, points: readonly (readonly (SegmentPoint | null)[])[]) {
    const rows = refreshes.map(({ asOf }, index) => ({ asOf, index }));
    return html`<details ?open=${rows.length < 6}>
      <summary>${rows.length === 1 ? "One refresh" : `${formatCount(rows.length)} refreshes`}</summary>
      <seg-scroll-frame label="Sizes at refreshes">
        <table>
          <thead>
            <tr>
              <th scope="col">As of</th>
              ${this.segments.map(({ name }) => html`<th scope="col">${name}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${rows.reverse().map(
              ({ asOf, index }) => html`<tr>
                <th scope="row">${this.#moment(asOf)}</th>
                ${points.map((own) => html`<td class="size">${sizeOf(own[index])}</td>`)}
              </tr>`,
            )}
          </tbody>
        </table>
      </seg-scroll-frame>
    </details>`;
  }

  #moment(moment: string | undefined): string {
    return moment === undefined ? "" : momentWords(moment, this.zone);
  }
}

function sizeOf(point: SegmentPoint | null | undefined): string {
  return point == null ? MISSING : formatCount(point.size);
}

function isSame(one: SegmentRef, other: SegmentRef): boolean {
  return one.cell === other.cell && one.name === other.name;
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-recorded-together": SegRecordedTogether;
  }
}

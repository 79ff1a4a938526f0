import { html, LitElement, nothing, svg } from "lit";
import { customElement, property } from "lit/decorators.js";
import { causeWords } from "../../../server/figures/cause-words.ts";
import { formatCount } from "../../../server/figures/format.ts";
import { drawHistory } from "../../../server/figures/history-drawing.ts";
import { momentWords } from "../../../server/figures/settings.ts";
import type { HistoryView, SegmentHistory, SegmentMovesView } from "../../../server/segments/history/view.ts";
import type { SegmentRef } from "../../../server/segments/profile/view.ts";
import { MeasuredWidth } from "../../parts/measured-width.ts";
import "../../parts/scroll-frame.ts";
import { routeHref } from "../../state/route.ts";
import { base } from "../../theme/base.ts";
import { recordedStyle } from "./recorded-style.ts";

const HEIGHT = 120;
const EDGE = 6;

/** A segment at each refresh: its size with the edits of its rule marked, who came and went and why, from and to where. */
@customElement("seg-recorded")
export class SegRecorded extends LitElement {
  static override styles = [base, recordedStyle];

  @property({ attribute: false }) history: HistoryView | null = null;
  @property({ attribute: false }) segment: SegmentRef | null = null;
  /** The notebook's, for the way to other segments. */
  @property() path = "";
  @property() zone = "UTC";
  readonly #width = new MeasuredWidth(this, { of: ".plot", first: 600, least: 200 });

  override render() {
    const { history, segment } = this;
    if (history === null || segment === null) return nothing;
    const own = history.segments.find(({ cell, name }) => cell === segment.cell && name === segment.name);
    if (own === undefined) {
      return html`<p class="none">
        No refresh has recorded it yet. “Refresh” in the notebook's menu, or <code>run --refresh</code>, records who is in,
        and from then on who comes and goes and why.
      </p>`;
    }
    const hrefOf = (name: string) =>
      routeHref({ page: "segment", path: this.path, segments: [{ cell: segment.cell, name }] });
    return html`${this.#plot(history, own)} ${this.#table(history, own)}
      ${history.moves === null ? nothing : moves(history.moves, hrefOf)}`;
  }

  #plot({ refreshes }: HistoryView, own: SegmentHistory) {
    const drawing = drawHistory(refreshes, own.points, { width: this.#width.value, height: HEIGHT, edge: EDGE });
    const edits = drawing.places.filter(({ isEdited }) => isEdited);
    return html`<div class="plot" aria-hidden="true">
        <svg viewBox="0 0 ${this.#width.value} ${HEIGHT}" height=${HEIGHT}>
          ${edits.map(({ x }) => svg`<line class="edit" x1=${x} x2=${x} y1="0" y2=${HEIGHT} />`)}
          <path class="line" d=${drawing.line} />
          ${drawing.places.map(({ x, y }) => svg`<circle class="mark" cx=${x} cy=${y} r="3" />`)}
        </svg>
        <div class="ends">
          <span>${this.#moment(refreshes[0]?.asOf)}</span>
          <span>0 to ${formatCount(drawing.most)} people${edits.length === 0 ? "" : "; dashed: its rule was edited"}</span>
          <span>${refreshes.length > 1 ? this.#moment(refreshes.at(-1)?.asOf) : ""}</span>
        </div>
      </div>`;
  }

  #table({ refreshes }: HistoryView, own: SegmentHistory) {
    const rows = refreshes.flatMap(({ asOf }, index) => {
      const point = own.points[index];
      return point == null ? [] : [{ asOf, point }];
    });
    return html`<details ?open=${rows.length < 6}>
      <summary>${rows.length === 1 ? "One refresh" : `${formatCount(rows.length)} refreshes`}</summary>
      <seg-scroll-frame label="Refreshes">
        <table>
          <thead>
            <tr>
              <th scope="col">As of</th>
              <th scope="col">People</th>
              <th scope="col">Came</th>
              <th scope="col">Went</th>
              <th scope="col"><span class="spoken">What else happened</span></th>
            </tr>
          </thead>
          <tbody>
            ${rows.reverse().map(
              ({ asOf, point }) => html`<tr>
                <th scope="row">${this.#moment(asOf)}</th>
                <td>${formatCount(point.size)}</td>
                <td>${formatCount(point.entered)}</td>
                <td>${formatCount(point.left)}</td>
                <td>${point.isEdited ? "its rule was edited" : ""}</td>
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

/** Causes, and the segments of the same cell that people came from and went to. */
function moves({ causes, from, to }: SegmentMovesView, hrefOf: (name: string) => string) {
  if (causes.length === 0) return html`<p class="none">Since its first refresh nobody has come or gone.</p>`;
  return html`<div class="moves">
    <div>
      <h3>Why, over all refreshes but the first</h3>
      <ul>
        ${causes.map(
          ({ because, entered, left }) =>
            html`<li><span>${causeWords(because)}</span><span>▲ ${formatCount(entered)} ▼ ${formatCount(left)}</span></li>`,
        )}
      </ul>
    </div>
    ${flow("Came from", from, hrefOf)} ${flow("Went to", to, hrefOf)}
  </div>`;
}

function flow(heading: string, rows: SegmentMovesView["from"], hrefOf: (name: string) => string) {
  if (rows.length === 0) return nothing;
  return html`<div>
    <h3>${heading}</h3>
    <ul>
      ${rows.map(
        ({ name, people }) => html`<li>
            ${name === null ? html`<span>none of the cell's other segments</span>` : html`<a href=${hrefOf(name)}>${name}</a>`}
            <span>${formatCount(people)}</span>
          </li>`,
      )}
    </ul>
  </div>`;
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-recorded": SegRecorded;
  }
}

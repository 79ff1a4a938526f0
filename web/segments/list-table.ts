import { css, html, LitElement, nothing, svg } from "lit";
import { customElement, property } from "lit/decorators.js";
import { formatChange, formatCount, formatPercent, MISSING } from "../../server/figures/format.ts";
import { formatDay, lastDayBefore } from "../../server/figures/format-time.ts";
import { drawHistory } from "../../server/figures/history-drawing.ts";
import type { SegmentSize } from "../../server/figures/segmentation.ts";
import type { FindingView } from "../../server/run/view.ts";
import type { HistoryView, SegmentPoint } from "../../server/segments/history/view.ts";
import "../parts/scroll-frame.ts";
import { routeHref } from "../state/route.ts";
import { base } from "../theme/base.ts";
import { figuresTable } from "../theme/figures-table.ts";
import { isAbout } from "./guards/about.ts";

const FRAME = { width: 96, height: 22, edge: 3 };

/** A cell's segments in a list of many: size, share, what refreshes recorded, the last change. */
@customElement("seg-segments-table")
export class SegSegmentsTable extends LitElement {
  static override styles = [
    base,
    figuresTable,
    css`
      th:first-child {
        width: 34%;
        min-width: 18ch;
        font-weight: 600;
      }
      small {
        display: block;
        color: var(--ink-3);
        font-size: var(--size-1);
        font-weight: 400;
      }
      .track {
        display: block;
        min-width: 60px;
        height: 8px;
        border-radius: 4px;
        background: var(--sunk);
      }
      .track i {
        display: block;
        height: 8px;
        min-width: 1px;
        border-radius: 4px;
        background: var(--accent);
      }
      .bar {
        width: 22%;
      }
      svg {
        display: block;
        margin-left: auto;
        overflow: visible;
      }
      path {
        fill: none;
        stroke: var(--accent);
        stroke-width: 1.5;
      }
      circle {
        fill: var(--accent);
      }
      a.findings {
        color: var(--stale);
        font-weight: 600;
      }
      /* The share says the same; on a narrow page the name has the room. */
      @media (max-width: 640px) {
        .bar,
        thead th:nth-child(2) {
          display: none;
        }
      }
      /* A long rule is read on the segment's page: here its line is one among others. */
      @media (max-width: 640px) {
        small.rule {
          display: -webkit-box;
          overflow: hidden;
          -webkit-box-orient: vertical;
          -webkit-line-clamp: 3;
        }
      }
      .up {
        color: var(--up);
      }
      .down {
        color: var(--down);
      }
    `,
  ];

  @property() path = "";
  @property() cell = "";
  /** What the notebook is called: another may have a cell of the same id. */
  @property() notebook = "";
  @property({ attribute: false }) sizes: readonly SegmentSize[] = [];
  @property({ attribute: false }) history: HistoryView | null = null;
  /** Of the whole notebook. */
  @property({ attribute: false }) findings: readonly FindingView[] = [];

  override render() {
    return html`<seg-scroll-frame label=${`Segments of ${this.cell}, ${this.notebook}`}>
      <table>
        <thead>
          <tr>
            <th scope="col">Segment</th>
            <th scope="col"><span class="spoken">Share as a bar</span></th>
            <th scope="col">People</th>
            <th scope="col">Share</th>
            <th scope="col">As recorded</th>
            <th scope="col">Last change</th>
            <th scope="col">Findings</th>
          </tr>
        </thead>
        <tbody>
          ${this.sizes.map((size) => this.#row(size))}
        </tbody>
      </table>
    </seg-scroll-frame>`;
  }

  #row({ name, people, share, words }: SegmentSize) {
    const href = routeHref({ page: "segment", path: this.path, segments: [{ cell: this.cell, name }] });
    const points = this.history?.segments.find((one) => one.cell === this.cell && one.name === name)?.points ?? [];
    return html`<tr>
      <th scope="row"><a href=${href}>${name}</a>${words === null ? nothing : html`<small class="rule">${words}</small>`}</th>
      <td class="bar"><span class="track" aria-hidden="true"><i style="width:${Math.min(100, (share ?? 0) * 100)}%"></i></span></td>
      <td>${formatCount(people)}</td>
      <td>${share === null ? MISSING : formatPercent(share, { digits: 1 })}</td>
      <td>${this.#trend(points)}</td>
      <td>${this.#change(points)}</td>
      <td>${this.#found(name, href)}</td>
    </tr>`;
  }

  /** How much there is to look at that is not accepted, with the way there. */
  #found(name: string, href: string) {
    const own = this.findings.filter((one) => one.cell === this.cell && one.accepted === null && isAbout(one, name));
    return own.length === 0
      ? "none"
      : html`<a class="findings" href=${href}>${formatCount(own.length)}<span class="spoken"> of ${name}</span></a>`;
  }

  #trend(points: readonly (SegmentPoint | null)[]) {
    const known = points.flatMap((point) => (point === null ? [] : [point.size]));
    if (this.history === null || known.length === 0) return "not yet";
    if (known.length === 1) return "once";
    const { line, places } = drawHistory(this.history.refreshes, points, FRAME);
    const last = places.at(-1);
    return html`<svg width=${FRAME.width} height=${FRAME.height} role="img" aria-label=${`${known.length} times, from ${formatCount(known[0] ?? 0)} to ${formatCount(known.at(-1) ?? 0)}`}>
      <path d=${line} />
      ${last === undefined ? nothing : svg`<circle cx=${last.x} cy=${last.y} r="2" />`}
    </svg>`;
  }

  /** Of the last refresh at which anybody came or went, the first one aside. */
  #change(points: readonly (SegmentPoint | null)[]) {
    const first = points.findIndex((point) => point !== null);
    const at = points.findLastIndex(
      (point, index) => index > first && point !== null && point.entered + point.left > 0,
    );
    const point = points[at] ?? null;
    const moment = this.history?.refreshes[at]?.asOf;
    if (point === null || moment === undefined) return MISSING;
    const before = point.size - point.entered + point.left;
    const change = before === 0 ? null : formatChange((point.size - before) / before);
    return html`<span class=${change?.direction ?? ""}>${change === null ? `▲ ${formatCount(point.entered)}` : change.text || "±0"}</span>
      <small>${formatDay(lastDayBefore(moment))}: ${formatCount(point.entered)} came, ${formatCount(point.left)} went</small>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-segments-table": SegSegmentsTable;
  }
}

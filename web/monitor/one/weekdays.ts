import { css, html, LitElement, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import { formatChange, MISSING } from "../../../server/figures/format.ts";
import { type SeriesUnit, writeValue } from "../../../server/figures/series-words.ts";
import type { WeekdayFigure } from "../../../server/figures/weekday-pattern.ts";
import "../../parts/scroll-frame.ts";
import { base } from "../../theme/base.ts";
import { figuresTable } from "../../theme/figures-table.ts";

const NAMES = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/** Mean by weekday, each against the mean of the week: of this series, and of all that are watched by the metric. */
@customElement("seg-weekdays")
export class SegWeekdays extends LitElement {
  static override styles = [
    base,
    figuresTable,
    css`
      .strip {
        position: relative;
        display: block;
        width: 220px;
        height: 16px;
      }
      .strip::before {
        content: "";
        position: absolute;
        left: 50%;
        top: 0;
        bottom: 0;
        border-left: 1px solid var(--line-strong);
      }
      .strip i {
        position: absolute;
        top: 4px;
        width: 9px;
        height: 9px;
        margin-left: -4.5px;
      }
      .own {
        border-radius: 50%;
        background: var(--accent);
      }
      .pooled {
        border: 1.5px solid var(--ink-2);
        transform: rotate(45deg) scale(0.85);
      }
      th i {
        display: inline-block;
        width: 9px;
        height: 9px;
        margin-right: 4px;
      }
      td.shape {
        text-align: left;
      }
    `,
  ];

  @property({ attribute: false }) days: readonly WeekdayFigure[] = [];
  @property() unit: SeriesUnit = "share";
  /** Whether the other series are still being read. */
  @property({ type: Boolean }) reading = false;

  override render() {
    const most = Math.max(0.05, ...this.days.flatMap(({ own, pooled }) => [Math.abs(own ?? 0), Math.abs(pooled ?? 0)]));
    const at = (share: number) => `${(50 + (share / most) * 48).toFixed(1)}%`;
    const mark = (share: number | null, look: string) =>
      share === null ? nothing : html`<i class=${look} style="left:${at(share)}"></i>`;
    const change = (share: number | null) => (share === null ? MISSING : formatChange(share).text);
    return html`<seg-scroll-frame label="Table of weekdays">
      <table>
        <thead>
          <tr>
            <th scope="col">Weekday</th>
            <th scope="col">Mean</th>
            <th scope="col"><i class="own"></i>This series</th>
            <th scope="col"><i class="pooled"></i>All pooled${this.reading ? " (being read …)" : ""}</th>
            <td></td>
          </tr>
        </thead>
        <tbody>
          ${this.days
            .filter(({ mean }) => mean !== null)
            .map(
              ({ weekday, mean, own, pooled }) => html`<tr>
                <th scope="row">${NAMES[weekday]}</th>
                <td>${writeValue(mean, this.unit)}</td>
                <td>${change(own)}</td>
                <td>${change(pooled)}</td>
                <td class="shape"><span class="strip" aria-hidden="true">${mark(pooled, "pooled")}${mark(own, "own")}</span></td>
              </tr>`,
            )}
        </tbody>
      </table>
    </seg-scroll-frame>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-weekdays": SegWeekdays;
  }
}

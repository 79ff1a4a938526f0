import { css, html, LitElement } from "lit";
import { customElement, property } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import type { SeriesTile } from "../../server/figures/series-tiles.ts";
import { base } from "../theme/base.ts";
import { emit } from "./emit.ts";
import "./series.ts";

/**
 * Many small series side by side, in the order that they are given in.
 * Event: `ask` with `{ segment, metric, period }`; the tiles' own do not get further.
 */
@customElement("seg-series-wall")
export class SegSeriesWall extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
      }
      ul {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 236px), 1fr));
        gap: var(--gap-3);
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li {
        min-width: 0;
        padding: 10px 12px 8px;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--card);
        box-shadow: var(--shadow);
      }
      .alert {
        border-color: var(--down);
      }
      .alert.up {
        border-color: var(--up);
      }
    `,
  ];

  @property({ attribute: false }) tiles: SeriesTile[] = [];
  @property() label = "Watched series";
  /** Where a series' name leads; nowhere where that is empty. */
  @property({ attribute: false }) href: (tile: SeriesTile) => string = () => "";

  override render() {
    return html`<ul aria-label=${this.label}>
      ${repeat(
        this.tiles,
        (tile) => JSON.stringify([tile.segment, tile.metric]),
        (tile) => html`<li class="${tile.tone} ${tile.change?.direction ?? ""}">
          <seg-series
            .name=${tile.segment}
            .metric=${tile.title ?? tile.metric.replaceAll("_", " ")}
            .points=${tile.points}
            .change=${tile.change}
            .status=${tile.status}
            .tone=${tile.tone}
            .unit=${tile.unit}
            .now=${tile.now ?? null}
            href=${this.href(tile)}
            @ask=${(event: CustomEvent<{ period: string | null }>) => this.#ask(event, tile)}
          ></seg-series>
        </li>`,
      )}
    </ul>`;
  }

  #ask(event: CustomEvent<{ period: string | null }>, tile: SeriesTile): void {
    event.stopPropagation();
    emit(this, "ask", { segment: tile.segment, metric: tile.metric, period: event.detail.period });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-series-wall": SegSeriesWall;
  }
}

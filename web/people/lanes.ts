import { css, html, LitElement, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import { formatCount } from "../../server/figures/format.ts";
import { formatDay } from "../../server/figures/format-time.ts";
import type { EventsPage, PersonView } from "../../server/segments/person/view.ts";
import { base } from "../theme/base.ts";

/** A person's life on one scale of time: a lane for each kind of event and for each segment that was recorded. */
@customElement("seg-person-lanes")
export class SegPersonLanes extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        padding: var(--gap-3) 14px;
        font: var(--size-2) / 1.5 var(--font);
      }
      ul {
        display: grid;
        grid-template-columns: fit-content(36%) minmax(0, 1fr) max-content;
        gap: 3px var(--gap-3);
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li {
        display: grid;
        grid-template-columns: subgrid;
        grid-column: 1 / -1;
        align-items: center;
      }
      .name {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .track {
        position: relative;
        height: 14px;
        border-radius: 4px;
        background: var(--sunk);
        overflow: hidden;
      }
      .track i {
        position: absolute;
        inset-block: 2px;
        width: 2px;
        background: color-mix(in oklab, var(--accent) 70%, transparent);
      }
      .track b {
        position: absolute;
        inset-block: 3px;
        min-width: 3px;
        border-radius: 4px;
        background: var(--running);
      }
      .track b.lasts {
        border-radius: 4px 0 0 4px;
      }
      .number {
        color: var(--ink-2);
        text-align: right;
        font-variant-numeric: tabular-nums;
      }
      .ends {
        display: flex;
        justify-content: space-between;
        color: var(--ink-3);
        font-size: var(--size-1);
      }
      li.scale > :first-child {
        grid-column: 2;
      }
      p {
        margin: var(--gap-2) 0 0;
        color: var(--ink-3);
        font-size: var(--size-1);
      }
    `,
  ];

  @property({ attribute: false }) view: PersonView | null = null;
  @property({ attribute: false }) events: EventsPage | null = null;

  override render() {
    const { view, events } = this;
    if (view === null) return nothing;
    const from = startOf(view, events);
    const to = Date.parse(view.asOf);
    if (from === null || !(to > from)) return nothing;
    const place = (moment: string) => ((Date.parse(moment) - from) / (to - from)) * 100;
    const shown = events?.rows ?? [];
    const all = view.kinds.reduce((sum, kind) => sum + kind.events, 0);
    const segments = [...new Set(view.stays.map(({ cell, segment }) => `${segment}\n${cell}`))];
    return html`<ul aria-label="Life in time">
        ${view.kinds
          .filter((kind) => kind.events > 0)
          .map(
            (kind) => html`<li>
              <span class="name">${kind.words}</span>
              <span class="track" aria-hidden="true"
                >${shown.filter((event) => event.words === kind.words).map((event) => html`<i style="left:${place(event.at)}%"></i>`)}</span
              >
              <span class="number">${formatCount(kind.events)}</span>
            </li>`,
          )}
        ${segments.map((key) => {
          const stays = view.stays.filter(({ cell, segment }) => `${segment}\n${cell}` === key);
          return html`<li>
            <span class="name">in ${stays[0]?.segment}</span>
            <span class="track" aria-hidden="true"
              >${stays.map((stay) => {
                const start = Math.max(0, place(stay.since));
                const end = stay.until === null ? 100 : place(stay.until);
                return html`<b class=${stay.until === null ? "lasts" : ""} style="left:${start}%;width:${end - start}%"></b>`;
              })}</span
            >
            <span class="number">${stays.length === 1 ? "" : `${stays.length} times`}</span>
          </li>`;
        })}
        <li class="scale">
          <span class="ends"><span>${day(from)}</span><span>${day(to)}</span></span>
        </li>
      </ul>
      ${shown.length < all ? html`<p>The newest ${formatCount(shown.length)} of ${formatCount(all)} events are drawn.</p>` : nothing}`;
  }
}

/** When the first thing that is drawn happened; null where nothing did. */
function startOf({ stays }: PersonView, events: EventsPage | null): number | null {
  const moments = [...(events?.rows ?? []).map(({ at }) => at), ...stays.map(({ since }) => since)];
  return moments.length === 0 ? null : Math.min(...moments.map((moment) => Date.parse(moment)));
}

function day(time: number): string {
  return formatDay(new Date(time).toISOString().slice(0, 10));
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-person-lanes": SegPersonLanes;
  }
}

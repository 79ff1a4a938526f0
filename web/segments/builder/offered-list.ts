import { css, html, nothing, svg } from "lit";
import { formatCount, formatNumber } from "../../../server/figures/format.ts";
import type { ValuesView } from "../../../server/run/preview/view.ts";
import { showBeside } from "../../parts/popup.ts";
import type { Offer } from "./offers.ts";

export const offeredListStyle = css`
  [role="listbox"] {
    min-width: 220px;
    max-width: min(380px, calc(100vw - 16px));
    max-height: 300px;
    overflow: auto;
  }
  [role="option"] {
    padding: 3px 8px;
    overflow-wrap: anywhere;
  }
  [role="option"][aria-selected="true"] {
    background: var(--accent-soft);
    color: var(--accent);
  }
  small {
    color: var(--ink-3);
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  .about {
    padding: 2px 8px;
    color: var(--ink-3);
    font-size: var(--size-1);
  }
  svg {
    display: block;
    width: calc(100% - 16px);
    height: 34px;
    margin: 4px 8px 2px;
  }
  rect {
    fill: var(--accent);
    opacity: 0.6;
  }
`;

/** What is in the list below an operand: how the column's values spread, and those that can be taken. */
export function offeredList(
  { view, offers, at }: { view: ValuesView | null; offers: readonly Offer[]; at: number },
  take: (place: number) => void,
) {
  const about = view === null ? "" : aboutOf(view);
  return html`${view !== null && view.histogram.length > 1 ? histogram(view.histogram) : nothing}
    ${about === "" ? nothing : html`<div class="about" role="presentation">${about}</div>`}
    ${offers.map(
      ({ label, hint }, place) => html`<div
        id=${`offer-${place}`}
        role="option"
        class="choice"
        aria-selected=${String(place === at)}
        @pointerdown=${(event: Event) => event.preventDefault()}
        @click=${() => take(place)}
      >
        <span>${label}</span><small>${hint}</small>
      </div>`,
    )}`;
}

/** Shows a list below its field, or above it where there is no room; hides it where there is nothing in it. */
export function placeList(list: HTMLElement, input: HTMLElement): void {
  if (list.childElementCount === 0) {
    hideList(list);
    return;
  }
  showBeside(list, input);
  list.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
}

export function hideList(list: HTMLElement): void {
  if (list.matches(":popover-open")) list.hidePopover();
}

function histogram(bars: readonly number[]) {
  const most = Math.max(1, ...bars);
  return html`<svg viewBox="0 0 ${bars.length} 40" preserveAspectRatio="none" aria-hidden="true">
    ${bars.map((rows, place) => {
      const height = rows === 0 ? 0 : Math.max(0.8, (rows / most) * 40);
      return svg`<rect x=${place + 0.06} width="0.88" y=${40 - height} height=${height} />`;
    })}
  </svg>`;
}

function aboutOf({ rows, missing, range, more }: ValuesView): string {
  const lacking = missing === 0 ? "" : `${formatCount(missing)} of ${formatCount(rows)} have none`;
  const ends = range === null ? "" : `From ${said(range.min)} to ${said(range.max)}`;
  const others = more ? "The commonest; type to search for others" : "";
  return [ends, others, lacking].filter(Boolean).join(" · ");
}

function said(value: string | number): string {
  return typeof value === "number" ? formatNumber(value, { atMost: 2 }) : value;
}

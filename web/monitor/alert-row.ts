import { css, html } from "lit";
import type { Alert, Tier } from "../../server/figures/alerts.ts";
import "../parts/pill.ts";
import type { Tone } from "../parts/pill.ts";

const TONES: Readonly<Record<Tier, Tone>> = { watch: "stale", alert: "failed", confirmed: "failed" };

/** How an alert looks in a list, whether it can be decided on or not. */
export const alertRowStyle = css`
  .mark.down {
    color: var(--down);
  }
  .mark.up {
    color: var(--up);
  }
  b {
    font-size: var(--size-3);
    font-weight: 600;
    color: var(--ink);
  }
  p {
    margin: 2px 0 0;
    color: var(--ink-2);
  }
`;

/** A row's three columns: the mark, the words, what leads on; given to what holds them. */
export const alertColumns = css`
  display: grid;
  grid-template-columns: 18px minmax(0, 1fr) auto;
  gap: 2px 10px;
  align-items: start;
  padding: 10px 14px;
`;

/** Whether it fell or rose. */
export function directionMark({ direction }: Pick<Alert, "direction">) {
  const isDown = direction === "down";
  return html`<span class="mark ${direction}" role="img" aria-label=${isDown ? "down" : "up"}>${isDown ? "▼" : "▲"}</span>`;
}

/** How sure it is. */
export function tierPill(tier: Tier) {
  return html`<seg-pill tone=${TONES[tier]}>${tier}</seg-pill>`;
}

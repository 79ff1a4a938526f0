import { css } from "lit";

export const wallStyle = css`
  :host {
    display: block;
    font: var(--size-2) / 1.5 var(--font);
  }
  .frame {
    --name: 168px;
    position: relative;
    max-height: min(74vh, 880px);
    overflow: auto;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--card);
    box-shadow: var(--shadow);
  }
  .grid {
    min-width: calc(var(--name) + var(--metrics) * 226px);
  }
  [role="row"] {
    display: grid;
    grid-template-columns: var(--name) repeat(var(--metrics), minmax(0, 1fr));
  }
  .heads {
    position: sticky;
    top: 0;
    z-index: 2;
    background: var(--card);
    border-bottom: 1px solid var(--line-strong);
  }
  .heads > * {
    padding: 6px 12px;
    color: var(--ink-2);
    font-size: var(--size-1);
    font-weight: 600;
  }
  .heads small {
    color: var(--ink-3);
    font-size: inherit;
    font-weight: 400;
  }
  .row {
    height: 54px;
    border-bottom: 1px solid var(--line);
  }
  .row:last-child {
    border-bottom: 0;
  }
  [role="rowheader"],
  .heads > :first-child {
    position: sticky;
    left: 0;
    z-index: 1;
    background: var(--card);
  }
  [role="rowheader"] {
    display: flex;
    align-items: center;
    padding: 4px 12px;
    font-weight: 600;
    overflow: hidden;
  }
  [role="rowheader"] span {
    display: -webkit-box;
    overflow: hidden;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    line-height: 1.3;
    overflow-wrap: anywhere;
  }
  [role="gridcell"] {
    min-width: 0;
  }
  .cell {
    display: grid;
    grid-template-columns: minmax(0, 134px) minmax(60px, 1fr);
    align-items: center;
    gap: 6px;
    height: 100%;
    padding: 3px 10px 3px 9px;
    border-left: 3px solid transparent;
    color: var(--ink);
    text-decoration: none;
  }
  .cell:hover {
    background: var(--sunk);
  }
  .cell:focus-visible {
    outline-offset: -2px;
  }
  .alert.down {
    border-left-color: var(--down);
  }
  .alert.up {
    border-left-color: var(--up);
  }
  .none {
    color: var(--ink-3);
  }
  .said {
    min-width: 0;
    line-height: 1.3;
  }
  .said b {
    display: block;
    font-size: var(--size-3);
    font-weight: 600;
    font-variant-numeric: tabular-nums;
  }
  .said span {
    display: block;
    color: var(--ink-3);
    font-size: var(--size-1);
  }
  .said .down {
    color: var(--down);
    font-weight: 600;
  }
  .said .up {
    color: var(--up);
    font-weight: 600;
  }
  .said .paused {
    color: color-mix(in oklab, var(--stale) 88%, var(--ink));
  }
  svg {
    display: block;
    width: 100%;
    height: 42px;
    overflow: hidden;
  }
  .band {
    fill: var(--band);
  }
  .line {
    fill: none;
    stroke: var(--ink-2);
    stroke-width: 1.1;
    stroke-linejoin: round;
  }
  .young {
    stroke-dasharray: 2 2;
  }
  .drifts.down {
    color: var(--down);
  }
  .drifts.up {
    color: var(--up);
  }
  .drifts .line {
    stroke: currentColor;
  }
  .change {
    stroke: currentColor;
    stroke-dasharray: 3 3;
  }
  .hollow {
    fill: var(--card);
    stroke: var(--ink-2);
  }
  .nobody {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--gap-2);
    margin: 0;
    padding: var(--gap-4) 14px;
    color: var(--ink-2);
  }
  @media (max-width: 640px) {
    .frame {
      --name: 104px;
    }
    [role="rowheader"] {
      padding: 4px 8px;
    }
  }
`;

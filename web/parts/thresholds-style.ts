import { css } from "lit";

export const thresholdsStyle = css`
  :host {
    display: block;
    font: var(--size-1) / 1.4 var(--font);
    color: var(--ink-2);
    font-variant-numeric: tabular-nums;
  }
  .frame {
    position: relative;
    padding: 0 8px;
  }
  .plot {
    position: relative;
  }
  svg {
    display: block;
    width: 100%;
  }
  rect {
    fill: var(--accent);
  }
  rect.none {
    fill: var(--ink-3);
  }
  .axis {
    position: relative;
    height: 32px;
    border-top: 1px solid var(--line-strong);
    color: var(--ink-3);
  }
  .axis span {
    position: absolute;
    top: 14px;
    transform: translateX(-50%);
    white-space: nowrap;
  }
  .handle {
    position: absolute;
    top: 0;
    bottom: -12px;
    width: 24px;
    margin-left: -12px;
    border-radius: 5px;
    cursor: ew-resize;
    touch-action: none;
  }
  .handle::before {
    content: "";
    position: absolute;
    left: 11px;
    top: var(--top, 0);
    bottom: 12px;
    border-left: 2px solid var(--ink);
  }
  .handle::after {
    content: "";
    position: absolute;
    left: 5px;
    bottom: 0;
    width: 14px;
    height: 14px;
    border: 2px solid var(--card);
    border-radius: 50%;
    background: var(--ink);
  }
  .handle.held::before,
  .handle:focus-visible::before {
    border-left-color: var(--accent);
  }
  .handle.held::after,
  .handle:focus-visible::after {
    background: var(--accent);
  }
  .handle b {
    position: absolute;
    left: 15px;
    top: var(--top, 0);
    max-width: 130px;
    padding: 0 4px;
    overflow: hidden;
    border-radius: 4px;
    background: color-mix(in oklab, var(--card) 86%, transparent);
    color: var(--ink);
    font-weight: 600;
    text-overflow: ellipsis;
    white-space: nowrap;
    pointer-events: none;
  }
  .handle.left b {
    left: auto;
    right: 15px;
  }
  .fixed {
    cursor: default;
  }
  .fixed::after {
    content: none;
  }
`;

import { css } from "lit";

export const dendrogramStyle = css`
  :host {
    display: block;
    font: var(--size-2) / 1.5 var(--font);
    color: var(--ink);
  }
  .frame {
    position: relative;
    touch-action: pan-x;
  }
  svg {
    display: block;
    width: 100%;
  }
  path {
    fill: none;
    stroke-width: 1.5;
  }
  text {
    font: var(--size-1) var(--font);
    font-variant-numeric: tabular-nums;
    fill: var(--ink-2);
    text-anchor: middle;
  }
  .cut {
    position: absolute;
    left: 0;
    right: 0;
    height: 24px;
    margin-top: -12px;
    cursor: ns-resize;
    border-radius: 4px;
    touch-action: none;
  }
  .cut::before {
    content: "";
    position: absolute;
    left: 0;
    right: 12px;
    top: 11.5px;
    border-top: 1px dashed var(--accent);
  }
  .cut::after {
    content: "";
    position: absolute;
    right: 2px;
    top: 6px;
    width: 12px;
    height: 12px;
    border-radius: 50%;
    background: var(--accent);
  }
  .cut b {
    position: absolute;
    right: 20px;
    bottom: 13px;
    padding: 0 5px;
    border-radius: 4px;
    font-size: var(--size-1);
    font-weight: 600;
    color: var(--accent);
    background: color-mix(in oklab, var(--card) 82%, transparent);
    pointer-events: none;
  }
  .cut:hover::before,
  .cut.dragging::before {
    border-top-style: solid;
  }
  .fixed {
    cursor: default;
  }
  .fixed::after {
    content: none;
  }
  p {
    margin: 6px 0 0;
    font-size: var(--size-1);
    color: var(--ink-3);
  }
`;

import { css } from "lit";

export const seriesChartStyle = css`
  :host {
    display: block;
    min-width: 0;
    font: var(--size-2) / 1.5 var(--font);
    color: var(--ink);
  }
  .plot {
    position: relative;
    border-radius: 4px;
    cursor: crosshair;
  }
  svg {
    display: block;
    width: 100%;
    overflow: visible;
  }
  text {
    fill: var(--ink-3);
    font: var(--size-1) var(--font);
    font-variant-numeric: tabular-nums;
  }
  .end {
    text-anchor: end;
  }
  .middle {
    text-anchor: middle;
  }
  .rule {
    stroke: var(--line);
  }
  .band {
    fill: var(--band);
  }
  .expected {
    fill: none;
    stroke: var(--ink-3);
    stroke-width: 1;
    stroke-dasharray: 1 3;
  }
  .limit {
    fill: none;
    stroke: var(--accent);
    stroke-width: 1;
    stroke-dasharray: 6 3;
  }
  .out {
    fill: none;
    stroke: var(--accent);
    stroke-width: 1.5;
  }
  .line {
    fill: none;
    stroke: var(--ink-2);
    stroke-width: 1.4;
    stroke-linejoin: round;
  }
  .young {
    stroke-dasharray: 2 2;
  }
  .spike {
    fill: var(--stale);
    stroke: var(--card);
  }
  .down {
    color: var(--down);
  }
  .up {
    color: var(--up);
  }
  .change {
    stroke: currentColor;
    stroke-dasharray: 4 3;
  }
  .span {
    fill: currentColor;
    opacity: 0.1;
  }
  .down text,
  .up text {
    fill: currentColor;
    font-weight: 600;
  }
  .stretch {
    stroke: currentColor;
    stroke-width: 3;
  }
  .note {
    stroke: var(--accent);
    stroke-dasharray: 2 2;
  }
  .lasting {
    fill: var(--accent);
    opacity: 0.12;
  }
  .number {
    fill: var(--accent);
    font-weight: 600;
  }
  .hollow {
    fill: var(--card);
    stroke: var(--ink-2);
  }
  .mark {
    fill: var(--ink);
    stroke: var(--card);
    stroke-width: 1.5;
  }
  .guide {
    stroke: var(--line-strong);
  }
  .read {
    min-height: 19px;
    margin: 4px 0 0;
    color: var(--ink-2);
    font-variant-numeric: tabular-nums;
  }
  .key {
    display: flex;
    flex-wrap: wrap;
    gap: 2px var(--gap-4);
    margin: 4px 0 0;
    padding: 0;
    color: var(--ink-2);
    font-size: var(--size-1);
    list-style: none;
  }
  .key svg {
    display: inline-block;
    width: 22px;
    height: 10px;
    margin-right: 5px;
    vertical-align: middle;
  }
`;

import { css } from "lit";

/** What the drawings of a series share, small or large. */
export const seriesDrawingStyle = css`
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
  .band {
    fill: var(--band);
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
  /* Its edges are seen without any colour. */
  .span {
    fill: currentColor;
    fill-opacity: 0.1;
    stroke: currentColor;
    stroke-opacity: 0.55;
    stroke-dasharray: 1 3;
  }
  .level {
    stroke: currentColor;
    stroke-width: 1.5;
    stroke-dasharray: 7 3;
  }
  .stretch {
    stroke: currentColor;
    stroke-width: 3;
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
`;

/** The scales of a drawing, and the words below it. */
export const seriesScaleStyle = css`
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
  .read {
    min-height: 19px;
    margin: 4px 0 0;
    color: var(--ink-2);
    font-variant-numeric: tabular-nums;
  }
`;

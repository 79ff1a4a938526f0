import { css } from "lit";

export const seriesChartStyle = css`
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
  .spike {
    fill: var(--stale);
    stroke: var(--card);
  }
  .down text,
  .up text {
    fill: currentColor;
    font-weight: 600;
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

import { css } from "lit";

export const seriesStyle = css`
  h3 {
    display: flex;
    justify-content: space-between;
    gap: 8px;
    margin: 0;
    font-size: var(--size-2);
    font-weight: 600;
  }
  h3 a {
    color: inherit;
    text-decoration-color: var(--line-strong);
    text-underline-offset: 3px;
  }
  h3 .ask,
  h3 a {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    font-weight: 600;
  }
  .metric {
    flex: none;
    font-size: var(--size-1);
    font-weight: 400;
    color: var(--ink-3);
  }
  .now {
    display: flex;
    align-items: baseline;
    gap: 8px;
    min-width: 0;
    font-variant-numeric: tabular-nums;
  }
  .rate {
    font-size: var(--size-4);
    font-weight: 600;
    white-space: nowrap;
  }
  .status {
    font-size: var(--size-1);
    color: var(--ink-3);
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .status.down {
    color: var(--down);
    font-weight: 600;
  }
  .status.up {
    color: var(--up);
    font-weight: 600;
  }
  .plot {
    margin-top: 4px;
  }
  .line {
    stroke-width: 1.2;
  }
  .down .line {
    stroke: var(--down);
  }
  .up .line {
    stroke: var(--up);
  }
  .change {
    stroke-dasharray: 3 3;
  }
  .read {
    min-height: 17px;
    margin: 2px 0 0;
    font-size: var(--size-1);
    line-height: 17px;
    color: var(--ink-3);
    font-variant-numeric: tabular-nums;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .read.at {
    color: var(--ink);
  }
`;

import { css } from "lit";

export const recordedStyle = css`
  :host {
    display: block;
    font: var(--size-2) / 1.5 var(--font);
  }
  .plot {
    padding: var(--gap-3) 14px 4px;
  }
  svg {
    display: block;
    width: 100%;
    overflow: visible;
  }
  .line {
    fill: none;
    stroke: var(--accent);
    stroke-width: 1.75;
  }
  .mark {
    fill: var(--accent);
    stroke: var(--card);
    stroke-width: 1.5;
  }
  a {
    color: inherit;
    text-decoration-color: var(--line-strong);
    text-underline-offset: 3px;
  }
  .edit {
    stroke: var(--stale);
    stroke-dasharray: 3 3;
  }
  .ends {
    display: flex;
    justify-content: space-between;
    gap: var(--gap-3);
    color: var(--ink-3);
    font-size: var(--size-1);
  }
  details {
    padding: 6px 14px;
    border-top: 1px solid var(--line);
  }
  summary {
    color: var(--ink-2);
    cursor: pointer;
  }
  table {
    width: 100%;
    border-collapse: collapse;
  }
  th,
  td {
    padding: 4px 12px 4px 0;
    font-weight: 400;
    text-align: right;
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  th:first-child,
  td:last-child {
    text-align: left;
  }
  thead th {
    color: var(--ink-3);
    font-size: var(--size-1);
  }
  .moves {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 240px), 1fr));
    gap: var(--gap-3) var(--gap-5);
    padding: var(--gap-3) 14px;
    border-top: 1px solid var(--line);
  }
  h3 {
    margin: 0 0 4px;
    color: var(--ink-3);
    font-size: var(--size-1);
    font-weight: 600;
  }
  ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  li {
    display: flex;
    justify-content: space-between;
    gap: var(--gap-3);
    font-variant-numeric: tabular-nums;
  }
  .none {
    margin: 0;
    padding: var(--gap-3) 14px;
    color: var(--ink-2);
  }
`;

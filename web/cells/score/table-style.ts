import { css } from "lit";

/** The small tables under a score. */
export const tableStyle = css`
  :host {
    display: block;
    font: var(--size-2) / 1.5 var(--font);
    color: var(--ink);
    font-variant-numeric: tabular-nums;
  }
  table {
    width: 100%;
    border-collapse: collapse;
  }
  th,
  td {
    padding: 4px 10px 4px 0;
    border-bottom: 1px solid var(--line);
    text-align: left;
    vertical-align: top;
    font-weight: 400;
  }
  thead th {
    color: var(--ink-3);
    font-size: var(--size-1);
    vertical-align: bottom;
  }
  tbody tr:last-child > * {
    border-bottom: 0;
  }
  .number {
    text-align: right;
    white-space: nowrap;
  }
  thead .number {
    min-width: 8ch;
    white-space: normal;
  }
  .rule {
    min-width: 24ch;
    padding-left: 4.5ch;
    text-indent: -4.5ch;
    color: var(--ink-2);
  }
  .rule b {
    display: inline-block;
    min-width: 4.5ch;
    text-indent: 0;
    color: var(--ink);
  }
  .with-bar {
    display: flex;
    align-items: center;
    gap: var(--gap-2);
    white-space: nowrap;
  }
  .track {
    position: relative;
    flex: 1;
    min-width: 60px;
    max-width: 140px;
    height: 8px;
    border-radius: 4px;
    background: var(--sunk);
  }
  .track i {
    display: block;
    height: 8px;
    border-radius: 4px;
    background: var(--accent);
  }
  .track s {
    position: absolute;
    top: 3px;
    height: 2px;
    min-width: 1px;
    background: var(--ink);
  }
  small {
    color: var(--ink-3);
    font-size: var(--size-1);
  }
  p {
    margin: var(--gap-2) 0 0;
    max-width: 90ch;
    color: var(--ink-2);
  }
`;

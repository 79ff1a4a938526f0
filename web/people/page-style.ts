import { css } from "lit";

export const personStyle = css`
  seg-find-person {
    margin: 0 0 var(--gap-4);
  }
  .somebody {
    padding: 3px 10px;
    border: 1px solid var(--line-strong);
    border-radius: var(--radius);
    color: var(--ink);
    font: var(--size-2) / 1.5 var(--font);
    font-variant-numeric: tabular-nums;
    text-decoration: none;
  }
  .somebody:hover {
    background: var(--sunk);
  }
  details {
    padding: 6px 14px;
    border-top: 1px solid var(--line);
    font-size: var(--size-2);
  }
  details:first-child {
    border-top: 0;
  }
  summary {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 var(--gap-3);
    cursor: pointer;
  }
  .state {
    min-width: 7ch;
    color: var(--ink-2);
  }
  .in .state {
    color: var(--fresh);
    font-weight: 600;
  }
  summary small {
    color: var(--ink-3);
    font: var(--size-1) var(--mono);
  }
  seg-why {
    padding: 6px 0 4px;
  }
  .stays {
    margin: 0;
    padding: 0;
    list-style: none;
    font-size: var(--size-2);
  }
  .stays li {
    display: flex;
    flex-wrap: wrap;
    gap: 0 var(--gap-3);
    padding: 6px 14px;
    border-top: 1px solid var(--line);
  }
  .stays li:first-child {
    border-top: 0;
  }
  .values {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 300px), 1fr));
    gap: var(--gap-3);
    align-items: start;
  }
  h3 {
    margin: 0;
    padding: 8px 14px;
    border-bottom: 1px solid var(--line);
    color: var(--ink-3);
    font-size: var(--size-2);
    font-weight: 400;
  }
  h3 a {
    color: var(--ink);
    font: 600 var(--size-2) var(--mono);
  }
  dl {
    display: grid;
    grid-template-columns: minmax(0, 1fr) max-content;
    gap: 2px var(--gap-3);
    max-height: 360px;
    margin: 0;
    padding: 8px 14px;
    overflow: auto;
    font-size: var(--size-2);
  }
  dt {
    color: var(--ink-2);
    overflow-wrap: anywhere;
  }
  dd {
    max-width: 24ch;
    margin: 0;
    overflow-wrap: anywhere;
    text-align: right;
    font-variant-numeric: tabular-nums;
  }
`;

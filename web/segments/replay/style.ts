import { css } from "lit";

export const replayStyle = css`
  :host {
    display: block;
    padding: var(--gap-3) 14px;
    font: var(--size-2) / 1.5 var(--font);
    color: var(--ink);
  }
  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: var(--gap-1) var(--gap-3);
  }
  h3,
  h4 {
    margin: 0;
    font-size: var(--size-3);
    font-weight: 600;
  }
  h4 {
    font-size: var(--size-2);
  }
  .acts {
    display: flex;
    flex-wrap: wrap;
    gap: var(--gap-1);
    margin-left: auto;
  }
  table {
    width: 100%;
    border-collapse: collapse;
    font-variant-numeric: tabular-nums;
  }
  th,
  td {
    padding: 3px 10px;
    border-top: 1px solid var(--line);
    text-align: right;
    white-space: nowrap;
  }
  thead th {
    border-top: 0;
    color: var(--ink-2);
    font-size: var(--size-1);
    font-weight: 500;
  }
  th:first-child {
    padding-left: 0;
    font-weight: 400;
    text-align: left;
  }
  .young,
  .quiet {
    color: var(--ink-3);
  }
  .old {
    color: var(--stale);
  }
  .people {
    margin-top: var(--gap-3);
  }
  .lists {
    display: flex;
    flex-wrap: wrap;
    gap: var(--gap-1);
    margin: var(--gap-1) 0;
  }
  .keys {
    display: flex;
    flex-wrap: wrap;
    gap: 2px var(--gap-3);
    margin: 0 0 var(--gap-1);
    padding: 0;
    list-style: none;
    font-variant-numeric: tabular-nums;
  }
  .keys a {
    color: inherit;
    text-decoration-color: var(--line-strong);
    text-underline-offset: 3px;
  }
  .notes {
    margin: var(--gap-3) 0 0;
    padding: 0 0 0 1.2em;
    color: var(--ink-3);
    font-size: var(--size-1);
  }
`;

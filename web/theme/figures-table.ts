import { css } from "lit";

/** A small table of figures: names in the first column, which stays in sight, and numbers ranged right. */
export const figuresTable = css`
  :host {
    display: block;
    font: var(--size-2) / 1.5 var(--font);
  }
  table {
    width: 100%;
    /* Collapsed lines would be the table's, and covered by the column that stays. */
    border-collapse: separate;
    border-spacing: 0;
  }
  th,
  td {
    padding: 5px 14px;
    border-top: 1px solid var(--line);
    font-weight: 400;
    text-align: right;
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  th:first-child {
    position: sticky;
    left: 0;
    background: var(--card);
    font-weight: 500;
    text-align: left;
    white-space: normal;
  }
  thead td,
  thead th {
    border-top: 0;
  }
  thead th,
  thead th:first-child {
    color: var(--ink-3);
    font-size: var(--size-1);
    font-weight: 400;
  }
  th a,
  td a {
    color: inherit;
    text-decoration-color: var(--line-strong);
    text-underline-offset: 3px;
  }
`;

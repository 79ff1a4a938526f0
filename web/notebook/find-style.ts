import { css } from "lit";

/** A bar above the page: what is looked for, how often it is there, and where one is. */
export const findStyle = css`
  :host {
    position: sticky;
    top: 8px;
    z-index: 2;
    display: block;
    margin: 0 0 var(--gap-4);
    padding: 8px 10px;
    border: 1px solid var(--line-strong);
    border-radius: var(--radius);
    background: var(--card);
    box-shadow: var(--shadow), 0 8px 26px rgb(0 0 0 / 0.12);
    font: var(--size-2) / 1.5 var(--font);
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px var(--gap-2);
  }
  .row + .row {
    margin-top: 6px;
  }
  input {
    flex: 1 1 14ch;
    min-width: 12ch;
    background: var(--paper);
    font-family: var(--mono);
  }
  .count {
    min-width: 9ch;
    color: var(--ink-2);
    font-variant-numeric: tabular-nums;
  }
  .line {
    margin: 6px 0 0;
    overflow: hidden;
    color: var(--ink-3);
    font-size: var(--size-1);
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .line code {
    color: var(--ink-2);
    font: var(--size-1) var(--mono);
  }
  mark {
    background: var(--stale-soft);
    color: var(--ink);
    outline: 1px solid var(--stale);
  }
`;

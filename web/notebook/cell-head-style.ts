import { css } from "lit";

/** One line: the name and what it reads at the left, what can be done and what it came to at the right. */
export const cellHeadStyle = css`
  :host {
    display: flex;
    align-items: center;
    gap: 0 var(--gap-2);
    min-height: 30px;
    margin-bottom: 3px;
    color: var(--ink-3);
    font: var(--size-2) / 1.5 var(--font);
  }
  h2 {
    flex: 0 1 auto;
    display: flex;
    align-items: baseline;
    gap: var(--gap-2);
    margin: 0;
    font: inherit;
  }
  .id {
    color: var(--ink);
    font: 600 var(--size-2) var(--mono);
    text-decoration: none;
  }
  .reads {
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .reads a {
    color: inherit;
    text-decoration-color: var(--line-strong);
    text-underline-offset: 3px;
  }
  .measure {
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  .failed,
  .blocked {
    color: var(--failed);
  }
  .stale,
  .cancelled {
    color: var(--stale);
  }
  .running,
  .waiting {
    color: var(--running);
  }
  .actions {
    display: flex;
    flex: none;
    gap: 2px;
    /* The cell around shows them while it is pointed at or has the focus. */
    max-width: var(--cell-actions, 0);
    margin-left: auto;
    overflow: clip;
    overflow-clip-margin: 4px;
  }
  :host(:focus-within) .actions,
  .actions.seen {
    max-width: none;
  }
  .act {
    min-height: 28px;
    padding: 3px 9px;
    border: 0;
    border-radius: 7px;
    background: none;
    color: var(--ink-2);
    font: 500 var(--size-2) / 1.5 var(--font);
    cursor: pointer;
  }
  .move {
    cursor: grab;
    touch-action: none;
  }
  .act:hover {
    background: var(--sunk);
    color: var(--ink);
  }
  @media (hover: none) {
    .actions {
      max-width: none;
    }
  }
  @media (max-width: 899px) {
    :host {
      flex-wrap: wrap;
    }
    .measure {
      order: 3;
      flex-basis: 100%;
    }
  }
`;

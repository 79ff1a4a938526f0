import { css } from "lit";

/** Fields that stand in a line of words. */
export const fieldStyle = css`
  :host {
    display: inline-flex;
    min-width: 0;
  }
  input,
  select {
    max-width: 100%;
    min-height: 26px;
    padding: 2px 7px;
    border: 1px solid var(--line-strong);
    border-radius: 6px;
    background: var(--card);
    color: var(--ink);
    font: var(--size-2) / 1.5 var(--font);
  }
  select {
    padding-right: 2px;
    /* As wide as what is chosen, not as the longest choice. */
    field-sizing: content;
    text-overflow: ellipsis;
  }
  .value {
    color: var(--down);
    font-family: var(--mono);
  }
  [aria-invalid="true"] {
    border-color: var(--failed);
  }
  .add {
    min-height: 26px;
    padding: 2px 8px;
    border: 1px dashed var(--line-strong);
    border-radius: 6px;
    background: none;
    color: var(--ink-2);
    font: var(--size-2) / 1.5 var(--font);
    cursor: pointer;
  }
  .add:hover {
    border-style: solid;
    color: var(--ink);
  }
  .word {
    align-self: center;
    color: var(--ink-2);
  }
`;

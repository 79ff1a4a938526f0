import { css } from "lit";

/** What is typed or chosen in; a view sets its width, and what else is its own. */
export const field = css`
  input,
  select {
    max-width: 100%;
    min-height: 28px;
    padding: 3px 9px;
    border: 1px solid var(--line-strong);
    border-radius: 7px;
    background: var(--card);
    color: var(--ink);
    font: var(--size-2) / 1.5 var(--font);
  }
  [aria-invalid="true"] {
    border-color: var(--failed);
  }
`;
